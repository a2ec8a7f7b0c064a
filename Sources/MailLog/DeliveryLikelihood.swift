/// Ties failed delivery connections to messages where no identifier does: by domain and time, so never as a fact.
///
/// The gateway logs `Connection Error: DCID …` and `DCID … TLS failed` without a MID. Such a connection was opened for a
/// message that had been queued shortly before, or delayed a while before, and that still waits.
struct DeliveryLikelihood {
    let graph: LogGraph

    /// Failed delivery connections that were probably opened for this message.
    func deliveries(of message: Int) -> [Int] {
        let node = graph.messages[message]
        guard node.flags.contains(.queued), waits(node) else { return [] }
        var claimed: Set<Int> = []
        var near: [Int] = []
        // Stamps step back a little now and then, never by minutes: what is older than that is not looked at.
        for index in graph.troubledDeliveries.reversed().lazy.map({ Int($0) }) {
            let delivery = graph.deliveries[index]
            let pause = delivery.since &- node.waitSince
            if pause < -600 { break }
            // Connections opened just before this message was queued are looked at too: they take their messages out of the way.
            guard !delivery.carried, pause >= -30, pause <= 14400 else { continue }
            let domain = graph.texts.slice(delivery.domain).map { TextStore.lower($0) }
            if domain.isEmpty || hasRecipient(node, in: domain) { near.append(index) }
        }
        return
            near
            .sorted { graph.deliveries[$0].openedLine < graph.deliveries[$1].openedLine }
            .filter { likeliestMessage(for: graph.deliveries[$0], &claimed) == message }
    }

    /// True for a message that waits for its next delivery.
    func waits(_ node: MessageNode) -> Bool {
        node.attemptLine <= node.waitLine && node.flags.isDisjoint(with: [.finished, .dropped, .aborted])
    }

    /// A first attempt follows the queueing at once; the next one follows a delay after a while.
    private func fits(_ node: MessageNode, _ delivery: DeliveryNode) -> Bool {
        guard delivery.openedLine > node.waitLine else { return false }
        let pause = Timestamp.seconds(from: node.waitSince, to: delivery.since)
        return node.flags.contains(.delayed) ? (15...14400).contains(pause) : pause <= 600
    }

    /// Of the messages queued within the last five seconds, the first that has no connection yet; else the one queued last;
    /// else the one delayed last.
    private func likeliestMessage(for delivery: DeliveryNode, _ claimed: inout Set<Int>) -> Int? {
        let queue = graph.queuedMessages
        var (low, high) = (0, queue.count)
        while low < high {
            let middle = (low + high) / 2
            if queue[middle].line < delivery.openedLine { low = middle + 1 } else { high = middle }
        }
        let domain = graph.texts.slice(delivery.domain).map { TextStore.lower($0) }
        var (fresh, last, delayed) = (Int?.none, Int?.none, Int?.none)
        for entry in queue[..<low].suffix(4096).reversed() {
            let (index, node) = (Int(entry.message), graph.messages[Int(entry.message)])
            guard entry.line == node.waitLine, waits(node), fits(node, delivery),
                domain.isEmpty || hasRecipient(node, in: domain)
            else { continue }
            if node.flags.contains(.delayed) {
                delayed = delayed ?? index
                continue
            }
            last = last ?? index
            if Timestamp.seconds(from: node.waitSince, to: delivery.since) > 5 { break }
            if !claimed.contains(index) { fresh = index }
        }
        guard let choice = fresh ?? last ?? delayed else { return nil }
        claimed.insert(choice)
        return choice
    }

    private func hasRecipient(_ node: MessageNode, in domain: [UInt8]) -> Bool {
        var next = node.firstRecipient
        while next >= 0 {
            if graph.texts.endsInDomain(graph.recipients[Int(next)].address, domain) { return true }
            next = graph.recipients[Int(next)].next
        }
        return false
    }
}
