import CLines
import MailLog

/// Looks through a whole log for the lines that contain a needle: no more than one search for its bytes, in whatever format
/// the lines are.
public struct MentionSearch {
    private let needle: [UInt8]
    public private(set) var mention: LogMention
    /// Where the first line with the needle begins, of the file that is being read.
    private var firstOffset: UInt64?
    private var file = 0
    /// The line that the latest piece broke off in, where it begins, and how much of the file was read.
    private var (rest, restOffset, offset) = ([UInt8](), UInt64(0), UInt64(0))

    public init(_ needle: String) {
        self.needle = Array(needle.utf8)
        mention = LogMention(of: needle)
    }

    /// Reads the file of this number, plain or packed; not what can be read only once. What cannot be read is not told again: whoever read it before has.
    public mutating func read(path: String, file: Int) {
        guard !needle.isEmpty, !LogFile.isOnce(path) else { return }
        (self.file, firstOffset, rest, restOffset, offset) = (file, nil, [], 0, 0)
        var search = self
        try? LogFile.read(path: path) { chunk in
            search.take(chunk)
            return true
        }
        let last = search.rest
        search.take(line: last.span, at: search.restOffset)
        self = search
        if let firstOffset { mention.setNumber(ofFirst: MentionSearch.lines(before: firstOffset, in: path) + 1) }
    }

    private mutating func take(_ chunk: Span<UInt8>) {
        var start = 0
        if !rest.isEmpty {
            let end = chunk.indices.first { chunk[$0] == 0x0A }
            if rest.count < LogLines.cap { for index in 0..<(end ?? chunk.count) { rest.append(chunk[index]) } }
            if let end {
                let line = rest
                take(line: line.span, at: restOffset)
                rest = []
                start = end + 1
            } else {
                start = chunk.count
            }
        }
        // The last line of the piece may go on in the next one.
        let stop = (start..<chunk.count).reversed().first { chunk[$0] == 0x0A }.map { $0 + 1 } ?? start
        search(chunk.extracting(start..<stop), at: offset + UInt64(start))
        if stop < chunk.count {
            restOffset = offset + UInt64(stop)
            rest = (stop..<chunk.count).map { chunk[$0] }
        }
        offset += UInt64(chunk.count)
    }

    /// Looks at whole lines.
    private mutating func search(_ lines: Span<UInt8>, at place: UInt64) {
        var (start, end) = (0, 0)
        while start < lines.count {
            let left = lines.extracting(start..<lines.count)
            let found = unsafe left.withUnsafeBufferPointer { bytes in
                unsafe find_line_with(bytes.baseAddress, bytes.count, needle, needle.count, &end)
            }
            guard found < left.count else { return }
            take(line: left.extracting(found..<end), at: place + UInt64(start + found))
            start += end + 1
        }
    }

    private mutating func take(line: Span<UInt8>, at place: UInt64) {
        let isNew = mention.first == nil
        let end = !line.isEmpty && line[line.count - 1] == 0x0D ? line.count - 1 : line.count
        if mention.take(line.extracting(0..<end), file: file, number: 0), isNew { firstOffset = place }
    }

    private static func lines(before offset: UInt64, in path: String) -> Int {
        var (count, left) = (0, offset)
        try? LogFile.read(path: path) { chunk in
            let part = Int(min(left, UInt64(chunk.count)))
            for index in 0..<part where chunk[index] == 0x0A { count += 1 }
            left -= UInt64(part)
            return left > 0
        }
        return count
    }

    /// Looks at a line that is kept because its log can be read only once.
    public mutating func take(kept line: [UInt8], number: Int, file: Int) {
        mention.take(line.span, file: file, number: number)
    }
}
