import MailLog

/// The first and the last stamps of a log file, told by a little of its beginning and of its end.
public enum LogEdges {
    private static let piece = 64 << 10

    /// The first stamp among the file's first lines; of a packed one too.
    public static func first(of path: String, format: String? = nil) -> Timestamp? {
        var (splitter, index) = (LineSplitter(), index(format))
        try? LogFile.read(path: path) { chunk in
            let start = chunk.extracting(0..<min(chunk.count, piece))
            splitter.forEachLine(in: start) { line, number, offset, _ in
                index.append(line, number: number, offset: offset)
            }
            return false
        }
        return index.window?.from
    }

    /// The last stamp among the last lines of a plain file; nothing for a packed one, which has no end to go to.
    public static func last(of path: String, format: String? = nil) -> Timestamp? {
        guard LogFile.isPlain(path), let file = try? OpenFile(path: path) else { return nil }
        let start = file.size > UInt64(piece) ? file.size - UInt64(piece) : 0
        var (splitter, index) = (LineSplitter(), index(format))
        for line in splitter.split((try? file.bytes(at: start, count: piece)) ?? []) { index.append(line) }
        return index.window?.to
    }

    private static func index(_ format: String?) -> TraceIndex {
        format.flatMap { TraceIndex(format: $0) } ?? TraceIndex()
    }
}
