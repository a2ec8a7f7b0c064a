/// The order in which the files of a rotated log were written, told by their names.
///
///     mail.log.2.gz, mail.log.1, mail.log                            (numbers: the highest is the oldest)
///     mail.log-20260201.gz, mail.log-20260202, mail.log              (dates)
///     mail.@20260202T234311.s, mail.@20260203T234311.s, mail.current (a Cisco ESA)
public enum RotationOrder {
    /// The paths, oldest first; files of different logs stay in the order in which their logs are first named.
    public static func sorted(_ paths: [String]) -> [String] {
        var rank: [String: Int] = [:]
        let parts = paths.enumerated().map { place, path in (path, part(path), place) }
        for (_, part, place) in parts where rank[part.log] == nil { rank[part.log] = place }
        return parts.sorted { left, right in
            let (one, other) = (rank[left.1.log] ?? 0, rank[right.1.log] ?? 0)
            if one != other { return one < other }
            if left.1.age != right.1.age { return left.1.age > right.1.age }
            if left.1.date != right.1.date {
                return right.1.date.isEmpty || !left.1.date.isEmpty && left.1.date < right.1.date
            }
            return left.2 < right.2
        }.map { $0.0 }
    }

    /// Of each log among the paths the newest file, the one that is being written; in the order of their logs.
    public static func newest(of paths: [String]) -> [String] {
        var newest: [String: String] = [:]
        var logs: [String] = []
        for path in sorted(paths) where newest.updateValue(path, forKey: part(path).log) == nil {
            logs.append(part(path).log)
        }
        return logs.compactMap { newest[$0] }
    }

    /// Whether the path is that of an older file of the log, by its name.
    public static func isRotated(_ path: String, of log: String) -> Bool {
        let (one, other) = (part(path), part(log))
        return path != log && one.log == other.log && (one.age > other.age || isOlder(one.date, than: other.date))
    }

    private static func isOlder(_ date: String, than other: String) -> Bool {
        !date.isEmpty && (other.isEmpty || date < other)
    }

    /// The name that all files of a log have in common.
    static func log(of path: String) -> String { part(path).log }

    private static func part(_ path: String) -> (log: String, age: UInt64, date: String) {
        // The folders above may have names with numbers, dates and at signs too.
        let start = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
        let (log, age, date) = part(name: path[start...])
        return (path[..<start] + log, age, date)
    }

    private static func part(name: Substring) -> (log: String, age: UInt64, date: String) {
        var name = name
        for packed in [".gz", ".xz", ".bz2", ".zst"] where name.hasSuffix(packed) { name = name.dropLast(packed.count) }
        if let at = name.lastIndex(of: "@"), name[at...].utf8.count > 8 {
            return (String(name[..<at]), 0, String(name[at...]))
        }
        if name.hasSuffix(".current") { return (String(name.dropLast(7)), 0, "") }
        if let dot = name.lastIndex(of: "."), let number = UInt64(name[name.index(after: dot)...]) {
            // Eight digits are a date, fewer count the rotations.
            let isDate = name[dot...].utf8.count > 8
            return (String(name[..<dot]), isDate ? 0 : number + 1, isDate ? String(name[dot...]) : "")
        }
        if let dash = name.lastIndex(of: "-"), name[dash...].utf8.count >= 9,
            name[name.index(after: dash)...].utf8.prefix(8).allSatisfy({ (48...57).contains($0) })
        {
            return (String(name[..<dash]), 0, String(name[dash...]))
        }
        return (String(name), 0, "")
    }
}
