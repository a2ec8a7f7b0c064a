import CAssets
import Canvas
import Glibc

/// The themes that are compiled in, and those in files.
public enum ThemeAssets {
    /// No theme inherits through more others; a circle ends here.
    private static let mostAncestors = 8

    /// The names of the themes that are compiled in, in their order there.
    public static let names: [String] = embedded.map(\.name)

    /// A theme that is compiled in.
    public static func theme(named name: String) throws(TOMLFault) -> Theme { try parse(named: name, depth: 0).theme }

    /// A theme in a file. What it inherits is looked for beside it, then among those compiled in.
    public static func theme(file path: String) throws(TOMLFault) -> Theme { try parse(file: path, depth: 0).theme }

    /// The same with its palette and background.
    static func result(file path: String) throws(TOMLFault) -> ThemeParser.Result { try parse(file: path, depth: 0) }

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

    static func parse(named name: String, depth: Int) throws(TOMLFault) -> ThemeParser.Result {
        guard let file = embedded.first(where: { $0.name == name }) else {
            throw TOMLFault(file: name, problem: "there is no such theme; there are \(names.joined(separator: ", "))")
        }
        return try parse(file.bytes, file: name) { parent throws(TOMLFault) in
            try refuseCircle(depth, file: name)
            return try parse(named: parent, depth: depth + 1)
        }
    }

    private static func parse(file path: String, depth: Int) throws(TOMLFault) -> ThemeParser.Result {
        let bytes = try TOMLFile.bytes(of: path)
        return try parse(bytes, file: path) { parent throws(TOMLFault) in
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
        _ bytes: [UInt8], file: String, inherited: @escaping (String) throws(TOMLFault) -> ThemeParser.Result
    ) throws(TOMLFault) -> ThemeParser.Result {
        let text = try TOMLFile.text(bytes, file: file)
        return try ThemeParser(file: file, text: text, inherited: inherited).parse()
    }

    private static func refuseCircle(_ depth: Int, file: String) throws(TOMLFault) {
        guard depth < mostAncestors else { throw TOMLFault(file: file, problem: "inherits in a circle") }
    }
}
