/// Reads a stretch of a log for one question: not what its lines say, only whose they are. The texts are left in the file.
///
/// The whole index costs several times as much; a question needs the full reading of its own lines only, which
/// `FamilySearch` finds from several stretches read side by side.
public struct IdentifierScan: Sendable {
    private var gateway: GatewayScanner
    /// In the place of the other one.
    private var postfix: PostfixScanner?
    /// The place in the file of the next byte to be taken.
    public private(set) var offset: UInt64
    /// The rest of a line that is too long for the reader's buffer is passed over.
    private var isInsideLine = false

    /// Whose lines are read.
    public enum Writer: CaseIterable, Sendable {
        case gateway, postfix

        /// The place of its lines' format in `LogFormat.all`.
        var format: Int? {
            switch self {
            case .gateway: LogFormat.place(of: LogFormat.gatewayMailLog.name)
            case .postfix: LogFormat.place(of: LogFormat.postfixSyslog.name)
            }
        }
    }

    /// - Parameter offset: of the first byte, which begins a line.
    public init(_ question: ScanQuestion, of writer: Writer = .gateway, offset: UInt64) {
        gateway = GatewayScanner(question.subject)
        if writer == .postfix { postfix = PostfixScanner(question.subject) }
        self.offset = offset
    }

    /// Whose lines it reads.
    public var writer: Writer { postfix == nil ? .gateway : .postfix }

    /// Lines so far.
    public var lineCount: Int { ledger.count }
    var ledger: OwnerLedger { postfix?.ledger ?? gateway.ledger }
    var stitch: SessionStitch { postfix?.stitch ?? SessionStitch() }
    var facts: ScanFacts {
        if let postfix {
            return ScanFacts(
                lineCount: lineCount, understoodCount: lineCount - postfix.foreignCount - postfix.unknownCount,
                foreignCount: postfix.foreignCount, announcedCount: postfix.announcedCount, refusedAtTCPCount: 0)
        }
        return ScanFacts(
            lineCount: lineCount, understoodCount: lineCount - gateway.foreignCount - gateway.unknownCount,
            foreignCount: gateway.foreignCount, announcedCount: gateway.announcedCount,
            refusedAtTCPCount: gateway.refusedAtTCPCount)
    }

    /// False when too many lines are of other formats: these lines need the whole index.
    public var isWorthwhile: Bool {
        (postfix?.foreignCount ?? gateway.foreignCount) <= 256 + lineCount / 1024
    }

    /// Takes the complete lines of these bytes in.
    /// - Parameter ends: where the line feeds stand in the bytes.
    /// - Returns: how many bytes were taken; the rest begins an unfinished line and is to be given again.
    public mutating func take(_ bytes: Span<UInt8>, ends: Span<UInt32>) -> Int {
        guard !ends.isEmpty else { return 0 }
        var (lines, start) = (ends, 0)
        if isInsideLine {
            isInsideLine = false
            start = Int(ends[0]) + 1
            lines = ends.extracting(1..<ends.count)
        }
        read(bytes, lines, from: start)
        let taken = Int(ends[ends.count - 1]) + 1
        offset += UInt64(taken)
        return taken
    }

    /// Takes the last line of the log in, which has no line feed, or the beginning of a line that is too long to hold.
    public mutating func takeUnfinished(_ bytes: Span<UInt8>) {
        if !bytes.isEmpty, !isInsideLine { read(bytes, [UInt32(bytes.count)].span, from: 0) }
        isInsideLine = true
        offset += UInt64(bytes.count)
    }

    /// Ends the stretch.
    public mutating func finish() {
        gateway.finish(offset: offset)
        postfix?.finish(offset: offset)
    }

    private mutating func read(_ bytes: Span<UInt8>, _ ends: Span<UInt32>, from start: Int) {
        if postfix == nil {
            gateway.take(bytes, ends, from: start, offset: offset)
        } else {
            postfix?.take(bytes, ends, from: start, offset: offset)
        }
    }
}
