/// Whole lines of a log as they stand in it, many together: for a listener that hands most of them on as they are.
public struct LineBlock: Hashable, Sendable {
    /// The bytes among which the lines stand.
    public let buffer: [UInt8]
    /// Where they stand in `buffer`: from the beginning of the first line to behind the line feed of the last one.
    public let range: Range<Int>
    /// Of the first line, counted from 1.
    public let number: Int
    /// Of the first byte, in the file.
    public let offset: UInt64

    /// - Parameters:
    ///   - buffer: has a line feed before `range.upperBound`.
    ///   - range: whole lines of it, none of them longer than a splitter keeps.
    ///   - number: of the first line.
    ///   - offset: of the first byte, in the file.
    public init(_ buffer: [UInt8], _ range: Range<Int>, number: Int, offset: UInt64) {
        (self.buffer, self.range, self.number, self.offset) = (buffer, range, number, offset)
    }

    /// The lines one by one, as a splitter gives them out.
    public var lines: [RawLogLine] {
        var splitter = LineSplitter(number: number, offset: offset)
        return splitter.split(Array(buffer[range]))
    }

    /// False when no line, as `lines` gives them out, has these bytes in it.
    public func mayContain(_ needle: [UInt8]) -> Bool {
        has(needle) || has(Array(JournalObject.stampField.utf8))
    }

    private func has(_ needle: [UInt8]) -> Bool {
        guard let first = needle.first else { return true }
        var start = range.lowerBound
        while let place = buffer.span.index(of: first, from: start), place < range.upperBound {
            if buffer.span.equals(needle.span, at: place) { return true }
            start = place + 1
        }
        return false
    }

    /// A part of the block.
    public enum Piece: Equatable, Sendable {
        /// Can be shown as it stands in the buffer, line feeds included.
        case plain(Range<Int>)
        /// A line that has to be looked at, without its end.
        case line(Range<Int>)
    }

    /// Calls `body` for the parts of the block, in order: nothing but carriage returns at the ends of lines is left out.
    public func forEachPiece(_ body: (Piece) -> Void) {
        var start = range.lowerBound
        while start < range.upperBound {
            let stop = PlainStretch.end(in: buffer.span.extracting(..<range.upperBound), from: start)
            if stop == range.upperBound { return body(.plain(start..<stop)) }
            if buffer[stop] == 0x0D, stop + 1 < range.upperBound, buffer[stop + 1] == 0x0A {
                if stop > start { body(.plain(start..<stop)) }
                start = stop + 1
                continue
            }
            var begin = stop
            while begin > start, buffer[begin - 1] != 0x0A { begin -= 1 }
            if begin > start { body(.plain(start..<begin)) }
            let end = buffer.span.index(of: 0x0A, from: stop) ?? range.upperBound
            body(.line(begin..<(end > begin && buffer[end - 1] == 0x0D ? end - 1 : end)))
            start = end + 1
        }
    }
}
