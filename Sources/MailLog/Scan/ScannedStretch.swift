/// What a scan of a stretch of a log has found: whose its lines are, and what ties identifiers to each other.
public struct ScannedStretch: Sendable {
    /// Whose lines were read.
    public let writer: IdentifierScan.Writer
    private(set) var ledger: OwnerLedger
    let stitch: SessionStitch
    let facts: ScanFacts

    /// - Parameter scan: a finished one.
    public init(_ scan: IdentifierScan) {
        self.init(writer: scan.writer, ledger: scan.ledger, stitch: scan.stitch, facts: scan.facts)
    }

    init(writer: IdentifierScan.Writer, ledger: OwnerLedger, stitch: SessionStitch, facts: ScanFacts) {
        (self.writer, self.ledger, self.stitch, self.facts) = (writer, ledger, stitch, facts)
    }

    /// How many lines it has.
    public var lineCount: Int { ledger.count }

    /// Puts a question to a scan of everybody.
    public mutating func ask(_ question: ScanQuestion) {
        switch question.subject {
        case .owners(let owners): for owner in owners { ledger.seed(owner) }
        case .address(let wanted, _): ledger.seed { $0 == wanted }
        case .network(let network): ledger.seed { network.contains($0) }
        case .words, .everybody: return
        }
    }
}
