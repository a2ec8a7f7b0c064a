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

    /// The logs that may still be written, as `logs(_:)` has them.
    /// - Returns: beside them the older files of their sets, which never change.
    public static func followed(_ sources: [String]) throws(LogFault) -> (sources: [String], older: [String]) {
        let newest = try logs(sources)
        return (newest, try files(sources).filter { !newest.contains($0) })
    }

    /// The files that sources name without those that cannot even be opened, with a sentence about each of those.
    /// - Throws: when none of them can be.
    public static func readable(_ sources: [String]) throws(LogFault) -> (files: [String], faults: [String]) {
        let files = try files(sources)
        var (readable, faults) = ([String](), [LogFault]())
        for file in files {
            if let fault = LogFile.fault(file) { faults.append(fault) } else { readable.append(file) }
        }
        if readable.isEmpty, let fault = faults.first { throw fault }
        return (readable, faults.map(\.sentence))
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

    /// The number of each file's writer, where several gateways wrote them.
    public static func writers(of paths: [String]) -> [Int] {
        guard paths.count > 1 else { return paths.map { _ in 0 } }
        return LogWriters.numbers(
            of: paths.map { path in
                guard LogFile.isPlain(path), let file = try? OpenFile(path: path) else {
                    return LogWriters.File(path: path, lines: [])
                }
                let size = file.size
                var lines: [RawLogLine] = []
                for start in Set([0, size - min(size, 4096)]).sorted() {
                    var splitter = LineSplitter(offset: start)
                    lines += splitter.split((try? file.bytes(at: start, count: 4096)) ?? [])
                }
                return LogWriters.File(path: path, lines: lines)
            })
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
