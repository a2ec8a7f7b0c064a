import MailVocabulary

/// What became of one message of a connection, its derived messages counted in.
struct MessageStory {
    let message: Trace.Message
    /// One of the stable words.
    let verdict: String

    private let builder: TraceBuilder
    private let index: Int
    private let node: MessageNode
    private let endings: [Ending]

    /// The end of one recipient's copy.
    struct Ending {
        var address: String
        var outcome: Trace.Outcome
        var detail: String
        var hop: String
        var wasDelayed: Bool
    }

    init(_ builder: TraceBuilder, _ index: Int, _ root: TraceFinder.Root) {
        (self.builder, self.index) = (builder, index)
        node = builder.graph.messages[index]
        endings = MessageStory.endings(builder, index, depth: 0)
        let connection = MessageStory.connection(builder, root)
        let trouble = builder.likelihood.deliveries(of: index).last.map { builder.graph.deliveries[$0] }
        verdict = MessageStory.verdict(builder, index, node, endings, connection, trouble)
        let texts = builder.graph.texts
        var told = Trace.Message(key: builder.key(ofMessage: index))
        told.sender = texts.string(node.sender)
        told.subject = texts.string(node.subject)
        told.messageID = MessageStory.withBrackets(texts.string(node.messageID))
        told.recipients = endings.map {
            Trace.RecipientOutcome(address: $0.address, outcome: $0.outcome, detail: $0.detail)
        }
        told.derived = builder.children(of: index).map { builder.key(ofMessage: $0) }
        told.outcome = MessageStory.outcome(verdict, endings)
        let sentence = MessageSentence(
            name: told.key.description, verdict: verdict, endings: endings, derived: told.derived, builder: builder,
            node: node, trouble: trouble, connection: connection)
        told.phrase = sentence.phrase
        told.facts = MessageFacts(builder, index, verdict: verdict)
        message = told
    }

    private static func connection(_ builder: TraceBuilder, _ root: TraceFinder.Root) -> ConnectionNode? {
        switch root {
        case .connection(let index): builder.graph.connections[index]
        case .message: nil
        }
    }

    private static func withBrackets(_ id: String) -> String {
        id.isEmpty || id.hasPrefix("<") ? id : "<\(id)>"
    }

    // MARK: Recipients

    /// Every recipient's end: of a message that was split, rewritten or injected again, those of the new ones.
    private static func endings(_ builder: TraceBuilder, _ index: Int, depth: Int) -> [Ending] {
        let (graph, node) = (builder.graph, builder.graph.messages[index])
        let moved = builder.children(of: index).filter {
            switch graph.messages[$0].relation {
            case .split, .rewritten, .reinjected: true
            case .none, .copied, .bounce: false
            }
        }
        var endings: [Ending] = []
        if depth < 64 { for child in moved { endings += self.endings(builder, child, depth: depth + 1) } }
        var next = node.firstRecipient
        while next >= 0 {
            let recipient = graph.recipients[Int(next)]
            next = recipient.next
            let outcome = recipient.outcome == .pending ? decided(node) : recipient.outcome
            if outcome == .pending || recipient.outcome == .pending, !moved.isEmpty { continue }
            endings.append(
                Ending(
                    address: graph.texts.string(recipient.address), outcome: outcome,
                    detail: detail(graph, node, recipient), hop: hop(graph, recipient), wasDelayed: recipient.wasDelayed
                ))
        }
        return endings
    }

    /// What happened to the whole message and so to each recipient that has no end of his own.
    static func decided(_ node: MessageNode) -> Trace.Outcome {
        let flags = node.flags
        if !flags.isDisjoint(with: [.dropped, .ldapDropped, .deleted]) { return .dropped }
        if !flags.isDisjoint(with: [.bouncedByFilter, .ldapBounced]) { return .bounced }
        if !flags.isDisjoint(with: [.dmarcRejected, .milterRejected]) { return .rejected }
        if flags.contains(.aborted) { return .aborted }
        if flags.contains(.expired) { return .expired }
        if flags.contains(.spamQuarantined) { return .quarantined }
        if flags.contains(.quarantined), !flags.contains(.released) { return .quarantined }
        if flags.contains(.held) { return .quarantined }
        return .pending
    }

    private static func detail(_ graph: LogGraph, _ node: MessageNode, _ recipient: RecipientNode) -> String {
        let words = graph.texts.string(recipient.detail)
        if words.isEmpty { return recipient.outcome == .pending ? graph.texts.string(node.reason) : "" }
        if node.queueID >= 0 { return LoggedReply.postfix(words) ?? words }
        return LoggedReply.gatewayDetail(words)
    }

    private static func hop(_ graph: LogGraph, _ recipient: RecipientNode) -> String {
        if recipient.delivery >= 0 {
            return graph.deliveries[Int(recipient.delivery)].address.address?.description ?? ""
        }
        let relay = graph.texts.string(recipient.relay)
        return relay == "none" ? "" : relay
    }

    // MARK: Verdict

    private static func verdict(
        _ builder: TraceBuilder, _ index: Int, _ node: MessageNode, _ endings: [Ending], _ connection: ConnectionNode?,
        _ trouble: DeliveryNode?
    ) -> String {
        if let word = refused(node, endings, connection) { return word }
        let relations = builder.children(of: index).map { builder.graph.messages[$0].relation }
        let ends = Set(endings.map { $0.outcome })
        if ends.count > 1, ends.contains(.delivered) { return "partly-delivered" }
        if node.flags.contains(.expired) || ends.contains(.expired) { return "expired" }
        if ends.contains(.bounced) { return node.flags.contains(.doubleBounced) ? "double-bounced" : "bounced" }
        if ends.contains(.rejected) { return "rejected" }
        if ends.contains(.quarantined) { return node.flags.contains(.held) ? "held" : "quarantined" }
        if ends.contains(.delayed) { return "delayed-pending" }
        if ends == [.delivered] {
            if endings.contains(where: { $0.wasDelayed }) { return "delayed" }
            if node.flags.contains(.quarantined) { return "quarantine-released" }
            if relations.contains(.split) { return "split" }
            if relations.contains(.copied) { return "bcc-copy" }
            if relations.contains(.rewritten) { return "rewritten" }
            if endings.count > 1 { return "multi-rcpt" }
            return connection?.flags.contains(.tls) == true ? "delivered-tls" : "delivered"
        }
        switch trouble?.trouble {
        case .connection: return "conn-error"
        case .tls: return "tls-out-failed"
        case .some(.none), nil: break
        }
        if node.flags.contains(.held) { return "held" }
        if node.flags.contains(.queued) { return "queued" }
        if connection?.flags.contains(.lost) == true { return "lost" }
        if node.flags.contains(.finished) { return "finished" }
        return node.flags.contains(.accepted) ? "accepted" : "in-progress"
    }

    /// The words for a message that never went out of the gateway.
    private static func refused(
        _ node: MessageNode, _ endings: [Ending], _ connection: ConnectionNode?
    ) -> String? {
        let flags = node.flags
        if flags.contains(.dropped) {
            if flags.contains(.spam) { return "spam-dropped" }
            if flags.contains(.virus) { return "virus-dropped" }
            return flags.contains(.malware) ? "amp-dropped" : "filter-dropped"
        }
        if flags.contains(.bouncedByFilter) { return "filter-bounced" }
        if flags.contains(.ldapDropped) { return "ldap-dropped" }
        if flags.contains(.ldapBounced) { return "ldap-bounced" }
        if flags.contains(.dmarcRejected) { return "dmarc-rejected" }
        if flags.contains(.milterRejected) { return "milter-rejected" }
        if flags.contains(.deleted), !flags.contains(.released) { return "quarantine-deleted" }
        if flags.contains(.spamQuarantined) { return "spam-quarantined" }
        guard flags.contains(.aborted) || endings.allSatisfy({ $0.outcome == .rejected }) && !endings.isEmpty else {
            return nil
        }
        if !endings.contains(where: { $0.outcome != .rejected }) {
            if flags.contains(.rejectedByTable) { return "rat-rejected" }
            if flags.contains(.rejectedByDirectory) { return "ldap-rejected" }
            if flags.contains(.rejectedByLimit) { return "throttled" }
        }
        guard flags.contains(.aborted) else { return nil }
        if connection?.flags.contains(.tooBig) == true { return "too-big" }
        if connection?.flags.contains(.throttled) == true { return "throttled" }
        if connection?.flags.contains(.lost) == true { return "lost" }
        return flags.contains(.abortedBySender) ? "aborted-by-sender" : "aborted"
    }

    /// The message's outcome in the small set of the contract.
    private static func outcome(_ verdict: String, _ endings: [Ending]) -> Trace.Outcome {
        let order: [Trace.Outcome] = [
            .bounced, .expired, .rejected, .dropped, .quarantined, .aborted, .delayed, .pending, .delivered,
        ]
        let ends = Set(endings.map { $0.outcome })
        if let worst = order.first(where: { ends.contains($0) }) { return worst }
        switch verdict {
        case "lost", "aborted", "aborted-by-sender", "too-big": return .aborted
        case "spam-dropped", "virus-dropped", "amp-dropped", "filter-dropped", "ldap-dropped": return .dropped
        default: return .pending
        }
    }
}
