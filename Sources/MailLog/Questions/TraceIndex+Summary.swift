import MailVocabulary

extension TraceIndex {
    /// Counts what the log says of everybody, in one pass over what is known, without telling each story.
    /// - Parameters:
    ///   - since: only what began then or later; nothing for the whole log.
    ///   - until: only what began before then.
    ///   - most: rows of each list.
    public func summary(since: LogMoment? = nil, until: LogMoment? = nil, most: Int = 10) -> LogSummary {
        let range = LogRange(LogQuestion(since: since, until: until), in: window)
        func isLater(_ one: Timestamp, _ other: Timestamp) -> Bool {
            Timestamp.age(of: one.seconds, newest: newest) < Timestamp.age(of: other.seconds, newest: newest)
        }
        let (first, bounds) = (window?.from ?? newest, range.bounds)
        let from = bounds.since.map { isLater($0, first) ? $0 : first } ?? first
        let to = bounds.until.map { isLater($0, newest) ? newest : $0 } ?? newest
        var counter = LogCounter(graph: graph, summary: LogSummary(from: from, to: to))
        for index in graph.connections.indices where range.contains(graph.connections[index].since) {
            counter.count(connection: index)
        }
        for index in graph.messages.indices where range.contains(graph.messages[index].since) {
            counter.count(message: index)
        }
        return counter.result(most)
    }
}

/// Counts connections and messages for a summary.
private struct LogCounter {
    typealias Counts = [String: LogCount.Tally]

    let graph: LogGraph
    var summary: LogSummary
    private var (silent, senders, addresses, reasons) = (Counts(), Counts(), Counts(), Counts())
    private var clients: Set<PackedAddress> = []
    private var slowClients: Set<PackedAddress> = []
    private var slow: [LogSummary.SlowConnection] = []

    init(graph: LogGraph, summary: LogSummary) { (self.graph, self.summary) = (graph, summary) }

    mutating func count(connection index: Int) {
        let node = graph.connections[index]
        summary.connections += 1
        if node.address.size > 0 {
            clients.insert(node.address)
            Self.add(node.address.address?.description ?? "", node.address, .connection(index), to: &addresses)
        }
        let verdict = ConnectionStory.verdict(node.flags, node.kind)
        let isSilent = node.firstMessage < 0
        if isSilent { Self.add(verdict, node.address, .connection(index), to: &silent) }
        if isSilent, LogCounter.isRefusal(verdict) {
            summary.refusedConnections += 1
            let words = node.reason.isEmpty ? graph.texts.string(node.policy) : graph.texts.string(node.reason)
            Self.add(ReasonText(words.isEmpty ? verdict : words).text, node.address, .connection(index), to: &reasons)
        }
        let end = isSilent ? node.until : graph.messages[Int(node.firstMessage)].since
        let took = Timestamp.seconds(from: node.since, to: end)
        guard node.flags.contains(.opened), took >= LogSummary.slowSeconds || verdict == "lost-before-banner" else {
            return
        }
        slowClients.insert(node.address)
        slow.append(
            LogSummary.SlowConnection(
                key: TraceBuilder(graph: graph).key(ofConnection: index), address: node.address.address,
                began: Timestamp(seconds: node.since, hasYear: summary.to.hasYear), seconds: took,
                verdict: isSilent ? verdict : "slow"))
    }

    mutating func count(message index: Int) {
        let node = graph.messages[index]
        let client = node.connection >= 0 ? graph.connections[Int(node.connection)].address : PackedAddress()
        if node.parent < 0 {
            summary.messages += 1
            let sender = graph.texts.string(node.sender)
            Self.add(sender.isEmpty ? "<>" : sender, client, .message(index), to: &senders)
        }
        let isMoved = TraceBuilder(graph: graph).children(of: index).contains {
            switch graph.messages[$0].relation {
            case .split, .rewritten, .reinjected: true
            case .none, .copied, .bounce: false
            }
        }
        var next = node.firstRecipient
        while next >= 0 {
            let recipient = graph.recipients[Int(next)]
            next = recipient.next
            let outcome = recipient.outcome == .pending ? MessageStory.decided(node) : recipient.outcome
            if recipient.outcome == .pending, isMoved { continue }
            summary.recipients[outcome, default: 0] += 1
            guard outcome != .delivered, outcome != .pending else { continue }
            let words = graph.texts.string(recipient.detail)
            let plain = node.queueID >= 0 ? LoggedReply.postfix(words) ?? words : LoggedReply.gatewayDetail(words)
            let reason = plain.isEmpty ? graph.texts.string(node.reason) : plain
            Self.add(ReasonText(reason.isEmpty ? outcome.rawValue : reason).text, client, .message(index), to: &reasons)
        }
    }

    /// Static: a method would hold a copy of the counter, and every count would copy its table.
    private static func add(
        _ name: String, _ client: PackedAddress, _ owner: LogCount.Owner, to counts: inout Counts
    ) {
        counts[name, default: LogCount.Tally()].count += 1
        counts[name]?.latest = owner
        if client.size > 0 { counts[name]?.clients.insert(client) }
    }

    private static func isRefusal(_ verdict: String) -> Bool {
        !["no-message", "lost", "open", "idle-timeout", "lost-before-banner"].contains(verdict)
    }

    func result(_ most: Int) -> LogSummary {
        var result = summary
        result.clients = clients.count
        let builder = TraceBuilder(graph: graph)
        func top(_ counts: Counts) -> [LogCount] {
            LogCount.top(counts, most) { owner in
                switch owner {
                case .connection(let index): builder.key(ofConnection: index)
                case .message(let index): builder.key(ofMessage: index)
                }
            }
        }
        (result.silent, result.senders) = (top(silent), top(senders))
        (result.addresses, result.reasons) = (top(addresses), top(reasons))
        (result.slowCount, result.slowClients) = (slow.count, slowClients.count)
        result.slow = Array(slow.sorted { $0.seconds > $1.seconds }.prefix(most))
        return result
    }
}
