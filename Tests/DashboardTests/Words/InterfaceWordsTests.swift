import Canvas
import FoundationEssentials
import Glibc
import MailVocabulary
import Testing
import Triage

@testable import Assets
@testable import Dashboard

@Suite("Interface words")
struct InterfaceWordsTests {
    /// The list is what is still to be done: `RECORD=1` writes it anew. It grows with each new sentence, in sight of whoever
    /// reviews it, and shrinks with each row of `Catalogue/interface/ja.json`.
    @Test("every sentence of the screen has its Japanese, or stands in the list of those that are English only")
    func complete() throws {
        let table = try Self.table()
        var used: Set<String> = []
        var open: Set<String> = []
        for path in try PhraseSources.files() {
            for literal in try PhraseSources.literals(of: path) {
                used.insert(literal.key)
                if !PhraseSources.spared.contains(path), PhraseSources.isSentence(literal.key),
                    table[literal.key] == nil
                {
                    open.insert("\(path): \(literal.key.split(separator: "\n").joined(separator: "\\n"))")
                }
            }
        }
        used.formUnion(SaidSentencesTests.composed)
        for path in try PhraseSources.files(PhraseSources.engines + SaidSentencesTests.places) {
            used.formUnion(try PhraseSources.literals(of: path).map(\.key))
        }
        let orphans = Set(table.keys).subtracting(used).map { "interface/ja.json, no source: \($0)" }
        let actual = (open.sorted() + orphans.sorted()).map { $0 + "\n" }.joined()
        let path = PhraseSources.root + "Tests/DashboardTests/Words/english-only.txt"
        if unsafe getenv("RECORD") != nil {
            try actual.write(toFile: path, atomically: true, encoding: .utf8)
            return
        }
        let expected = try String(contentsOfFile: path, encoding: .utf8)
        let lines = Set(actual.split(separator: "\n")).symmetricDifference(expected.split(separator: "\n")).sorted()
        #expect(lines.isEmpty, "put them into interface/ja.json, or record english-only.txt: \(lines)")
    }

    @Test("what the panes of a first look say is Japanese throughout")
    func converted() throws {
        let table = try Self.table()
        for name in ["KeyMap", "PanelLabel", "Panes/ExplanationPane", "Panes/LogPane", "Panes/WalkthroughPane"] {
            for literal in try PhraseSources.literals(of: "Sources/Dashboard/\(name).swift")
            where PhraseSources.isSentence(literal.key) {
                #expect(table[literal.key] != nil, "\(name): \(literal.key)")
            }
        }
    }

    @Test("no name that is the same in every language has Japanese")
    func names() throws { #expect(try PhraseSources.names.intersection(Self.table().keys).isEmpty) }

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
        let others = Set(Language.allCases.map(\.rawValue)).subtracting(["en"])
        #expect(Set(InterfaceAssets.embedded.map(\.name)) == others)
        #expect(Set(InterfaceAssets.sentences.map(\.name)) == others)
        for file in InterfaceAssets.embedded + InterfaceAssets.sentences {
            #expect(try InterfaceAssets.table(file).isEmpty == false)
        }
    }

    static func table() throws -> [String: String] {
        var whole: [String: String] = [:]
        for file in InterfaceAssets.embedded + InterfaceAssets.sentences where file.name == "ja" {
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
