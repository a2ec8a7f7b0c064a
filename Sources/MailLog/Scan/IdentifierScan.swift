/// Reads a stretch of a log for one question: not what its lines say, only whose they are. The texts are left in the file.
///
/// The whole index costs several times as much; a question needs the full reading of its own lines only, which
/// `FamilySearch` finds from several stretches read side by side.
public struct IdentifierScan: Sendable {
    private var scanner: GatewayScanner
    /// The place in the file of the next byte to be taken.
    public private(set) var offset: UInt64
    /// The rest of a line that is too long for the reader's buffer is passed over.
    private var isInsideLine = false

    /// - Parameter offset: of the first byte, which begins a line.
    public init(_ question: ScanQuestion, offset: UInt64) {
        scanner = GatewayScanner(question.subject)
        self.offset = offset
    }

    /// Lines so far.
    public var lineCount: Int { scanner.ledger.count }
    var ledger: OwnerLedger { scanner.ledger }
    var facts: ScanFacts {
        ScanFacts(
            lineCount: scanner.ledger.count, understoodCount: lineCount - scanner.foreignCount - scanner.unknownCount,
            announcedCount: scanner.announcedCount, refusedAtTCPCount: scanner.refusedAtTCPCount)
    }

    /// False when too many lines are of other formats: these lines need the whole index.
    public var isWorthwhile: Bool { scanner.foreignCount <= 256 + lineCount / 1024 }

    /// Takes the complete lines of these bytes in.
    /// - Parameter words: the same bytes, eight at a time, the lowest first; filled up with anything, by one word at least.
    /// - Returns: how many bytes were taken; the rest begins an unfinished line and is to be given again.
    public mutating func take(_ bytes: Span<UInt8>, words: Span<UInt64>) -> Int {
        var start = 0
        var place = 0
        // Four words at a time as long as no line ends in them.
        while place < words.count {
            if place + 4 <= words.count {
                let near = Self.lineFeeds(words[place]) | Self.lineFeeds(words[place + 1])
                let far = Self.lineFeeds(words[place + 2]) | Self.lineFeeds(words[place + 3])
                if near | far == 0 {
                    place += 4
                    continue
                }
            }
            let stop = min(place + 4, words.count)
            while place < stop {
                var ends = Self.lineFeeds(words[place])
                while ends != 0 {
                    let end = place << 3 + ends.trailingZeroBitCount >> 3
                    if end >= bytes.count { return taken(start) }
                    ends &= ends &- 1
                    line(bytes, words, start, end)
                    start = end + 1
                }
                place += 1
            }
        }
        return taken(start)
    }

    private mutating func taken(_ count: Int) -> Int {
        offset += UInt64(count)
        return count
    }

    /// The high bit of each byte that is a line feed, and no other bit.
    @inline(__always)
    private static func lineFeeds(_ word: UInt64) -> UInt64 {
        let word = UInt64(littleEndian: word) ^ 0x0A0A_0A0A_0A0A_0A0A
        let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
        return ~(((word & low) &+ low) | word | low)
    }

    /// Takes the last line of the log in, which has no line feed, or the beginning of a line that is too long to hold.
    /// - Parameter words: as for `take`.
    public mutating func takeUnfinished(_ bytes: Span<UInt8>, words: Span<UInt64>) {
        if !bytes.isEmpty { line(bytes, words, 0, bytes.count) }
        isInsideLine = true
        offset += UInt64(bytes.count)
    }

    /// Ends the stretch.
    public mutating func finish() { scanner.finish(offset: offset) }

    @inline(__always)
    private mutating func line(_ bytes: Span<UInt8>, _ words: Span<UInt64>, _ start: Int, _ end: Int) {
        if isInsideLine {
            isInsideLine = false
            return
        }
        let stop = end > start && bytes[end - 1] == 0x0D ? end - 1 : end
        scanner.take(bytes, words, start..<stop, offset: offset + UInt64(start))
    }
}
