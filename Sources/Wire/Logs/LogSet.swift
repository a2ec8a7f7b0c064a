import Glibc
import MailLog

/// The files that log sources name: patterns written out, rotated sets put in the order of writing.
public enum LogSet {
    /// - Parameter sources: paths, patterns with `*`, `?` and `[…]`, `-` for standard input, `cmd:` before a shell command.
    /// - Throws: `LogFault` when a pattern names nothing.
    public static func files(_ sources: [String]) throws(LogFault) -> [String] {
        var files: [String] = []
        for source in sources {
            if source.isEmpty {
                throw LogFault("a log has an empty name; name a file, a pattern, -, cmd:…, journal: or syslog://…")
            }
            guard isPattern(source) else {
                files.append(source)
                continue
            }
            let found = matches(source)
            if found.isEmpty { throw LogFault("cannot read \(source): no file has such a name; check the pattern") }
            files += found
        }
        var seen: Set<String> = []
        files = files.filter { seen.insert($0).inserted }
        // What is no file keeps its place.
        var sorted = RotationOrder.sorted(files.filter { !isElsewhere($0) })[...]
        return files.map { isElsewhere($0) ? $0 : sorted.popFirst() ?? $0 }
    }

    /// The logs that sources name: of a rotated set only the newest file, which is the one to follow.
    /// - Parameter sources: as above.
    /// - Throws: `LogFault` when a pattern names nothing.
    public static func logs(_ sources: [String]) throws(LogFault) -> [String] {
        let all = try files(sources)
        let newest = Set(RotationOrder.newest(of: all.filter { !isElsewhere($0) }))
        return all.filter { isElsewhere($0) || newest.contains($0) }
    }

    /// True for what is no file on this machine.
    public static func isElsewhere(_ source: String) -> Bool {
        source == "-" || ["cmd:", "journal:", "syslog://"].contains { source.hasPrefix($0) }
    }

    /// True for a name that is to be written out: one with `*`, `?` or `[` in it that no file has.
    public static func isPattern(_ source: String) -> Bool {
        guard !isElsewhere(source), source.contains(where: { $0 == "*" || $0 == "?" || $0 == "[" }) else {
            return false
        }
        return unsafe access(source, F_OK) != 0
    }

    /// The log with its rotated files beside it, packed ones too, the oldest first.
    public static func rotated(_ path: String) -> [String] {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        var escaped = ""
        for character in folder {
            if "*?[]\\".contains(character) { escaped.append("\\") }
            escaped.append(character)
        }
        let older = matches(escaped + "*").filter {
            RotationOrder.isRotated($0, of: path) && FileFace(path: $0)?.kind == .regular
        }
        return RotationOrder.sorted(older + [path])
    }

    private static func matches(_ pattern: String) -> [String] {
        var result = unsafe glob_t()
        defer { unsafe globfree(&result) }
        guard unsafe glob(pattern, 0, nil, &result) == 0 else { return [] }
        return (0..<Int(unsafe result.gl_pathc)).compactMap { index in
            unsafe result.gl_pathv[index].map { unsafe String(cString: $0) }
        }
    }
}
