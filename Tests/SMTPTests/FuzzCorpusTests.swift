import FoundationEssentials
import TestSupport
import Testing

@Suite("Fuzzing corpora")
struct FuzzCorpusTests {
    private static let folder = "\(#filePath)".replacing("SMTPTests/FuzzCorpusTests.swift", with: "Fuzz/Corpora")

    /// What the fuzzer found worth keeping, and every input that once broke something: by the part that reads it.
    @Test("every kept input is read as promised", arguments: FuzzedPart.allCases)
    func replays(part: FuzzedPart) throws {
        let folder = "\(Self.folder)/\(part.rawValue)"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(!names.isEmpty)
        for name in names.sorted() {
            let input = try Data(contentsOf: URL(filePath: "\(folder)/\(name)"))
            #expect(part.complaint(about: Array(input)) == nil, "\(part.rawValue)/\(name)")
        }
    }
}
