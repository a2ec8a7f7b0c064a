import FoundationEssentials

/// The source tree that these tests read: found through this file's own place, so that a clone anywhere will do.
enum Tree {
    static let root: String = {
        var parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        parts.removeLast(3)  // HouseTests, Tests and the file
        return parts.joined(separator: "/")
    }()

    /// Paths relative to `folder` of all files below it that end in `ending`.
    static func files(below folder: String, ending: String) -> [String] {
        let found = (try? FileManager.default.subpathsOfDirectory(atPath: "\(root)/\(folder)")) ?? []
        return found.filter { $0.hasSuffix(ending) && !$0.contains(".build") }.sorted()
    }

    static func text(_ path: String) throws -> String { try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8) }

    static func folders(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)").sorted()
    }
}
