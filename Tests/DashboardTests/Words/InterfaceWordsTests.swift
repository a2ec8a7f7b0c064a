import Canvas
import FoundationEssentials
import MailVocabulary
import Testing
import Triage

@testable import Assets
@testable import Dashboard

@Suite("Interface words")
struct InterfaceWordsTests {
    @Test("every sentence of the screen has its Japanese, and no Japanese stands for a sentence that is gone")
    func complete() throws {
        let table = try Self.table()
        var used: Set<String> = []
        var missing: [String] = []
        for path in try PhraseSources.files() {
            for literal in try PhraseSources.literals(of: path) {
                used.insert(literal.key)
                guard !PhraseSources.spared.contains(path), PhraseSources.isSentence(literal.key),
                    table[literal.key] == nil
                else { continue }
                missing.append("\(path):\(literal.line): \(literal.key)")
            }
        }
        #expect(missing.isEmpty, "not in Catalogue/interface/ja.json: \(missing.joined(separator: "\n"))")
        let orphans = Set(table.keys).subtracting(used)
        #expect(orphans.isEmpty, "in no source: \(orphans.sorted().joined(separator: "\n"))")
    }

    @Test("names that are the same in every language are still in use")
    func names() throws {
        let used = try Set(PhraseSources.files().flatMap { try PhraseSources.literals(of: $0).map(\.key) })
        #expect(PhraseSources.names.subtracting(used).isEmpty)
        #expect(try PhraseSources.names.intersection(Self.table().keys).isEmpty)
    }

    @Test("Japanese sentences are Japanese, and none ends in a full stop where the English has none")
    func japanese() throws {
        for (key, text) in try Self.table() {
            #expect(text.unicodeScalars.contains { $0.value > 0x2E7F }, "\(key)")
            #expect(text.hasSuffix("。") == key.hasSuffix("."), "\(key)")
            #expect(!PrintableText(untrusted: text).glyphs.contains { $0.isControl }, "\(key)")
        }
    }

    @Test("hints are short in every language: at most ten columns")
    func hints() throws {
        for entry in KeyMap.all {
            for language in Language.allCases {
                #expect(Self.text(entry.label, language).width <= 10, "\(entry.label)")
                #expect(Self.text(entry.help, language).width <= 64, "\(entry.help)")
            }
        }
    }

    @Test("labels and titles fit their columns in every language")
    func columns() {
        for language in Language.allCases {
            for label in PanelLabel.allCases { #expect((1...7).contains(Self.text(label.phrase, language).width)) }
            for command in Palette.all { #expect(Self.text(command.help, language).width <= 44, "\(command.name)") }
            for choice in StartForm.choices {
                #expect(Self.text(choice.question, language).width <= 37, "\(choice.question)")
                #expect(Self.text(choice.answer, language).width <= 31, "\(choice.answer)")
            }
        }
    }

    @Test("a table whose places differ from its keys is refused with the line")
    func places() {
        let file = CatalogueFile(name: "ja", bytes: Array("{\n  \"{1} of {2}\": \"{1}件\"\n}".utf8))
        #expect(throws: CatalogueFault.self) { try InterfaceAssets.table(file) }
        do { _ = try InterfaceAssets.table(file) } catch { #expect(error.line == 2) }
    }

    @Test("every language but English has a file, and every file is read")
    func files() throws {
        #expect(Set(InterfaceAssets.embedded.map(\.name)) == Set(Language.allCases.map(\.rawValue)).subtracting(["en"]))
        for file in InterfaceAssets.embedded {
            #expect(try InterfaceAssets.table(file).isEmpty == false)
        }
    }

    private static func table() throws -> [String: String] {
        var whole: [String: String] = [:]
        for file in InterfaceAssets.embedded where file.name == "ja" {
            for (key, text) in try InterfaceAssets.table(file) {
                #expect(whole[key] == nil, "\(key) stands twice")
                whole[key] = text
            }
        }
        return whole
    }

    private static func text(_ phrase: Phrase, _ language: Language) -> PrintableText {
        PrintableText(untrusted: InterfaceAssets.words.text(phrase, in: language))
    }
}
