import CAssets
import Canvas
import Glibc

/// The themes that are compiled in, and those in files.
public enum ThemeAssets {
    /// A longer file is not read.
    public static let mostBytes = 1 << 20
    /// No theme inherits through more others; a circle ends here.
    private static let mostAncestors = 8

    /// The names of the themes that are compiled in, in their order there.
    public static let names: [String] = embedded.map(\.name)

    /// A theme that is compiled in.
    public static func theme(named name: String) throws(ThemeFault) -> Theme { try parse(named: name, depth: 0).theme }

    /// A theme in a file. What it inherits is looked for beside it, then among those compiled in.
    public static func theme(file path: String) throws(ThemeFault) -> Theme { try parse(file: path, depth: 0).theme }

    /// The text of each theme that is compiled in.
    static let embedded: [(name: String, bytes: [UInt8])] = {
        var files: [(name: String, bytes: [UInt8])] = []
        guard var row = unsafe cassets_themes() else { return [] }
        while let name = unsafe row.pointee.name {
            let bytes = unsafe Array(UnsafeBufferPointer(start: row.pointee.bytes, count: row.pointee.count))
            let file = unsafe String(cString: name)
            files.append((file.hasSuffix(".toml") ? String(file.dropLast(5)) : file, bytes))
            unsafe row += 1
        }
        return files
    }()

    static func parse(named name: String, depth: Int) throws(ThemeFault) -> ThemeParser.Result {
        guard let file = embedded.first(where: { $0.name == name }) else {
            throw ThemeFault(file: name, problem: "there is no such theme; there are \(names.joined(separator: ", "))")
        }
        return try parse(file.bytes, file: name) { parent throws(ThemeFault) in
            try refuseCircle(depth, file: name)
            return try parse(named: parent, depth: depth + 1)
        }
    }

    private static func parse(file path: String, depth: Int) throws(ThemeFault) -> ThemeParser.Result {
        let bytes = try read(path)
        return try parse(bytes, file: path) { parent throws(ThemeFault) in
            try refuseCircle(depth, file: path)
            let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
            let sibling = folder + parent + ".toml"
            // A name, not a path: a theme from somewhere else must not reach for files all over the disk.
            guard !parent.contains("/"), unsafe access(sibling, R_OK) == 0 else {
                return try parse(named: parent, depth: depth + 1)
            }
            return try parse(file: sibling, depth: depth + 1)
        }
    }

    static func parse(
        _ bytes: [UInt8], file: String, inherited: @escaping (String) throws(ThemeFault) -> ThemeParser.Result
    ) throws(ThemeFault) -> ThemeParser.Result {
        guard bytes.count <= mostBytes else { throw ThemeFault(file: file, problem: "is longer than 1 MiB") }
        if let place = bytes.firstIndex(of: 0) {
            let line = bytes[..<place].count { $0 == 0x0A } + 1
            throw ThemeFault(file: file, line: line, problem: "holds a NUL byte; a theme is text")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ThemeFault(file: file, problem: "is not UTF-8")
        }
        return try ThemeParser(file: file, text: text, inherited: inherited).parse()
    }

    private static func refuseCircle(_ depth: Int, file: String) throws(ThemeFault) {
        guard depth < mostAncestors else { throw ThemeFault(file: file, problem: "inherits in a circle") }
    }

    private static func read(_ path: String) throws(ThemeFault) -> [UInt8] {
        // Not blocking, for the path may be a FIFO that nobody writes to.
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { throw cannotRead(path) }
        defer { close(file) }
        var facts = stat()
        guard unsafe fstat(file, &facts) == 0 else { throw cannotRead(path) }
        guard facts.st_mode & S_IFMT == S_IFREG else { throw ThemeFault(file: path, problem: "is not a file") }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= mostBytes {
            let count = unsafe part.withUnsafeMutableBytes { unsafe Glibc.read(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw cannotRead(path) }
            if count == 0 { break }
            bytes += part.prefix(count)
        }
        return bytes
    }

    private static func cannotRead(_ path: String) -> ThemeFault {
        ThemeFault(file: path, problem: "cannot read it: \(unsafe String(cString: strerror(errno)))")
    }
}
