import MailVocabulary

extension TraceIndex {
    /// The messages and the connections without one that a question is about, in file order.
    public func entries(_ question: LogQuestion) -> [LogEntry] {
        answers(to: question).flatMap(\.rows).sorted { $0.firstOrdinal < $1.firstOrdinal }
    }

    /// The stories of the connections that have a row in the answer, in file order.
    public func traces(_ question: LogQuestion) -> [Trace] {
        let builder = TraceBuilder(graph: graph)
        return answers(to: question).map { builder.trace($0.root) }
    }

    private func answers(to question: LogQuestion) -> [(root: TraceFinder.Root, rows: [LogEntry])] {
        let (builder, finder) = (TraceBuilder(graph: graph), TraceFinder(graph: graph))
        let (range, reply) = (LogRange(question, in: window), question.reply.map { ReplyPattern($0) })
        let roots = question.needle.map { finder.roots(matching: $0) } ?? finder.everyRoot
        var answers: [(root: TraceFinder.Root, rows: [LogEntry])] = []
        for root in roots {
            let found = entries(of: root, builder, range)
            let rows = (question.needle.map { found.about($0) } ?? found).filter { row in
                if let verdict = question.verdict, !row.hasVerdict(verdict) { return false }
                guard let reply else { return true }
                return reply.map { row.hasReply($0, reason: row.recipients.isEmpty ? row.sentence : "") } ?? false
            }
            if !rows.isEmpty { answers.append((root, rows)) }
        }
        return answers
    }

    /// The newest stamp of the log: what "the last 30 minutes" are counted from.
    public var newest: Timestamp { window?.to ?? Timestamp(seconds: 0) }

    func entries(of root: TraceFinder.Root, _ builder: TraceBuilder, _ range: LogRange) -> [LogEntry] {
        let messages = builder.messages(of: root)
        var connection: ConnectionNode?
        if case .connection(let index) = root {
            connection = graph.connections[index]
            if messages.isEmpty {
                return range.contains(graph.connections[index].since) ? [entry(index, builder)] : []
            }
        }
        return messages.filter { range.contains(graph.messages[$0].since) }.map { index in
            let story = MessageStory(builder, index, root)
            let node = graph.messages[index]
            let ordinal = graph.ledger.first(in: node.chain) ?? max(0, Int(node.birthLine) - 1)
            return LogEntry(
                began: stamp(node.since), key: story.message.key, connection: key(of: root, builder),
                address: connection?.address.address, sender: story.message.sender, subject: story.message.subject,
                messageID: story.message.messageID, recipients: story.message.recipients, verdict: story.verdict,
                outcome: story.message.outcome, phrase: story.message.phrase, firstOrdinal: ordinal,
                file: graph.ledger.file(of: ordinal), root: root)
        }
    }

    /// A connection that brought no message.
    private func entry(_ index: Int, _ builder: TraceBuilder) -> LogEntry {
        let node = graph.connections[index]
        let story = ConnectionStory(builder, .connection(index), [])
        let ordinal = graph.ledger.first(in: node.chain) ?? 0
        return LogEntry(
            began: stamp(node.since), key: builder.key(ofConnection: index),
            connection: builder.key(ofConnection: index),
            address: node.address.address, sender: "", subject: "", messageID: "", recipients: [],
            verdict: story.verdict, outcome: nil, phrase: story.phrase, firstOrdinal: ordinal,
            file: graph.ledger.file(of: ordinal), root: .connection(index))
    }

    private func key(of root: TraceFinder.Root, _ builder: TraceBuilder) -> TraceKey? {
        switch root {
        case .connection(let index): builder.key(ofConnection: index)
        case .message: nil
        }
    }

    /// A wall clock time with as much of a year as the log has.
    func stamp(_ seconds: Int64) -> Timestamp { Timestamp(seconds: seconds, hasYear: newest.hasYear) }
}

extension [LogEntry] {
    /// Of the messages of one connection, those that a needle speaks of; all of them when it speaks of the connection.
    fileprivate func about(_ needle: String) -> [LogEntry] {
        guard count > 1 else { return self }
        let wanted = needle.lowercased().filter { $0 != "<" && $0 != ">" }
        let named = filter { row in
            let texts =
                [row.key?.description ?? "", row.sender, row.subject, row.messageID] + row.recipients.map(\.address)
            return texts.contains { !$0.isEmpty && $0.lowercased().contains(wanted) }
        }
        return named.isEmpty ? self : named
    }
}

extension TraceFinder {
    /// Every connection, and every message whose connection is not in the log and that was not made of another one.
    var everyRoot: [Root] {
        graph.connections.indices.map { .connection($0) }
            + graph.messages.indices.filter { graph.messages[$0].connection < 0 && graph.messages[$0].parent < 0 }
            .map { .message($0) }
    }
}

extension LineLedger {
    /// The ordinal of the first line of a chain.
    func first(in chain: UInt32) -> Int? {
        var first: Int?
        forEach(in: chain) { first = $0 }
        return first
    }
}
