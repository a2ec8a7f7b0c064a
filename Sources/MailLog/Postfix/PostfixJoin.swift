/// Joins the lines of Postfix into the graph: smtpd sessions, queue ids, notifications.
///
/// Postfix gives a connection no identifier: it is what one smtpd process says between `connect` and `disconnect`. The
/// client's address, which nearly every such line repeats, tells sessions apart where process ids meet.
extension LogGraph {
    mutating func join(_ postfix: PostfixLine, _ line: Span<UInt8>) {
        let pid = postfix.frame.pid
        switch postfix.event {
        case .connected(let client):
            let index = openConnection(pid, kind: .smtpd)
            keep(client, in: index, line)
            own(connection: index)
        case .disconnected(let client):
            let index = session(pid, client, line)
            connections[index].flags.insert(.closed)
            connections[index].until = now
            own(connection: index)
        case .lost(let client, let words):
            let index = session(pid, client, line)
            connections[index].flags.insert(.lost)
            connections[index].until = now
            if connections[index].reason.isEmpty { connections[index].reason = texts.keep(line, words) }
            own(connection: index)
        case .tls(let client):
            let index = session(pid, client, line)
            connections[index].flags.insert(.tls)
            own(connection: index)
        case .tlsFailed(let client, let words):
            let index = session(pid, client, line)
            connections[index].flags.insert(.tlsFailed)
            connections[index].reason = texts.keep(line, words)
            own(connection: index)
        case .refused(let id, let client, let refusal, let reply, let sender, let recipient):
            // With a queue id the line may be cleanup's (a milter's verdict): its process is no session.
            guard id.isEmpty else { return refuse(id, refusal, line, reply, sender, recipient) }
            let session = session(pid, client, line)
            connections[session].flags.insert(PostfixJoin.refusal(line, reply))
            connections[session].reason = texts.keep(line, reply)
            own(connection: session)
        case .received(let id, let client):
            let index = message(queueID: key(line, id), unless: [.started, .finished])
            messages[index].flags.insert(.started)
            // `client=` of a message that came from a content filter repeats what smtpd was told; the process is the fact.
            attach(index, to: session(pid, client, line))
            own(message: index)
        case .submitted(let id, let sender):
            let index = message(queueID: key(line, id), unless: [.started, .finished])
            messages[index].flags.insert([.started, .bySubmission])
            messages[index].sender = texts.keep(line, sender)
            own(message: index)
        case .messageID(let id, let words):
            let index = message(queueID: key(line, id), unless: .finished)
            if messages[index].messageID.isEmpty { messages[index].messageID = texts.keep(line, words) }
            own(message: index)
        case .queued(let id, let sender):
            let index = message(queueID: key(line, id), unless: .finished)
            if messages[index].sender.isEmpty { messages[index].sender = texts.keep(line, sender) }
            if !messages[index].flags.contains(.queued) { enqueue(index) }
            own(message: index)
        case .expired(let id, let sender):
            let index = message(queueID: key(line, id))
            if messages[index].sender.isEmpty { messages[index].sender = texts.keep(line, sender) }
            messages[index].flags.insert(.expired)
            own(message: index)
        case .delivery(let id, let delivery):
            let index = message(queueID: key(line, id))
            takeLooseLines(of: pid, to: index)
            join(delivery, of: index, line)
        case .filtered(let id, let filter):
            let index = message(queueID: key(line, id))
            if filter.verdict != .passed {
                messages[index].flags.insert(filter.verdict == .infected ? [.dropped, .virus] : [.dropped, .spam])
                messages[index].reason = texts.keep(line, filter.words)
            }
            if !filter.new.isEmpty { reinject(message(queueID: key(line, filter.new)), from: index) }
            own(message: index)
        case .unreachable: keepLooseLine(of: pid)
        case .notification(let id, let new):
            let parent = message(queueID: key(line, id))
            derive(message(queueID: key(line, new)), from: parent, .bounce)
            own(message: parent)
        case .held(let id, let words):
            let index = message(queueID: key(line, id))
            messages[index].flags.insert(.held)
            messages[index].reason = texts.keep(line, words)
            own(message: index)
        case .removed(let id):
            let index = message(queueID: key(line, id))
            messages[index].flags.insert(.finished)
            own(message: index)
        case .message(let id):
            own(message: message(queueID: key(line, id)))
        case .process:
            if let index = connection(process: pid) { own(connection: index) }
        }
    }

    private func key(_ line: Span<UInt8>, _ id: Range<Int>) -> QueueKey { QueueKey(line, id, host: host) }

    private mutating func keep(_ client: PostfixEvent.Client, in index: Int, _ line: Span<UInt8>) {
        note(client: PackedAddress(line, client.address) ?? PackedAddress(), of: index)
        connections[index].name = texts.keep(line, client.name)
        if client.name.count == 7, line.has("unknown", at: client.name.lowerBound) {
            connections[index].flags.insert(.unverified)
        }
    }

    /// The open session of this process and client; one without a beginning when the log does not have it.
    private mutating func session(_ pid: UInt64, _ client: PostfixEvent.Client, _ line: Span<UInt8>) -> Int {
        if let address = PackedAddress(line, client.address) {
            if let known = connection(process: pid, client: address, line, name: client.name) { return known }
        } else if let known = connection(process: pid) {
            return known
        }
        let index = adoptConnection(process: pid)
        keep(client, in: index, line)
        return index
    }

    private mutating func refuse(
        _ id: Range<Int>, _ refusal: PostfixEvent.Refusal, _ line: Span<UInt8>, _ reply: Range<Int>,
        _ sender: Range<Int>, _ recipient: Range<Int>
    ) {
        let reason = texts.keep(line, reply)
        let index = message(queueID: key(line, id))
        if messages[index].sender.isEmpty { messages[index].sender = texts.keep(line, sender) }
        switch refusal {
        case .milter:
            messages[index].flags.insert(.milterRejected)
            messages[index].reason = reason
            if !recipient.isEmpty { _ = self.recipient(line, recipient, of: index) }
        case .reply:
            if !recipient.isEmpty {
                let refused = self.recipient(line, recipient, of: index)
                recipients[refused].outcome = .rejected
                recipients[refused].detail = reason
            }
        }
        own(message: index)
    }

    private mutating func join(_ delivery: PostfixDelivery, of index: Int, _ line: Span<UInt8>) {
        let recipient = recipient(line, delivery.recipient, of: index)
        messages[index].flags.insert(.attempted)
        recipients[recipient].relay = texts.keep(line, delivery.relay)
        recipients[recipient].detail = texts.keep(line, delivery.words)
        recipients[recipient].at = now
        switch delivery.status {
        case .sent:
            // Handed to a content filter, which gave it back or threw it away: the end is another one's to tell.
            if let new = PostfixFilter.queueID(line, PostfixWords.queuedAs, delivery.words.lowerBound),
                let again = knownMessage(queueID: key(line, new)), again != index
            {
                reinject(again, from: index)
                recipients[recipient].outcome = .pending
                recipients[recipient].detail = .none
            } else if !messages[index].flags.contains(.dropped) {
                recipients[recipient].outcome = .delivered
            }
        case .deferred:
            recipients[recipient].outcome = .delayed
            recipients[recipient].wasDelayed = true
            messages[index].flags.insert(.delayed)
        case .bounced: recipients[recipient].outcome = .bounced
        case .expired: recipients[recipient].outcome = .expired
        case .other: break
        }
        own(message: index)
    }
}

/// Small readings of Postfix's words.
enum PostfixJoin {
    /// Why smtpd refused, by the words of its reply.
    static func refusal(_ line: Span<UInt8>, _ reply: Range<Int>) -> ConnectionNode.Flags {
        let at = reply.lowerBound
        if line.index(of: "blocked using", from: at) != nil { return .listed }
        if line.index(of: "reylist", from: at) != nil { return .greylisted }
        if line.index(of: "User unknown", from: at) != nil { return .userUnknown }
        if line.index(of: "Sender address rejected", from: at) != nil { return .senderRejected }
        return .recipientRejected
    }
}
