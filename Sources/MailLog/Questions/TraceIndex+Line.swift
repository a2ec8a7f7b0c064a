import MailVocabulary

extension TraceIndex {
    /// What a line belongs to: its message, or its connection with the messages that it brought.
    /// - Parameters:
    ///   - ordinal: counted from 0 over all lines ever appended.
    ///   - texts: as for a question.
    /// - Returns: nothing for a line that belongs to no connection and to no message.
    public func answer(ofLine ordinal: Int, _ texts: ([Trace.Line]) -> [[UInt8]]) -> LogAnswer? {
        let finder = TraceFinder(graph: graph)
        if let message = graph.messages.indices.last(where: { isIn($0, ordinal) }) {
            let key = TraceBuilder(graph: graph).key(ofMessage: message)
            let all = entries(of: [finder.root(ofMessage: message)])
            let own = all.filter { $0.key == key }
            return answer(own.isEmpty ? all : own, texts)
        }
        if let connection = graph.connections.indices.last(where: {
            graph.ledger.contains(ordinal, in: graph.connections[$0].chain)
        }) {
            return answer(entries(of: [.connection(connection)]), texts)
        }
        guard
            let delivery = graph.deliveries.indices.last(where: {
                graph.ledger.contains(ordinal, in: graph.deliveries[$0].chain)
            })
        else { return nil }
        let entries = entries(of: finder.roots(ofDelivery: delivery))
        return entries.isEmpty ? nil : answer(entries, texts)
    }

    private func isIn(_ message: Int, _ ordinal: Int) -> Bool {
        let node = graph.messages[message]
        return Int(node.birthLine) == ordinal + 1 || graph.ledger.contains(ordinal, in: node.chain)
    }

    private func entries(of roots: [TraceFinder.Root]) -> [LogEntry] {
        let builder = TraceBuilder(graph: graph)
        let range = LogRange(LogQuestion(), in: window)
        return roots.flatMap { entries(of: $0, builder, range) }
    }
}
