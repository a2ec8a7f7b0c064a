/// Joins the lines of Exim into the graph.
///
/// Exim names messages, and connections only by the client's port when it is told to log that (`+incoming_port`). Without
/// the port each message that arrived stands for a connection of its own, because nothing in the log says otherwise.
extension LogGraph {
    mutating func join(_ exim: EximLine, _ line: Span<UInt8>) {
        let id = exim.id
        switch exim.event {
        case .arrived(let sender, let client, let tls, let messageID, let parent):
            arrive(id, sender, client, tls, messageID, parent, line)
        case .delivered(let recipient, let host, let reply):
            settle(id, recipient, .delivered, line, host, reply)
        case .failed(let recipient, let host, let reason, let expired):
            settle(id, recipient, expired ? .expired : .bounced, line, host, reason)
        case .deferred(let recipient, let host, let reason):
            let index = message(queueID: QueueKey(line, id, host: self.host))
            // A queue run that only says "not yet" does not replace the reply that made the message wait.
            let isWaiting = line.index(of: "retry time not reached", from: recipient.upperBound) != nil
            let known = self.recipient(line, recipient, of: index)
            messages[index].flags.insert([.attempted, .delayed])
            if !isWaiting || recipients[known].detail.isEmpty {
                settle(known, .delayed, line, relay: host, detail: reason)
            }
            own(message: index)
        case .completed:
            let index = message(queueID: QueueKey(line, id, host: host))
            messages[index].flags.insert(.finished)
            own(message: index)
        case .frozen:
            let index = message(queueID: QueueKey(line, id, host: host))
            messages[index].flags.insert(.held)
            messages[index].reason = texts.keep(line, line.rest(from: id.upperBound + 1))
            own(message: index)
        case .unfrozen:
            let index = message(queueID: QueueKey(line, id, host: host))
            messages[index].flags.remove(.held)
            own(message: index)
        case .messageRefused(let client, let reason):
            let index = message(queueID: QueueKey(line, id, host: host), unless: .finished)
            if let client { attach(index, to: connection(of: client, line, isNew: true)) }
            messages[index].flags.insert(.milterRejected)
            messages[index].reason = texts.keep(line, reason)
            own(message: index)
        case .messageNote: own(message: message(queueID: QueueKey(line, id, host: host)))
        case .connected(let client):
            let index = openSession(line, client.label)
            announced += 1
            keepClient(index, line, address: client.address, name: client.name)
            own(connection: index)
        case .ended(let client, let ending, let words):
            let index = connection(of: client, line)
            switch ending {
            case .closed: connections[index].flags.insert(.closed)
            case .lost: note(.lost, index, line, words)
            case .idle: note(.idle, index, line, words)
            }
            connections[index].until = now
            refusedRecipients[index] = nil
            own(connection: index)
        case .tlsFailed(let client, let words):
            let index = connection(of: client, line)
            note(.tlsFailed, index, line, words)
            own(connection: index)
        case .refused(let client, let refusal, let recipient, let words):
            let index = connection(of: client, line, refusing: recipient)
            refuse(recipient, on: index, line, words)
            note(EximJoin.flag(refusal, line, words), index, line, words)
            own(connection: index)
        case .connectionNote(let client):
            guard let known = knownSession(line, client.label) else { return }
            if line.index(of: "incomplete transaction", from: exim.text) != nil { refusedRecipients[known] = nil }
            own(connection: known)
        case .system: break
        }
    }

    private mutating func arrive(
        _ id: Range<Int>, _ sender: Range<Int>, _ client: EximLine.Client?, _ tls: Bool, _ messageID: Range<Int>,
        _ parent: Range<Int>, _ line: Span<UInt8>
    ) {
        let index = message(queueID: QueueKey(line, id, host: host), unless: [.started, .finished])
        messages[index].flags.insert([.started, .received])
        messages[index].sender = sender.count == 2 ? .none : texts.keep(line, sender)
        messages[index].messageID = texts.keep(line, messageID)
        if let client {
            let connection = connection(of: client, line, isNew: true)
            // Refusals before it are tied to it by the client and the time alone.
            if !client.hasPort, refusedRecipients[connection] != nil {
                connections[connection].flags.insert(.presumed)
            }
            if tls { connections[connection].flags.insert(.tls) }
            attach(index, to: connection)
            takeRefusals(of: connection, to: index)
        } else if parent.isEmpty {
            messages[index].flags.insert(.bySubmission)
        } else {
            derive(index, from: message(queueID: QueueKey(line, parent, host: host)), .bounce)
        }
        enqueue(index)
        own(message: index)
    }

    private mutating func settle(
        _ id: Range<Int>, _ recipient: Range<Int>, _ outcome: Trace.Outcome, _ line: Span<UInt8>, _ relay: Range<Int>,
        _ detail: Range<Int>
    ) {
        let index = message(queueID: QueueKey(line, id, host: host))
        messages[index].flags.insert(.attempted)
        settle(self.recipient(line, recipient, of: index), outcome, line, relay: relay, detail: detail)
        own(message: index)
    }

    /// The connection of a client with this port. Without ports: a new one for a message, else the latest within a second.
    /// - Parameter refused: a recipient; one that is refused a second time is another transaction's.
    private mutating func connection(
        of client: EximLine.Client, _ line: Span<UInt8>, isNew: Bool = false, refusing refused: Range<Int> = 0..<0
    ) -> Int {
        if let known = knownSession(line, client.label) {
            let node = connections[known]
            // Recipients that the same client was refused a moment ago were refused in the message's own transaction.
            let isOfMessage = isNew && node.firstMessage < 0 && refusedRecipients[known] != nil
            let isSame =
                client.hasPort
                || !isRefused(line, refused, on: known) && (!isNew || isOfMessage)
                    && Timestamp.seconds(from: node.until, to: now) <= EximJoin.nearby
            if isSame {
                connections[known].until = now
                keepClient(known, line, address: client.address, name: client.name)
                return known
            }
        }
        let index = openSession(line, client.label)
        // With ports in the log the beginning would have been logged, had it been in this file.
        if client.hasPort { connections[index].flags.remove(.opened) }
        keepClient(index, line, address: client.address, name: client.name)
        return index
    }
}

extension LogGraph {
    private func isRefused(_ line: Span<UInt8>, _ recipient: Range<Int>, on connection: Int) -> Bool {
        let wanted = line.array(recipient).map { TextStore.lower($0) }
        return !wanted.isEmpty
            && refusedRecipients[connection, default: []].contains { texts.equals($0.address, lowercased: wanted) }
    }
}

/// Small readings of Exim's words.
enum EximJoin {
    /// Lines of a client without its port are taken for those of one connection up to so many seconds from each other: more
    /// would be two visits of the same client as often as one.
    static let nearby: Int64 = 1

    static func flag(
        _ refusal: EximEvent.Refusal, _ line: Span<UInt8>, _ words: Range<Int>
    ) -> ConnectionNode.Flags {
        let at = words.lowerBound
        if line.has("temporarily ", at: at), line.index(of: "reylist", from: at) != nil { return .greylisted }
        switch refusal {
        case .recipient:
            if line.index(of: "nknown user", from: at) != nil || line.index(of: "ser unknown", from: at) != nil {
                return .userUnknown
            }
            return line.index(of: "blacklist", from: at) ?? line.index(of: " listed ", from: at) == nil
                ? .recipientRejected : .listed
        case .sender:
            return line.index(of: "too big", from: at) == nil ? .senderRejected : .tooBig
        case .authentication: return .authFailed
        case .limit: return .throttled
        case .connection, .message, .other: return .refused
        }
    }
}
