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
    /// - Parameter words: the same bytes, eight at a time, the last one filled up with anything.
    /// - Returns: how many bytes were taken; the rest begins an unfinished line and is to be given again.
    public mutating func take(_ bytes: Span<UInt8>, words: Span<UInt64>) -> Int {
        var (start, count) = (0, bytes.count)
        for place in words.indices {
            let word = UInt64(littleEndian: words[place]) ^ 0x0A0A_0A0A_0A0A_0A0A
            let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
            // The high bit of each byte that is a line feed, and no other bit.
            var ends = ~(((word & low) &+ low) | word | low)
            while ends != 0 {
                let end = place << 3 + ends.trailingZeroBitCount >> 3
                if end >= count {
                    count = start
                    break
                }
                ends &= ends &- 1
                line(bytes, start, end)
                start = end + 1
            }
        }
        offset += UInt64(start)
        return start
    }

    /// Takes the last line of the log in, which has no line feed, or the beginning of a line that is too long to hold.
    public mutating func takeUnfinished(_ bytes: Span<UInt8>) {
        if !bytes.isEmpty { line(bytes, 0, bytes.count) }
        isInsideLine = true
        offset += UInt64(bytes.count)
    }

    /// Ends the stretch.
    public mutating func finish() { scanner.finish(offset: offset) }

    @inline(__always)
    private mutating func line(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) {
        if isInsideLine {
            isInsideLine = false
            return
        }
        let stop = end > start && bytes[end - 1] == 0x0D ? end - 1 : end
        scanner.take(bytes.extracting(start..<stop), offset: offset + UInt64(start))
    }
}
