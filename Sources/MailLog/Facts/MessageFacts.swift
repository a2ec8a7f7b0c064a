import MailVocabulary

/// What a log says of a message besides its recipients: what the rules judge by.
public struct MessageFacts: Hashable, Sendable {
    /// What a scanner said of it.
    public enum Scan: String, Hashable, Sendable, CaseIterable {
        case spam, suspectedSpam = "suspected spam", bulk = "bulk or marketing mail", virus = "a virus", malware

        /// The same within a sentence.
        var phrase: Phrase {
            switch self {
            case .spam: "spam"
            case .suspectedSpam: "suspected spam"
            case .bulk: "bulk or marketing mail"
            case .virus: "a virus"
            case .malware: "malware"
            }
        }
    }

    /// Something that the log says as such, whatever became of the message in the end.
    public enum Mark: String, Hashable, Sendable, CaseIterable {
        case queued, finished, attempted, quarantined, released, held
    }

    /// How another message came of it.
    public enum Relation: String, Hashable, Sendable {
        case split, copied, rewritten, bounce, reinjected

        /// What was done to the message, within a sentence.
        var phrase: Phrase {
            switch self {
            case .split: "split"
            case .copied: "copied"
            case .rewritten: "rewritten"
            case .bounce: "bounced"
            case .reinjected: "reinjected"
            }
        }
    }

    /// One of the stable words, as a connection's verdict: `delivered`, `spam-dropped`.
    public var verdict: String
    /// What scanners objected to.
    public var scans: Set<Scan>
    /// What the log says as such.
    public var marks: Set<Mark>
    /// In which ways other messages came of it.
    public var relations: Set<Relation>
    /// When it began, on the writer's clock.
    public var began: Timestamp?
    /// When it was queued for delivery.
    public var queued: Timestamp?
    /// When its last recipient came to an end.
    public var ended: Timestamp?

    public init(
        verdict: String = "", scans: Set<Scan> = [], marks: Set<Mark> = [], relations: Set<Relation> = [],
        began: Timestamp? = nil, queued: Timestamp? = nil, ended: Timestamp? = nil
    ) {
        (self.verdict, self.scans, self.marks, self.relations) = (verdict, scans, marks, relations)
        (self.began, self.queued, self.ended) = (began, queued, ended)
    }

    init(_ builder: TraceBuilder, _ index: Int, verdict: String) {
        let (graph, node) = (builder.graph, builder.graph.messages[index])
        let known: [(MessageNode.Flags, Mark)] = [
            (.queued, .queued), (.finished, .finished), (.attempted, .attempted), (.quarantined, .quarantined),
            (.released, .released), (.held, .held),
        ]
        var last: Int64?
        for member in builder.family(of: index).prefix(64) {
            var next = graph.messages[member].firstRecipient
            while next >= 0 {
                let recipient = graph.recipients[Int(next)]
                if recipient.outcome != .pending { last = max(last ?? recipient.at, recipient.at) }
                next = recipient.next
            }
        }
        self.init(
            verdict: verdict, scans: node.scans.words,
            marks: Set(known.filter { node.flags.contains($0.0) }.map(\.1)),
            relations: Set(builder.children(of: index).compactMap { graph.messages[$0].relation.word }),
            began: Timestamp(kept: node.since),
            queued: node.flags.contains(.queued) ? Timestamp(kept: node.queuedAt) : nil,
            ended: last.map { Timestamp(kept: $0) })
    }
}

extension MessageNode.Relation {
    fileprivate var word: MessageFacts.Relation? {
        switch self {
        case .none: nil
        case .split: .split
        case .copied: .copied
        case .rewritten: .rewritten
        case .bounce: .bounce
        case .reinjected: .reinjected
        }
    }
}
