/// One line of a Postfix log, taken apart. Told by its words, because rsyslog cuts `postfix/smtpd` to `postfix` in RFC 5424.
struct PostfixLine {
    var frame: LineFrame
    var event: PostfixEvent

    /// Nothing when the program is not Postfix.
    init?(_ line: Span<UInt8>, _ frame: LineFrame) {
        guard frame.text < line.count, !frame.tag.isEmpty else { return nil }
        self.frame = frame
        let text = frame.text
        guard line.has("postfix", at: frame.tag.lowerBound) else {
            guard let event = PostfixFilter.event(line, frame) else { return nil }
            self.event = event
            return
        }
        if let id = PostfixLine.queueID(line, text) {
            event = PostfixLine.message(line, id)
        } else if line.has(PostfixWords.warning, at: text), let id = PostfixLine.queueID(line, text + 9) {
            event = .message(queueID: id)
        } else {
            event = PostfixLine.session(line, text)
        }
    }

    /// A short (hexadecimal) or long (base 52) queue id followed by a colon and a blank.
    static func queueID(_ line: Span<UInt8>, _ start: Int) -> Range<Int>? {
        var (end, isHexadecimal, hasDigit) = (start, true, false)
        let stop = min(line.count, start &+ QueueKey.longest &+ 1)
        scan: while end < stop {
            if end &+ 8 <= stop {
                let letters = line.word(at: end).identifierLetters
                isHexadecimal = isHexadecimal && letters.isHexadecimal
                hasDigit = hasDigit || letters.hasDigit
                end &+= letters.count
                if letters.count < 8 { break scan }
                continue
            }
            let byte = line[end]
            if byte &- 0x30 < 10 {
                hasDigit = true
            } else {
                guard byte | 0x20 &- 0x61 < 26 else { break scan }
                if byte > 0x46 { isHexadecimal = false }
            }
            end &+= 1
        }
        guard end < stop, line[end] == 0x3A, line.has(" ", at: end + 1) else { return nil }
        let length = end - start
        return (isHexadecimal ? length >= 6 : length >= 10 && hasDigit) ? start..<end : nil
    }

    /// A bare queue id, as it stands at the end of a line.
    private static func lastQueueID(_ line: Span<UInt8>, _ start: Int) -> Range<Int>? {
        let rest = line.rest(from: start)
        guard (6...QueueKey.longest).contains(rest.count) else { return nil }
        for index in rest {
            switch line[index] {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: continue
            default: return nil
            }
        }
        return rest
    }

    static func client(_ line: Span<UInt8>, _ start: Int) -> PostfixEvent.Client? {
        guard let open = line.index(of: 0x5B, from: start), let close = line.index(of: 0x5D, from: open) else {
            return nil
        }
        return PostfixEvent.Client(name: start..<open, address: (open + 1)..<close, end: close + 1)
    }

    /// The client behind the last ` from ` of a line.
    private static func clientAfterFrom(_ line: Span<UInt8>, _ start: Int) -> PostfixEvent.Client? {
        line.index(of: PostfixWords.from, from: start).flatMap { client(line, $0 + 6) }
    }

    // MARK: Lines that begin with a queue id

    private static func message(_ line: Span<UInt8>, _ id: Range<Int>) -> PostfixEvent {
        let at = id.upperBound + 2
        if line.has(PostfixWords.recipient, at: at) { return delivery(line, id, at) }
        if line.has(PostfixWords.client, at: at), let client = client(line, at + 7) {
            return .received(queueID: id, client)
        }
        if line.has("message-id=", at: at) { return .messageID(queueID: id, line.rest(from: at + 11)) }
        if line.has("from=<", at: at), let sender = line.bracketed(at: at + 5) {
            return line.has(", status=expired", at: sender.upperBound + 1)
                ? .expired(queueID: id, sender: sender) : .queued(queueID: id, sender: sender)
        }
        if line.has("removed", at: at) { return .removed(queueID: id) }
        if line.has("uid=", at: at) {
            let from = line.index(of: "from=<", from: at).flatMap { line.bracketed(at: $0 + 5) }
            return .submitted(queueID: id, sender: from ?? 0..<0)
        }
        if line.has(PostfixWords.reject, at: at) { return refusal(line, id, .reply, at + 8) }
        if line.has("milter-reject: ", at: at) { return refusal(line, id, .milter, at + 15) }
        if line.has("hold: ", at: at) { return .held(queueID: id, line.rest(from: at + 6)) }
        if let words = line.index(of: PostfixWords.notification, from: at), let new = lastQueueID(line, words + 14) {
            return .notification(queueID: id, new: new)
        }
        return .message(queueID: id)
    }

    private static func delivery(_ line: Span<UInt8>, _ id: Range<Int>, _ at: Int) -> PostfixEvent {
        guard let recipient = line.bracketed(at: at + 3),
            let label = line.index(of: ", status=", from: recipient.upperBound)
        else { return .message(queueID: id) }
        var relay = 0..<0
        if let begin = line.index(of: ", relay=", from: recipient.upperBound), begin < label {
            relay = (begin + 8)..<(line.index(of: 0x2C, from: begin + 8) ?? label)
        }
        let status: PostfixDelivery.Status =
            line.has("sent", at: label + 9)
            ? .sent
            : line.has("deferred", at: label + 9)
                ? .deferred
                : line.has("bounced", at: label + 9) ? .bounced : line.has("expired", at: label + 9) ? .expired : .other
        var words = label..<label
        if let open = line.index(of: 0x28, from: label) {
            let rest = line.rest(from: open + 1)
            words =
                rest
                .lowerBound..<max(
                    rest.lowerBound, line.has(")", at: rest.upperBound - 1) ? rest.upperBound - 1 : rest.upperBound)
        }
        return .delivery(
            queueID: id, PostfixDelivery(recipient: recipient, relay: relay, status: status, words: words))
    }

    /// `RCPT from client[address]: 550 5.1.1 <x@y>: …; from=<a> to=<x@y> proto=ESMTP helo=<…>`
    private static func refusal(
        _ line: Span<UInt8>, _ id: Range<Int>, _ refusal: PostfixEvent.Refusal, _ at: Int
    ) -> PostfixEvent {
        guard let client = clientAfterFrom(line, at) else { return id.isEmpty ? .process : .message(queueID: id) }
        let begin = min(line.has(": ", at: client.end) ? client.end + 2 : client.end, line.count)
        let end = line.lastIndex(of: "; from=<", from: begin) ?? line.lastIndex(of: "; proto=", from: begin)
        let tail = end ?? line.count
        let sender = end.flatMap { line.bracketed(at: $0 + 7) }
        let recipient = line.index(of: " to=<", from: tail).flatMap { line.bracketed(at: $0 + 4) }
        return .refused(
            queueID: id, client, refusal, reply: begin..<tail, sender: sender ?? 0..<0, recipient: recipient ?? 0..<0)
    }

    /// The client of a line of a session that refuses: all that a scan wants to know of it.
    static func refusedClient(_ line: Span<UInt8>, _ at: Int) -> PostfixEvent.Client? {
        guard line.has(PostfixWords.withoutQueue, at: at),
            line.has(PostfixWords.reject, at: at + 9) || line.has("milter-reject: ", at: at + 9)
        else { return nil }
        return clientAfterFrom(line, at + 17)
    }

    // MARK: Lines of a session

    /// What a line says whose words begin at `at`, which is no queue id.
    static func session(_ line: Span<UInt8>, _ at: Int) -> PostfixEvent {
        switch line[at] {
        case 0x63 where line.has(PostfixWords.connected, at: at):
            if let client = client(line, at + 13) { return .connected(client) }
        case 0x63 where line.has("connect to ", at: at): return .unreachable
        case 0x64 where line.has(PostfixWords.disconnected, at: at):
            if let client = client(line, at + 16) { return .disconnected(client) }
        case 0x4E where line.has(PostfixWords.withoutQueue, at: at):
            if line.has(PostfixWords.reject, at: at + 9) { return refusal(line, 0..<0, .reply, at + 17) }
            if line.has("milter-reject: ", at: at + 9) { return refusal(line, 0..<0, .milter, at + 24) }
        case 0x6C where line.has("lost connection after ", at: at), 0x74 where line.has("timeout after ", at: at):
            if let client = clientAfterFrom(line, at) { return .lost(client, line.rest(from: at)) }
        case 0x53 where line.has("SSL_accept error from ", at: at):
            if let client = client(line, at + 22) { return .tlsFailed(client, line.rest(from: at)) }
        case 0x41, 0x54, 0x55, 0x56:
            // `Anonymous`, `Trusted`, `Untrusted`, `Verified`, or nothing, stands before it.
            let words = line.has("TLS ", at: at) ? at : line.index(of: 0x20, from: at).map { $0 + 1 } ?? at
            if words - at < 12, line.has(PostfixWords.encrypted, at: words),
                let client = client(line, words + 32)
            {
                return .tls(client)
            }
        default: break
        }
        return .process
    }
}
