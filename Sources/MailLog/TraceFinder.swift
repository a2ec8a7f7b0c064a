import MailVocabulary

/// Finds what an identifier or a needle leads to.
struct TraceFinder {
    /// Where a trace begins: a connection, or a message whose connection is not in the log.
    enum Root: Hashable {
        case connection(Int)
        case message(Int)
    }

    let graph: LogGraph

    func roots(of key: TraceKey) -> [Root] {
        switch key {
        case .icid(let id): return graph.connection(icid: id).map { .connection($0) }
        case .mid, .queueID: return messages(key).map { root(ofMessage: $0) }
        case .dcid(let id): return graph.delivery(dcid: id).flatMap { roots(ofDelivery: $0) }
        case .session(_, let number):
            return graph.connections.indices.contains(number) ? [.connection(number)] : []
        case .connection(let name, let number):
            if graph.connections.indices.contains(number), TraceBuilder(graph: graph).key(ofConnection: number) == key {
                return [.connection(number)]
            }
            if let id = UInt64(name, radix: 16), name.utf8.count == 16 {
                let carried = graph.delivery(dcid: id).flatMap { roots(ofDelivery: $0) }
                if !carried.isEmpty { return carried }
            }
            return graph.session(named: name).map { .connection($0) }
        }
    }

    func messages(_ key: TraceKey) -> [Int] {
        switch key {
        case .mid(let id): graph.message(mid: id)
        case .queueID(let text): graph.message(queueID: text)
        case .icid, .dcid, .session, .connection: []
        }
    }

    func root(ofMessage index: Int) -> Root {
        var top = index
        while graph.messages[top].parent >= 0 { top = Int(graph.messages[top].parent) }
        let connection = graph.messages[top].connection
        return connection >= 0 ? .connection(Int(connection)) : .message(top)
    }

    func roots(ofDelivery delivery: Int) -> [Root] {
        let links = graph.deliveryLinks
        return graph.messages.indices.filter { index in
            var next = graph.messages[index].deliveries
            while next >= 0 {
                if links[Int(next)].delivery == Int32(delivery) { return true }
                next = links[Int(next)].next
            }
            return false
        }.map { root(ofMessage: $0) }
    }

    // MARK: Needles

    func roots(matching needle: String) -> [Root] {
        var found: [Root] = []
        var seen: Set<Root> = []
        for root in candidates(Self.trimmed(needle)) where seen.insert(root).inserted { found.append(root) }
        return found.map { ($0, firstLine($0)) }.sorted { $0.1 < $1.1 }.map { $0.0 }
    }

    /// Without the blanks around it.
    static func trimmed(_ needle: String) -> String {
        let text = needle.drop { $0 == " " }
        return String(text.reversed().drop { $0 == " " }.reversed())
    }

    private func candidates(_ needle: String) -> [Root] {
        if needle.isEmpty { return [] }
        if let address = IPAddress(needle) {
            return graph.connections(of: PackedAddress(address)).map { .connection($0) }
        }
        let words = needle.split(separator: " ")
        if words.count == 2, let id = UInt64(words[1]), let key = key(words[0].uppercased(), id) {
            return key == .icid(0) ? connections { $0.kind == .tcpRefused } : roots(of: key)
        }
        let lowered = needle.utf8.map { TextStore.lower($0) }
        let enveloped = graph.connections(envelopeID: lowered).map { Root.connection($0) }
        if let id = UInt64(needle) {
            let numbered = roots(of: .icid(id)) + roots(of: .mid(id)) + roots(of: .dcid(id))
            return numbered + roots(of: .queueID(needle)) + roots(of: .connection(needle, number: -1)) + enveloped
        }
        let named = roots(of: .queueID(needle)) + roots(of: .connection(needle, number: -1)) + enveloped
        if !named.isEmpty { return named }
        if needle.contains("@"), !needle.contains(" ") { return addressed(lowered) }
        if let network = AddressRange(needle) { return connections { network.contains($0.address) } }
        return worded(lowered)
    }

    private func key(_ word: String, _ id: UInt64) -> TraceKey? {
        switch word {
        case "ICID": .icid(id)
        case "MID": .mid(id)
        case "DCID": .dcid(id)
        default: nil
        }
    }

    private func connections(where matches: (ConnectionNode) -> Bool) -> [Root] {
        graph.connections.indices.filter { matches(graph.connections[$0]) }.map { .connection($0) }
    }

    /// Clients of this name or in this domain, messages from or to this domain; else messages with these words in the subject.
    private func worded(_ needle: [UInt8]) -> [Root] {
        let texts = graph.texts
        let clients = connections {
            texts.equals($0.name, lowercased: needle) || texts.endsInDomain($0.name, needle, after: 0x2E)
        }
        let domain = messages { message in
            if texts.endsInDomain(message.sender, needle) { return true }
            return hasRecipient(message) { texts.endsInDomain($0.address, needle) }
        }
        let found = clients + domain
        return found.isEmpty ? messages { texts.contains($0.subject, lowercased: needle) } : found
    }

    private func messages(where matches: (MessageNode) -> Bool) -> [Root] {
        graph.messages.indices.filter { matches(graph.messages[$0]) }.map { root(ofMessage: $0) }
    }

    private func hasRecipient(_ message: MessageNode, _ matches: (RecipientNode) -> Bool) -> Bool {
        var next = message.firstRecipient
        while next >= 0 {
            if matches(graph.recipients[Int(next)]) { return true }
            next = graph.recipients[Int(next)].next
        }
        return false
    }

    /// Messages with this sender, recipient or Message-ID, angle brackets or none.
    private func addressed(_ needle: [UInt8]) -> [Root] {
        let inner = needle.first == 0x3C && needle.last == 0x3E ? Array(needle.dropFirst().dropLast()) : needle
        let outer = [0x3C] + inner + [0x3E]
        let refused = graph.refusedRecipients.keys.sorted().filter { index in
            graph.refusedRecipients[index, default: []].contains {
                graph.texts.equals($0.address, lowercased: inner)
            }
        }
        return refused.map { .connection($0) }
            + messages { message in
                if graph.texts.equals(message.sender, lowercased: inner) { return true }
                if graph.texts.equals(message.messageID, lowercased: outer) { return true }
                if graph.texts.equals(message.messageID, lowercased: inner) { return true }
                return hasRecipient(message) { graph.texts.equals($0.address, lowercased: inner) }
            }
    }

    /// The first line of a root, for file order.
    private func firstLine(_ root: Root) -> Int {
        var first = Int.max
        switch root {
        case .connection(let index):
            graph.ledger.forEach(in: graph.connections[index].chain) { first = $0 }
            if first == .max, graph.connections[index].firstMessage >= 0 {
                let message = graph.messages[Int(graph.connections[index].firstMessage)]
                graph.ledger.forEach(in: message.chain) { first = $0 }
            }
        case .message(let index):
            graph.ledger.forEach(in: graph.messages[index].chain) { first = $0 }
        }
        return first
    }
}
