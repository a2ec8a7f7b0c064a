/// Connections that a log calls by a name of its own: `2a35fc9ae4080d52`, `[198.51.100.4]:51791`.
extension LogGraph {
    /// A connection that begins with this line.
    mutating func openSession(_ line: Span<UInt8>, _ name: Range<Int>) -> Int {
        let index = newConnection(0, kind: .session)
        connections[index].label = texts.keep(line, name)
        connections[index].flags.insert(.opened)
        sessions[sessionKey(line, name)] = Int32(index)
        return index
    }

    /// The latest connection of that name, if there is one.
    func knownSession(_ line: Span<UInt8>, _ name: Range<Int>) -> Int? {
        sessions[sessionKey(line, name)].map { Int($0) }
    }

    /// The latest connection of that name; an unopened one when its beginning is not in the log.
    mutating func session(_ line: Span<UInt8>, _ name: Range<Int>) -> Int {
        if let known = knownSession(line, name) { return known }
        let index = openSession(line, name)
        connections[index].flags.remove(.opened)
        return index
    }

    /// The latest connection of that name on every host that writes into this log.
    func session(named name: String) -> [Int] {
        let bytes = Array(name.utf8)
        guard !bytes.isEmpty, !sessions.isEmpty else { return [] }
        let tail = max(0, bytes.count - QueueKey.longest)..<bytes.count
        return hosts.indices.compactMap { sessions[QueueKey(bytes.span, tail, host: UInt32($0))].map { Int($0) } }
    }

    /// The end of a long name decides: that is where the port stands.
    private func sessionKey(_ line: Span<UInt8>, _ name: Range<Int>) -> QueueKey {
        QueueKey(line, max(name.lowerBound, name.upperBound - QueueKey.longest)..<name.upperBound, host: host)
    }

    /// Notes the client of a connection; a name in parentheses is only what the client called itself.
    mutating func keepClient(_ index: Int, _ line: Span<UInt8>, address: Range<Int>, name: Range<Int>) {
        guard connections[index].address.size == 0 || connections[index].name.isEmpty else { return }
        note(client: PackedAddress(line, address) ?? PackedAddress(), of: index)
        if !name.isEmpty { connections[index].name = texts.keep(line, name) }
    }

    /// Notes why a connection did not bring what it was meant to.
    mutating func note(_ flag: ConnectionNode.Flags, _ index: Int, _ line: Span<UInt8>, _ words: Range<Int>) {
        connections[index].flags.insert(flag)
        connections[index].until = now
        // The reason is that of the word which the connection will be told by.
        if !words.isEmpty, ConnectionStory.deciding(connections[index].flags) == flag {
            connections[index].reason = texts.keep(line, words)
        }
    }

    /// Keeps a refused recipient for the message that the same transaction may still bring.
    mutating func refuse(_ recipient: Range<Int>, on connection: Int, _ line: Span<UInt8>, _ words: Range<Int>) {
        guard !recipient.isEmpty else { return }
        refuse(texts.keep(line, recipient), on: connection, line, words)
    }

    mutating func refuse(
        _ recipient: TextStore.Reference, on connection: Int, _ line: Span<UInt8>, _ words: Range<Int>
    ) {
        guard refusedRecipients[connection, default: []].count < 1000 else { return }
        var node = RecipientNode(rid: 0, address: recipient, at: now)
        (node.outcome, node.detail) = (.rejected, texts.keep(line, words))
        refusedRecipients[connection, default: []].append(node)
    }

    /// Gives the message the recipients that were refused before it began.
    mutating func takeRefusals(of connection: Int, to message: Int) {
        for node in refusedRecipients.removeValue(forKey: connection) ?? [] {
            let address = Array(texts.slice(node.address))
            let index = recipient(address.span, 0..<address.count, of: message)
            if recipients[index].outcome == .pending {
                (recipients[index].outcome, recipients[index].detail) = (.rejected, node.detail)
            }
        }
    }

    /// Notes one recipient's end.
    mutating func settle(
        _ recipient: Int, _ outcome: Trace.Outcome, _ line: Span<UInt8>, relay: Range<Int>, detail: Range<Int>
    ) {
        recipients[recipient].outcome = outcome
        recipients[recipient].at = now
        if outcome == .delayed { recipients[recipient].wasDelayed = true }
        if !relay.isEmpty { recipients[recipient].relay = texts.keep(line, relay) }
        recipients[recipient].detail = texts.keep(line, detail)
    }
}
