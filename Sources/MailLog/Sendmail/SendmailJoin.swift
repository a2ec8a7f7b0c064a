/// Joins the lines of Sendmail into the graph: a process for a connection, a queue id for a message.
///
/// At the usual LogLevel the beginning of a connection is not logged: the process that logs a queue id with a client is the
/// connection. The same process with the same client within an hour is the same one.
extension LogGraph {
    mutating func join(_ sendmail: SendmailLine, _ line: Span<UInt8>) {
        let pid = sendmail.frame.pid
        switch sendmail.event {
        case .connected(let client):
            let index = openConnection(pid, kind: .sendmail)
            keepClient(index, line, address: client.address, name: client.name)
            own(connection: index)
        case .sender(let sender, let recipients, let id, let client):
            join(sender: sender, recipients, id, client, sendmail, line)
        case .delivery(let recipients, let relay, let status, let words):
            join(recipients, relay, status, words, of: message(sendmail, line), line)
        case .refused(let recipient, let client, let words):
            refuse(recipient, client, words, sendmail, line)
        case .milterRefused(let recipient, let words):
            let index = message(sendmail, line)
            if recipient.isEmpty {
                messages[index].flags.insert(.milterRejected)
                messages[index].reason = texts.keep(line, words)
            } else {
                settle(self.recipient(line, recipient, of: index), .rejected, line, relay: 0..<0, detail: words)
            }
            own(message: index)
        case .derived(let new):
            let parent = message(sendmail, line)
            derive(message(queueID: QueueKey(line, new, host: host)), from: parent, .bounce)
            own(message: parent)
        case .done:
            let index = message(sendmail, line)
            messages[index].flags.insert(.finished)
            own(message: index)
        case .silent(let client):
            let index = connection(pid, client, line)
            connections[index].flags.insert(.closed)
            connections[index].until = now
            own(connection: index)
        case .lost(let client, let isIdle, let words):
            let index = connection(pid, client, line)
            note(isIdle ? .idle : .lost, index, line, connections[index].reason.isEmpty ? words : 0..<0)
            own(connection: index)
        case .turnedAway(let client, let words):
            let index = connection(pid, client, line)
            note(.refused, index, line, words)
            own(connection: index)
        case .tls(let client):
            let index = connection(pid, client, line)
            connections[index].flags.insert(.tls)
            own(connection: index)
        case .authenticated: noteSession(.authSucceeded, pid, line, 0..<0)
        case .authenticationFailed(let words): noteSession(.authFailed, pid, line, words)
        case .messageNote:
            if let known = knownMessage(queueID: QueueKey(line, sendmail.id, host: host)) {
                own(message: known)
            } else if let known = connection(process: pid) {
                own(connection: known)
            }
        case .process: if let known = connection(process: pid) { own(connection: known) }
        }
    }

    private mutating func message(_ sendmail: SendmailLine, _ line: Span<UInt8>) -> Int {
        message(queueID: QueueKey(line, sendmail.id, host: host))
    }

    private mutating func noteSession(
        _ flag: ConnectionNode.Flags, _ pid: UInt64, _ line: Span<UInt8>, _ words: Range<Int>
    ) {
        guard let known = connection(process: pid) else { return }
        note(flag, known, line, words)
        own(connection: known)
    }

    private mutating func connection(_ pid: UInt64, _ client: SendmailEvent.Client?, _ line: Span<UInt8>) -> Int {
        if let known = connection(process: pid) {
            let node = connections[known]
            let address = client.flatMap { PackedAddress(line, $0.address) }
            let isSame = address == nil || node.address.size == 0 || node.address == address
            if isSame, Timestamp.seconds(from: node.until, to: now) < 3600 {
                connections[known].until = now
                if let client { keepClient(known, line, address: client.address, name: client.name) }
                return known
            }
        }
        let index = adoptConnection(process: pid, kind: .sendmail)
        // That no beginning is in the log is the usual thing, and worth no remark.
        connections[index].flags.insert(.opened)
        if let client { keepClient(index, line, address: client.address, name: client.name) }
        return index
    }

    private mutating func join(
        sender: Range<Int>, _ count: UInt64, _ id: Range<Int>, _ client: SendmailEvent.Client?,
        _ sendmail: SendmailLine,
        _ line: Span<UInt8>
    ) {
        let key = QueueKey(line, sendmail.id, host: host)
        guard count > 0 || knownMessage(queueID: key) != nil else {
            // No recipient was accepted, and no line says of which: the connection is all there is.
            let index = connection(sendmail.frame.pid, client, line)
            note(
                .refused, index, line,
                connections[index].reason.isEmpty ? line.rest(from: sendmail.id.upperBound + 2) : 0..<0)
            return own(connection: index)
        }
        let index = message(queueID: key)
        messages[index].flags.insert(.started)
        if messages[index].sender.isEmpty { messages[index].sender = texts.keep(line, sender) }
        messages[index].messageID = texts.keep(line, id)
        if let client {
            let connection = connection(sendmail.frame.pid, client, line)
            attach(index, to: connection)
            // At the end of DATA a cut connection is known already.
            if count > 0, connections[connection].flags.isDisjoint(with: [.lost, .idle]) { enqueue(index) }
        } else {
            messages[index].flags.insert(.bySubmission)
            enqueue(index)
        }
        own(message: index)
    }

    private mutating func refuse(
        _ recipient: Range<Int>, _ client: SendmailEvent.Client?, _ words: Range<Int>, _ sendmail: SendmailLine,
        _ line: Span<UInt8>
    ) {
        guard !recipient.isEmpty, !sendmail.id.isEmpty else {
            let index = connection(sendmail.frame.pid, client, line)
            note(SendmailJoin.flag(line, words), index, line, words)
            return own(connection: index)
        }
        let index = message(sendmail, line)
        if messages[index].connection < 0 { attach(index, to: connection(sendmail.frame.pid, client, line)) }
        settle(self.recipient(line, recipient, of: index), .rejected, line, relay: 0..<0, detail: words)
        own(message: index)
    }

    private mutating func join(
        _ list: Range<Int>, _ relay: Range<Int>, _ status: SendmailEvent.Status, _ words: Range<Int>, of index: Int,
        _ line: Span<UInt8>
    ) {
        var from = list.lowerBound
        while from < list.upperBound {
            let end = min(line.index(of: 0x2C, from: from) ?? list.upperBound, list.upperBound)
            let one = line.has("<", at: from) && end - from >= 2 ? (from + 1)..<(end - 1) : from..<end
            if !one.isEmpty, status != .waiting {
                let outcome: Trace.Outcome
                switch status {
                case .sent: outcome = .delivered
                case .deferred:
                    outcome = .delayed
                    messages[index].flags.insert(.delayed)
                case .expired: outcome = .expired
                case .failed, .waiting: outcome = .bounced
                }
                messages[index].flags.insert(.attempted)
                settle(recipient(line, one, of: index), outcome, line, relay: relay, detail: words)
            }
            from = end + 1
        }
        own(message: index)
    }
}

/// Small readings of Sendmail's words.
enum SendmailJoin {
    static func flag(_ line: Span<UInt8>, _ words: Range<Int>) -> ConnectionNode.Flags {
        let at = words.lowerBound
        if line.index(of: "ate limit", from: at) ?? line.index(of: "oo many open connections", from: at) != nil {
            return .throttled
        }
        if line.index(of: "locked", from: at) ?? line.index(of: " listed ", from: at) != nil { return .listed }
        return line.index(of: "ender", from: at) == nil ? .refused : .senderRejected
    }
}
