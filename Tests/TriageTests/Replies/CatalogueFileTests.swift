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
