/// Joins the lines of OpenSMTPD into the graph: smtp session to message to envelopes to mta sessions.
///
/// The first eight digits of an envelope's id are the message's id. The Message-ID header field is never logged.
extension LogGraph {
    mutating func join(_ smtpd: OpenSMTPDLine, _ line: Span<UInt8>) {
        let session = smtpd.session
        switch smtpd.event {
        case .connected(let address, let name):
            let index = openSession(line, session)
            announced += 1
            let isUnknown = line.has("<unknown>", at: name.lowerBound)
            keepClient(index, line, address: address, name: isUnknown ? 0..<0 : name)
            if isUnknown { connections[index].flags.insert(.unverified) }
            own(connection: index)
        case .tls:
            let index = self.session(line, session)
            connections[index].flags.insert(.tls)
            own(connection: index)
        case .message(let id, let sender, let recipient):
            let index = message(id, of: session, line)
            if !sender.isEmpty { messages[index].sender = texts.keep(line, sender) }
            if !recipient.isEmpty { _ = self.recipient(line, recipient, of: index) }
            takeRefusals(of: self.session(line, session), to: index)
            enqueue(index)
            own(message: index)
        case .envelope(let id, let sender, let recipient):
            let index = message(id, of: session, line)
            if messages[index].sender.isEmpty { messages[index].sender = texts.keep(line, sender) }
            _ = self.recipient(line, recipient, of: index)
            own(message: index)
        case .failedCommand(let command, let reply):
            let index = self.session(line, session)
            let flag = OpenSMTPDJoin.flag(line, command, reply)
            note(flag, index, line, reply)
            if flag == .recipientRejected, let open = line.index(of: 0x3C, from: command.lowerBound) {
                refuse(line.bracketed(at: open) ?? 0..<0, on: index, line, reply)
            }
            own(connection: index)
        case .authentication(let succeeded, let words):
            let index = self.session(line, session)
            note(succeeded ? .authSucceeded : .authFailed, index, line, succeeded ? 0..<0 : words)
            own(connection: index)
        case .disconnected(let reason):
            let index = self.session(line, session)
            connections[index].flags.insert(.closed)
            connections[index].until = now
            refusedRecipients[index] = nil
            if let flag = OpenSMTPDJoin.ending(line, reason) {
                let keeps = !connections[index].reason.isEmpty
                note(flag, index, line, keeps ? 0..<0 : reason)
            }
            own(connection: index)
        case .sessionNote: own(connection: self.session(line, session))
        case .connecting(let address):
            let index = delivery(session, line)
            deliveries[index].address = PackedAddress(line, address) ?? PackedAddress()
            own(delivery: index)
        case .deliveryTLS:
            let index = delivery(session, line)
            deliveries[index].tls = true
            own(delivery: index)
        case .deliveryFailed(let reason):
            let index = delivery(session, line)
            trouble(index, .connection)
            deliveries[index].reason = texts.keep(line, reason)
            own(delivery: index)
        case .deliveryNote: own(delivery: delivery(session, line))
        case .delivery(let id, let recipient, let relay, let result, let reply):
            join(result, of: id, recipient, relay, reply, over: session, line)
        case .system: break
        }
    }

    /// The message whose id are the first eight digits.
    private mutating func message(_ id: Range<Int>, of session: Range<Int>, _ line: Span<UInt8>) -> Int {
        let index = message(queueID: QueueKey(line, id.prefix(8), host: host))
        messages[index].flags.insert(.started)
        if !session.isEmpty { attach(index, to: self.session(line, session)) }
        return index
    }

    private mutating func delivery(_ session: Range<Int>, _ line: Span<UInt8>) -> Int {
        let index = delivery(OpenSMTPDJoin.number(line, session))
        deliveries[index].isSession = true
        return index
    }

    private mutating func join(
        _ result: OpenSMTPDEvent.Result, of id: Range<Int>, _ recipient: Range<Int>, _ relay: Range<Int>,
        _ reply: Range<Int>, over session: Range<Int>, _ line: Span<UInt8>
    ) {
        let index = message(queueID: QueueKey(line, id.prefix(8), host: host))
        if session.isEmpty {
            messages[index].flags.insert(.attempted)
        } else {
            _ = delivery(session, line)
            _ = carry(index, over: OpenSMTPDJoin.number(line, session))
        }
        let outcome: Trace.Outcome
        switch result {
        case .done: outcome = .delivered
        case .temporary:
            outcome = .delayed
            messages[index].flags.insert(.delayed)
        case .permanent: outcome = .bounced
        case .expired: outcome = .expired
        }
        settle(self.recipient(line, recipient, of: index), outcome, line, relay: relay, detail: reply)
        own(message: index)
    }
}

/// Small readings of OpenSMTPD's words.
enum OpenSMTPDJoin {
    /// A session id as a number.
    static func number(_ line: Span<UInt8>, _ digits: Range<Int>) -> UInt64 {
        var value: UInt64 = 0
        for index in digits {
            value = value << 4 | UInt64(line[index] >= 0x61 ? line[index] - 0x57 : line[index] & 0xF)
        }
        return value
    }

    /// Why a command failed, by the command.
    static func flag(_ line: Span<UInt8>, _ command: Range<Int>, _ reply: Range<Int>) -> ConnectionNode.Flags {
        let head = (command.prefix(6)).map { TextStore.lower(line[$0]) }
        if head.starts(with: "rcpt".utf8) { return .recipientRejected }
        if head.starts(with: "mail".utf8) {
            return line.index(of: "exceeds", from: reply.lowerBound) == nil ? .senderRejected : .tooBig
        }
        return head.starts(with: "auth".utf8) ? .authFailed : .refused
    }

    /// What a session's end says besides that it ended.
    static func ending(_ line: Span<UInt8>, _ reason: Range<Int>) -> ConnectionNode.Flags? {
        if reason.isEmpty || line.has("quit", at: reason.lowerBound) { return nil }
        if line.index(of: "SSL", from: reason.lowerBound) ?? line.index(of: "TLS", from: reason.lowerBound) != nil {
            return line.index(of: "No SSL error", from: reason.lowerBound) == nil ? .tlsFailed : .lost
        }
        return line.has("timeout", at: reason.lowerBound) ? .idle : .lost
    }
}
