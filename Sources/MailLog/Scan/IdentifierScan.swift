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
    /// - Parameters:
    ///   - words: the same bytes, eight at a time, the lowest first; filled up with anything, by one word at least.
    ///   - ends: where the line feeds stand in the bytes.
    /// - Returns: how many bytes were taken; the rest begins an unfinished line and is to be given again.
    public mutating func take(_ bytes: Span<UInt8>, words: Span<UInt64>, ends: Span<UInt32>) -> Int {
        var start = 0
        for place in ends.indices {
            let end = Int(ends[place])
            line(bytes, words, start, end)
            start = end + 1
        }
        offset += UInt64(start)
        return start
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
