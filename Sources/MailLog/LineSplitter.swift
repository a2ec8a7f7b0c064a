/// Cuts the bytes of a log into lines, however the bytes arrive.
///
/// A line ends at a line feed and nowhere else: a lone carriage return, NUL or U+2028 is part of the line, so that line
/// numbers are those of `grep -n`. One carriage return before the line feed is dropped. A last line without its line feed
/// waits, because its writer may be half way through it; `finish()` gives it out.
public struct LineSplitter: Sendable {
    /// The most bytes that are kept of one line; the rest is counted in `RawLogLine.cut`.
    public let cap: Int
    /// The number of the next line.
    public private(set) var number: Int
    /// The place in the file of the next line's first byte.
    public private(set) var offset: UInt64
    private var tail: [UInt8] = []
    private var cut = 0
    /// The last byte that was counted but not kept, to recognise a carriage return before the line feed.
    private var lastCut: UInt8 = 0

    /// - Parameters:
    ///   - number: of the first line to come.
    ///   - offset: of the first byte to come, in the file.
    ///   - cap: the most bytes that are kept of one line.
    public init(number: Int = 1, offset: UInt64 = 0, cap: Int = 1 << 20) {
        (self.number, self.offset, self.cap) = (number, offset, max(1, cap))
    }

    /// Bytes that wait for their line feed, the uncounted ones of a giant line included.
    public var pending: Int { tail.count + cut }

    /// Gives the next line this number: for a reader that began in the middle of a line and counts from the first whole one.
    public mutating func countFromHere(_ number: Int) { self.number = number }

    /// The lines that are complete with these bytes, in order.
    public mutating func split(_ bytes: [UInt8]) -> [RawLogLine] {
        var lines: [RawLogLine] = []
        forEachLine(in: bytes.span) { span, number, offset, cut in
            lines.append(RawLogLine(number: number, offset: offset, bytes: span.array(0..<span.count), cut: cut))
        }
        return lines
    }

    /// The same lines, but together as far as they stand whole in `bytes`: only one that had begun before is cut out.
    /// - Returns: first the lines that are not in the block.
    public mutating func block(of bytes: [UInt8]) -> (lines: [RawLogLine], block: LineBlock?) {
        var (start, lines) = (0, [RawLogLine]())
        if pending > 0, let end = bytes.span.index(of: 0x0A, from: 0) {
            lines = split(Array(bytes[...end]))
            start = end + 1
        }
        // What may hold a line that is to be cut is no block.
        guard bytes.count <= cap, let last = bytes[start...].lastIndex(of: 0x0A) else {
            return (lines + split(Array(bytes[start...])), nil)
        }
        let block = LineBlock(bytes, start..<(last + 1), number: number, offset: offset)
        number += bytes.span.extracting(block.range).count(of: 0x0A)
        offset += UInt64(block.range.count)
        keep(bytes.span, block.range.upperBound..<bytes.count)
        return (lines, block)
    }

    /// Calls `body` for each line that is complete with these bytes, without making an array of any whole one.
    /// - Parameter body: gets the line's bytes, its number, its offset, and how many bytes were not kept.
    public mutating func forEachLine(in bytes: Span<UInt8>, _ body: (Span<UInt8>, Int, UInt64, Int) -> Void) {
        var start = 0
        while let end = bytes.index(of: 0x0A, from: start) {
            if tail.isEmpty, end - start <= cap {
                let length = end > start && bytes[end - 1] == 0x0D ? end - 1 - start : end - start
                hand(bytes.extracting(start..<(start + length)), cut: 0, body)
                (number, offset) = (number + 1, offset + UInt64(end - start + 1))
            } else {
                keep(bytes, start..<end)
                give(lineFeed: 1, body)
            }
            start = end + 1
        }
        if start < bytes.count { keep(bytes, start..<bytes.count) }
    }

    /// The last line when it has no line feed; afterwards nothing waits.
    public mutating func finish() -> RawLogLine? {
        guard pending > 0 else { return nil }
        var line: RawLogLine?
        give(lineFeed: 0) { span, number, offset, cut in
            line = RawLogLine(number: number, offset: offset, bytes: span.array(0..<span.count), cut: cut)
        }
        return line
    }

    private mutating func keep(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        let room = min(cap - tail.count, range.count)
        for index in range.lowerBound..<(range.lowerBound + room) { tail.append(bytes[index]) }
        if room < range.count {
            cut += range.count - room
            lastCut = bytes[range.upperBound - 1]
        }
    }

    private mutating func give(lineFeed: Int, _ body: (Span<UInt8>, Int, UInt64, Int) -> Void) {
        let total = tail.count + cut + lineFeed
        if cut > 0 {
            if lastCut == 0x0D { cut -= 1 }
        } else if tail.last == 0x0D {
            tail.removeLast()
        }
        hand(tail.span, cut: cut, body)
        (number, offset) = (number + 1, offset + UInt64(total))
        tail.removeAll(keepingCapacity: tail.capacity <= 4096)
        cut = 0
    }

    /// Gives a line out; an object of the journal's as the log line that it is.
    @inline(__always)
    private func hand(_ line: Span<UInt8>, cut: Int, _ body: (Span<UInt8>, Int, UInt64, Int) -> Void) {
        if JournalObject.mayBe(line), let plain = JournalObject.plain(line) {
            body(plain.span, number, offset, cut)
        } else {
            body(line, number, offset, cut)
        }
    }
}
