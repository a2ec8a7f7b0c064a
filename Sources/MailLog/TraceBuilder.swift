import MailVocabulary

/// Puts a trace together from the graph: its messages, its lines, its verdict and its sentences.
struct TraceBuilder {
    let graph: LogGraph
    var likelihood: DeliveryLikelihood { DeliveryLikelihood(graph: graph) }

    func trace(_ root: TraceFinder.Root) -> Trace {
        let tops = messages(of: root)
        let family = tops.flatMap { self.family(of: $0) }
        var trace = Trace(keys: [])
        switch root {
        case .connection(let index):
            let connection = graph.connections[index]
            trace.keys = key(ofConnection: index).map { [$0] } ?? []
            trace.address = connection.address.address
            trace.host = graph.texts.string(connection.name)
            trace.hasBeginning = connection.flags.haveBeginning
            trace.facts = ConnectionFacts(connection, graph.texts)
        case .message(let index):
            // A message of the machine's own making begins where it begins; any other one began before the log.
            trace.hasBeginning = isOwn(index)
        }
        trace.keys += deliveryOrder(family).map { key(ofDelivery: $0) }
        trace.lines = lines(root, family)
        let stories = tops.map { MessageStory(self, $0, root) }
        let byMessage = Dictionary(zip(tops, stories), uniquingKeysWith: { first, _ in first })
        trace.messages = family.map { (byMessage[$0] ?? MessageStory(self, $0, root)).message }
        let summary = ConnectionStory(self, root, stories)
        (trace.verdict, trace.phrase) = (summary.verdict, summary.phrase)
        trace.findings = TraceRule.all.flatMap { $0.judge(trace) }
        return trace
    }

    // MARK: Members

    func messages(of root: TraceFinder.Root) -> [Int] {
        switch root {
        case .message(let index): return [index]
        case .connection(let index):
            var (found, next) = ([Int](), graph.connections[index].firstMessage)
            while next >= 0 {
                found.append(Int(next))
                next = graph.messages[Int(next)].nextOfConnection
            }
            return found
        }
    }

    func children(of message: Int) -> [Int] {
        var (found, next) = ([Int](), graph.messages[message].firstChild)
        while next >= 0 {
            found.append(Int(next))
            next = graph.messages[Int(next)].nextOfParent
        }
        return found
    }

    /// The message and all that was made of it, each before what was made of it.
    func family(of message: Int) -> [Int] {
        var (found, waiting) = ([Int](), [message])
        while let next = waiting.popLast() {
            found.append(next)
            waiting += children(of: next).reversed()
        }
        return found
    }

    func deliveries(of message: Int) -> [Int] {
        var (found, next) = ([Int](), graph.messages[message].deliveries)
        while next >= 0 {
            found.append(Int(graph.deliveryLinks[Int(next)].delivery))
            next = graph.deliveryLinks[Int(next)].next
        }
        return found.reversed()
    }

    private func deliveryOrder(_ family: [Int]) -> [Int] {
        var seen: Set<Int> = []
        return family.flatMap { deliveries(of: $0) }.filter { seen.insert($0).inserted }.sorted()
    }

    // MARK: Lines

    private func lines(_ root: TraceFinder.Root, _ family: [Int]) -> [Trace.Line] {
        var (firm, probable) = (ordinals(root), Set<Int>())
        if case .connection(let index) = root, graph.connections[index].flags.contains(.presumed) {
            graph.ledger.forEach(in: graph.connections[index].chain) { probable.insert($0) }
            firm.subtract(probable)
        }
        for message in family {
            probable.formUnion(graph.probableLines[message] ?? [])
            for delivery in likelihood.deliveries(of: message) {
                graph.ledger.forEach(in: graph.deliveries[delivery].chain) { probable.insert($0) }
            }
        }
        return firm.union(probable).sorted().map { ordinal in
            let place = graph.ledger.place(of: ordinal)
            return Trace.Line(
                number: place.number, offset: place.offset, link: firm.contains(ordinal) ? .id : .probable,
                file: graph.ledger.file(of: ordinal))
        }
    }

    /// The lines that identifiers tie to the root.
    func ordinals(_ root: TraceFinder.Root) -> Set<Int> {
        var found: Set<Int> = []
        if case .connection(let index) = root {
            graph.ledger.forEach(in: graph.connections[index].chain) { found.insert($0) }
        }
        for message in messages(of: root) { collect(message, into: &found) }
        return found
    }

    /// The lines of a message, of all that was made of it, and of the delivery connections that carried them.
    func collect(_ message: Int, into found: inout Set<Int>) {
        if graph.messages[message].birthLine > 0 { found.insert(Int(graph.messages[message].birthLine) - 1) }
        for member in family(of: message) {
            graph.ledger.forEach(in: graph.messages[member].chain) { found.insert($0) }
            for delivery in deliveries(of: member) {
                graph.ledger.forEach(in: graph.deliveries[delivery].chain) { found.insert($0) }
            }
        }
    }

    /// The sum of the newest lines of all that belongs to the root: it grows with each line and each member.
    func extent(_ root: TraceFinder.Root) -> Int {
        var sum = 0
        if case .connection(let index) = root { sum = Int(graph.connections[index].chain) }
        return messages(of: root).reduce(sum) { $0 + extent(ofMessage: $1) }
    }

    func extent(ofMessage message: Int) -> Int {
        family(of: message).reduce(Int(graph.messages[message].birthLine)) { sum, member in
            sum + Int(graph.messages[member].chain)
                + deliveries(of: member).reduce(0) { $0 + Int(graph.deliveries[$1].chain) }
        }
    }

    // MARK: Names

    func key(ofMessage index: Int) -> TraceKey {
        let node = graph.messages[index]
        return node.queueID >= 0 ? .queueID(graph.queueIDs[Int(node.queueID)].text) : .mid(node.id)
    }

    func key(ofConnection index: Int) -> TraceKey? {
        let node = graph.connections[index]
        switch node.kind {
        case .gateway: return .icid(node.id)
        case .smtpd: return .session(pid: Int(truncatingIfNeeded: node.id), number: index)
        case .sendmail: return .connection("sendmail[\(node.id)]", number: index)
        case .session: return .connection(graph.texts.string(node.label), number: index)
        case .tcpRefused: return nil
        }
    }

    private func key(ofDelivery index: Int) -> TraceKey {
        let node = graph.deliveries[index]
        guard node.isSession else { return .dcid(node.id) }
        let digits = String(node.id, radix: 16, uppercase: node.isExchange)
        return .connection(String(repeating: "0", count: 16 - digits.count) + digits, number: -1)
    }

    /// True for a message without a connection that is not a message whose connection was cut off by the log's beginning.
    private func isOwn(_ index: Int) -> Bool {
        let node = graph.messages[index]
        return node.queueID >= 0 ? node.flags.contains(.bySubmission) : node.flags.contains(.started)
    }
}
