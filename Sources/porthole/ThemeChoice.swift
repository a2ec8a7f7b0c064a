import Assets
import Canvas
import FoundationEssentials
import Glibc

/// A theme by name or by file: the user's folder goes before what is compiled in.
enum ThemeChoice {
    /// Where nobody chose one.
    static let standard = "porthole-dark"

    /// - Throws: an error whose description is one sentence with file and line.
    static func theme(named name: String) throws -> Theme {
        if let path = path(of: name) { return try ThemeAssets.theme(file: path) }
        return try ThemeAssets.theme(named: name)
    }

    /// How readable a theme is.
    /// - Throws: an error whose description is one sentence with file and line.
    static func report(on name: String) throws -> ThemeReport {
        if let path = path(of: name) { return try ThemeReport(file: path) }
        return try ThemeReport(named: name)
    }

    /// Those that are compiled in, and those of the user's folder.
    static var names: [String] {
        let files = folder.flatMap { try? FileManager.default.contentsOfDirectory(atPath: $0) } ?? []
        let own = files.filter { $0.hasSuffix(".toml") }.map { String($0.dropLast(5)) }.sorted()
        return ThemeAssets.names + own.filter { !ThemeAssets.names.contains($0) }
    }

    /// The file of a theme; `nil` for one that is compiled in.
    private static func path(of name: String) -> String? {
        if name.contains("/") || name.hasSuffix(".toml") { return name }
        guard let folder else { return nil }
        let path = "\(folder)/\(name).toml"
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }

    private static var folder: String? { Folders.configuration.map { $0 + "/themes" } }

    /// An element each time that the file of a theme is another one, or has other contents. Looked at once a second: editors replace
    /// files in too many ways to be told by the system of all of them.
    static func changes(of name: String) -> AsyncStream<Void> {
        guard let path = path(of: name) else { return AsyncStream { $0.finish() } }
        return AsyncStream { stream in
            let task = Task { @concurrent in
                var last = FileState(path)
                while !Task.isCancelled {
                    try? await Task.sleep(for: .seconds(1))
                    let state = FileState(path)
                    // A file that is gone is being replaced.
                    guard state != last, state != nil else { continue }
                    last = state
                    stream.yield()
                }
            }
            stream.onTermination = { _ in task.cancel() }
        }
    }

    /// What tells two contents of a file apart without reading it.
    private struct FileState: Equatable {
        let inode: UInt
        let size: Int
        let seconds: Int
        let nanoseconds: Int

        init?(_ path: String) {
            var facts = stat()
            guard unsafe stat(path, &facts) == 0 else { return nil }
            (inode, size) = (UInt(facts.st_ino), Int(facts.st_size))
            (seconds, nanoseconds) = (Int(facts.st_mtim.tv_sec), Int(facts.st_mtim.tv_nsec))
        }
    }

    /// True when the environment asks for no colour, https://no-color.org.
    static var wantsNoColour: Bool { !(Environment["NO_COLOR"] ?? "").isEmpty }
}
