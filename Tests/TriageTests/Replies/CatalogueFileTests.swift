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
            (entry.replacing("\"code\":[250]", with: "\"any\":[\"{nobody}\"]"), "entries[0].match.any"),
            (entry.replacing("\"code\":[250]", with: "\"stage\":[\"LUNCH\"]"), "entries[0].match.stage"),
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
            ("{\n\"entries\": [\n}", "line 3: a value is missing"),
            ("{\"entries\": []\n\n]", "line 3: ',' or '}' is missing"),
            ("{\"entries\n\": []}", "line 1: a string does not end on its line"),
            ("", "line 1: ends where a value belongs"),
            ("{\"entries\": [yes]}", "line 1: cannot read 'yes'"),
            ("{\"entries\": []} x", "line 1: something follows the end"),
        ])
    func namesTheLine(_ json: String, _ reason: String) {
        #expect(refusal("entries/x.json", json)?.reason == reason)
    }

    @Test("has no key twice in any file")
    func hasNoKeyTwice() {
        for file in CatalogueFile.embedded { #expect(CatalogueAssets.flaw(of: file) == nil) }
        let twice = CatalogueFile(name: "text/en/x.json", bytes: Array("{\"next\":{\"a\":\"b\",\"a\":\"c\"}}".utf8))
        #expect(CatalogueAssets.flaw(of: twice)?.key == "next.a")
    }

    @Test("never traps on random bytes in place of JSON")
    func neverTraps() {
        var random = Randomness(seed: 0xCAFE)
        let alphabet = Array("{}[]\":,\\ \n01tfn-e.".utf8)
        for _ in 0..<2000 {
            let bytes = (0..<random.below(40)).map { _ in alphabet[random.below(alphabet.count)] }
            _ = CatalogueAssets.flaw(of: CatalogueFile(name: "text/en/x.json", bytes: bytes))
        }
        let deep = CatalogueFile(name: "text/en/x.json", bytes: Array(repeating: UInt8(ascii: "["), count: 100_000))
        #expect(CatalogueAssets.flaw(of: deep)?.reason == "line 1: too deep")
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
        let catalogue = try CatalogueAssets.catalogue(of: [files[0]], overrides: [files[1]])
        #expect(catalogue.entries.count == 1)
        #expect(catalogue.problems.contains("a.ok.b: has no en text"))
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
