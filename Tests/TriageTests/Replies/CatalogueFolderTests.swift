import Assets
import Foundation
import SMTP
import Testing
import Triage

@Suite("The user's folder of the catalogue")
struct CatalogueFolderTests {
    /// A folder with these files, gone afterwards.
    private func withFolder<Result>(_ files: [String: String], _ body: (String) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "catalogue-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in files {
            let file = folder.appending(path: name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        return try body(folder.path)
    }

    private static let entry = """
        {"entries": [
          {"id": "ours.policy.floor", "match": {"code": [550], "any": ["ask the third floor"]},
           "class": "policy", "persistence": "permanent", "certainty": "certain", "actor": ["recipient-admin"],
           "causes": [{"id": "policy-rule", "w": "high"}], "next": [{"text": "ours-ask"}],
           "tests": ["550 5.7.1 Please ask the third floor"]}
        ]}
        """
    private static let words = """
        {"entries": {"ours.policy.floor": {"title": "our gateway's own rule", "meaning": "Rule 7."}},
         "next": {"ours-ask": "call extension 300"}}
        """

    @Test("adds entries and words, in one language too")
    func extends() throws {
        try withFolder(["entries/ours.json": Self.entry, "text/en/ours.json": Self.words]) { folder in
            let reading = CatalogueAssets.load(folder: folder)
            #expect(reading.faults.isEmpty)
            #expect(CatalogueAssets.faults(ofFolder: folder).map(\.description) == [])
            let query = ReplyQuery(reply: "550 5.7.1 Please ask the third floor")
            for language in Language.allCases {
                let answer = reading.catalogue.explain(query, in: language)
                #expect(answer.entry == "ours.policy.floor")
                #expect(answer.title == "our gateway's own rule")
                #expect(answer.next.map(\.text) == ["call extension 300"])
            }
        }
    }

    @Test("replaces by id also from a file that has the name of one of ours")
    func sameName() throws {
        let words = #"{"entries": {"event.refused": {"title": "nobody home", "meaning": "Call the night shift."}}}"#
        let embedded = try #require(CatalogueFile.embedded.first { $0.name == "entries/events.json" })
        let entries = String(decoding: embedded.bytes, as: UTF8.self)
        try withFolder(["text/en/events.json": words, "entries/events.json": entries]) { folder in
            let reading = CatalogueAssets.load(folder: folder)
            #expect(reading.faults.map(\.description) == [])
            let answer = reading.catalogue.explain(ReplyQuery(reply: "", event: "refused"), in: .english)
            #expect(answer.title == "nobody home")
        }
    }

    @Test("replaces an entry and its words by id")
    func overrides() throws {
        let words = #"{"entries": {"event.refused": {"title": "nobody home", "meaning": "Call the night shift."}}}"#
        try withFolder(["text/en/x.json": words, "README.md": "mine", "text/en/x.json~": "old"]) { folder in
            #expect(CatalogueAssets.faults(ofFolder: folder).map(\.description) == [])
            let catalogue = CatalogueAssets.load(folder: folder).catalogue
            #expect(catalogue.explain(ReplyQuery(reply: "", event: "refused"), in: .english).title == "nobody home")
        }
    }

    @Test("leaves out what is wrong, tells file, line and key, and takes the rest")
    func takesTheRest() throws {
        let wrong = Self.entry.replacing("\"entries\": [", with: "\"entries\": [\n{\"id\": \"a.b.c\", \"mach\": {}},")
        let files = [
            "entries/wrong.json": wrong, "entries/broken.json": "{\n\"entries\": [,\n", "text/en/ours.json": Self.words,
            "text/fr/ours.json": Self.words, "entry.json": "{}", "entries/notes.txt": "",
        ]
        try withFolder(files) { folder in
            let reading = CatalogueAssets.load(folder: folder)
            let told = reading.faults.map(\.description)
            #expect(told.contains { $0.hasPrefix("entries/wrong.json:2: entries[0].mach: unknown key; known are ") })
            #expect(told.contains("entries/broken.json:2: entries[0]: a value is missing"))
            for name in ["text/fr", "entry.json", "entries/notes.txt"] {
                #expect(told.contains { $0.hasPrefix("\(name): is not read") }, "\(name)")
            }
            #expect(told.count == 5)
            #expect(reading.catalogue.entries.contains { $0.id == "ours.policy.floor" })
            #expect(reading.catalogue.entries.count > 500)
        }
    }

    @Test("finds what a writer forgot: words, and examples that another entry answers")
    func audits() throws {
        let entry = Self.entry.replacing("ours-ask", with: "nothing-to-say")
            .replacing("550 5.7.1 Please ask the third floor", with: "550 5.1.1 User unknown")
        try withFolder(["entries/ours.json": entry]) { folder in
            let told = CatalogueAssets.faults(ofFolder: folder).map(\.description)
            for reason in [
                "has no text", "has no text of step 'nothing-to-say'",
                "its test '550 5.1.1 User unknown' is answered by smtp.mailbox_unknown.user-unknown",
            ] {
                #expect(told.contains("entries/ours.json:2: ours.policy.floor: \(reason)"), "\(told)")
            }
        }
    }

    @Test("refuses a check that the program does not have, and names those it has")
    func unknownCheck() throws {
        let entry = Self.entry.replacing("\"w\": \"high\"", with: "\"w\": \"high\", \"check\": \"dns.tea\"")
        try withFolder(["entries/ours.json": entry]) { folder in
            let told = CatalogueAssets.faults(ofFolder: folder).map(\.description)
            #expect(told.contains { $0.contains("causes[0].check: no 'dns.tea'; known are dns.ptr dns.fcrdns") })
        }
    }

    @Test("tells when an entry takes away what another one answers")
    func tellsTheft() throws {
        let entry = Self.entry.replacing(
            "\"code\": [550], \"any\": [\"ask the third floor\"]", with: "\"event\": [\"refused\"]"
        )
        .replacing("[\"550 5.7.1 Please ask the third floor\"]", with: "[{\"event\": \"refused\"}]")
        .replacing("ours.policy.floor", with: "a.refused")
        try withFolder(["entries/ours.json": entry, "text/en/ours.json": Self.words]) { folder in
            let told = CatalogueAssets.faults(ofFolder: folder).map(\.key)
            #expect(told.contains("event.refused") || told.contains("a.refused"))
        }
    }

    @Test("takes the example of the page about writing an entry as it stands")
    func takesTheExample() throws {
        let page = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../Sources/Triage/Triage.docc/WritingAnEntry.md").standardizedFileURL
        let blocks = try String(contentsOf: page, encoding: .utf8).components(separatedBy: "```json\n").dropFirst()
            .map { $0.components(separatedBy: "```")[0] }
        #expect(blocks.count == 2)
        let names = ["entries/ours.json", "text/en/ours.json"]
        try withFolder(Dictionary(uniqueKeysWithValues: zip(names, blocks))) { folder in
            #expect(CatalogueAssets.faults(ofFolder: folder).map(\.description) == [])
            let query = ReplyQuery(reply: "550 5.7.1 Quarantined by desk rule 7, call ext. 300", stage: .endOfData)
            let answer = CatalogueAssets.load(folder: folder).catalogue.explain(query, in: .english)
            #expect(answer.title == "held by desk rule 7")
        }
    }

    @Test("is not missed when it is not there")
    func isOptional() {
        #expect(CatalogueAssets.load(folder: nil).faults.isEmpty)
        #expect(CatalogueAssets.load(folder: "/nonexistent/catalogue").faults.isEmpty)
    }
}
