import Assets
import Foundation
import Testing
import Triage

@Suite("Catalogue files")
struct CatalogueFileTests {
    private func refusal(_ name: String, _ json: String) -> CatalogueFault? {
        do throws(CatalogueFault) {
            _ = try CatalogueAssets.catalogue(of: [CatalogueFile(name: name, bytes: Array(json.utf8))])
            return nil
        } catch {
            return error
        }
    }

    private static let entry =
        #"{"id":"a.ok.b","match":{"code":[250]},"class":"ok","persistence":"info","certainty":"certain","tests":["250 x"]}"#

    @Test(
        "tells file and key of what is wrong",
        arguments: [
            (#"{"entries":[{"id":"a"}]}"#, "entries[0].match"), (#"{"entry":[]}"#, "entry"),
            (entry.replacing("certainty", with: "certainly"), "entries[0].certainly"),
            (entry.replacing("code", with: "kode"), "entries[0].match.kode"),
            (entry.replacing("[250]", with: "[999]"), "entries[0].match.code[0]"),
            (entry.replacing("[250]", with: "[\"5yz\"]"), "entries[0].match.code[0]"),
            (entry.replacing("\"code\":[250]", with: "\"any\":[\"{nobody}\"]"), "entries[0].match.any[0]"),
            (entry.replacing("\"code\":[250]", with: "\"stage\":[\"LUNCH\"]"), "entries[0].match.stage[0]"),
            (entry.replacing("\"class\":\"ok\"", with: "\"class\":\"okay\""), "entries[0].class"),
            (entry.replacing("\"ok\"", with: "7"), "entries[0].class"),
        ])
    func namesTheKey(_ json: String, _ key: String) throws {
        let json = json.hasPrefix(#"{"entr"#) ? json : #"{"entries":["# + json + "]}"
        let fault = try #require(refusal("entries/x.json", json))
        #expect(fault.file == "entries/x.json")
        #expect(fault.key == key, "\(fault)")
        #expect(!fault.reason.isEmpty)
    }

    @Test("refuses text that is not JSON, and names that are no place of the catalogue")
    func refusesOtherFiles() {
        #expect(refusal("entries/x.json", "{") != nil)
        #expect(refusal("entries/x.json", "") != nil)
        #expect(refusal("text/fr/x.json", "{}") != nil)
        #expect(refusal("x.json", "{}") != nil)
        #expect(refusal("text/en/x.json", #"{"classes":{}}"#)?.key == "classes")
        #expect(refusal("text/en/common.json", #"{"classes":{}}"#) == nil)
    }

    @Test(
        "names the line where a file stops being JSON",
        arguments: [
            ("{\n\"entries\": [\n}", 3, "a value is missing"),
            ("{\"entries\": []\n\n]", 3, "',' or '}' is missing"),
            ("{\"entries\n\": []}", 1, "a string does not end on its line"),
            ("", 1, "ends where a value belongs"),
            ("{\"entries\": [yes]}", 1, "cannot read 'yes'"),
            ("{\"entries\": [0x10]}", 1, "cannot read '0x10'"),
            ("{\"entries\": []} x", 1, "something follows the end"),
            ("{\"entries\": [\n\n{\"id\": \"\\q\"}]}", 3, "no escape begins with \\q"),
            ("{\"entries\": [\n{\"id\": \"\\ud800\"}]}", 2, "\\u names half a character"),
            ("{\"entries\":\n[{\"id\":\n\"a\"}]}", 2, "is missing"),
        ])
    func namesTheLine(_ json: String, _ line: Int, _ reason: String) {
        #expect(refusal("entries/x.json", json)?.line == line)
        #expect(refusal("entries/x.json", json)?.reason == reason)
    }

    @Test("refuses a key that comes twice")
    func refusesTwinKeys() {
        #expect(refusal("text/en/x.json", "{\"next\":{\"a\":\"b\",\"a\":\"c\"}}")?.key == "next.a")
        let many = (0..<40).map { "\"k\($0)\":\"x\"" }.joined(separator: ",")
        #expect(refusal("text/en/x.json", "{\"next\":{\(many),\"k3\":\"x\"}}")?.key == "next.k3")
        #expect(refusal("text/en/x.json", "{\"next\":{\(many)}}") == nil)
    }

    @Test("reads every escape of JSON")
    func readsEscapes() throws {
        let json = #"{"next":{"a":"\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00"}}"#
        let file = CatalogueFile(name: "text/en/x.json", bytes: Array(json.utf8))
        let catalogue = try CatalogueAssets.catalogue(of: [file])
        #expect(catalogue.problems.contains("next.a: no entry names it"))
        let other = CatalogueFile(
            name: "text/en/common.json", bytes: Array(json.replacing("next", with: "stages").utf8))
        let words = try CatalogueAssets.catalogue(of: [other]).word(.stages, "a", in: .english)
        #expect(words == "\"\\/\u{8}\u{c}\n\r\t\u{e9}\u{1f600}")
    }

    @Test("never traps on random bytes in place of JSON")
    func neverTraps() {
        var random = Randomness(seed: 0xCAFE)
        let alphabet = Array("{}[]\":,\\ \n01tfn-e.".utf8)
        for _ in 0..<2000 {
            let bytes = (0..<random.below(40)).map { _ in alphabet[random.below(alphabet.count)] }
            _ = refusal("text/en/x.json", String(decoding: bytes, as: UTF8.self))
        }
        #expect(refusal("text/en/x.json", String(repeating: "[", count: 100_000))?.reason == "too deep")
    }

    @Test("refuses an id that comes twice, and lets an override replace it")
    func refusesTwins() throws {
        let json = Array((#"{"entries":["# + Self.entry + "]}").utf8)
        let files = [
            CatalogueFile(name: "entries/a.json", bytes: json), CatalogueFile(name: "entries/b.json", bytes: json),
        ]
        #expect {
            try CatalogueAssets.catalogue(of: files)
        } throws: {
            ($0 as? CatalogueFault)?.reason == "is also in entries/a.json"
        }
        let reading = CatalogueAssets.reading(of: [files[0]], overrides: [files[1]])
        #expect(reading.faults.isEmpty)
        #expect(reading.catalogue.entries.count == 1)
        #expect(reading.catalogue.problems.contains("a.ok.b: has no en text"))
        let twins = CatalogueAssets.reading(of: [], overrides: files)
        #expect(twins.faults.map(\.reason) == ["is also in entries/a.json"])
    }

    @Test("embeds every file of the folder, byte for byte, and no other")
    func embedsTheFolder() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../Sources/Triage/Catalogue").standardizedFileURL
        let embedded = Dictionary(uniqueKeysWithValues: CatalogueFile.embedded.map { ($0.name, $0.bytes) })
        var names: Set<String> = []
        for part in ["entries", "text/en", "text/ja"] {
            for name in try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: part).path)
            where name.hasSuffix(".json") {
                names.insert("\(part)/\(name)")
                let bytes = try Data(contentsOf: folder.appending(path: "\(part)/\(name)"))
                #expect(
                    embedded["\(part)/\(name)"] == Array(bytes), "add \(part)/\(name) to Sources/CAssets/catalogue.c")
            }
        }
        #expect(Set(embedded.keys) == names)
    }
}
