/// Reads the words of an Exim main log (The Exim Specification, chapter 52).
enum EximGrammar {
    // MARK: Lines with a message id

    static func ofMessage(_ line: Span<UInt8>, _ at: Int) -> EximEvent? {
        if line.has("<= ", at: at) { return arrived(line, at + 3) }
        for mark in ["=> ", "-> ", ">> ", "*> "] where line.has(mark, at: at) {
            return .delivered(
                recipient: recipient(line, at + 3), host: host(line, at), reply: line.quoted(" C=", from: at) ?? 0..<0)
        }
        if line.has("** ", at: at) {
            let reason = reason(line, at + 3)
            let expired = line.index(of: "retry timeout exceeded", from: at) != nil
            return .failed(recipient: recipient(line, at + 3), host: host(line, at), reason: reason, expired: expired)
        }
        if line.has("== ", at: at) {
            return .deferred(recipient: recipient(line, at + 3), host: host(line, at), reason: reason(line, at + 3))
        }
        if line.has("Completed", at: at) { return .completed }
        if line.has("Unfrozen", at: at) || line.has("unfrozen", at: at) { return .unfrozen }
        if line.has("frozen", at: at) || line.has("Frozen", at: at) || line.has("*** Frozen", at: at) {
            return .frozen
        }
        if let words = line.index(of: " rejected after DATA", from: at) ?? line.index(of: " rejected by ", from: at) {
            return .messageRefused(EximLine.client(line, at), reason: line.rest(from: words + 1))
        }
        return .messageNote
    }

    private static func arrived(_ line: Span<UInt8>, _ at: Int) -> EximEvent {
        var end = at
        while end < line.count, line[end] != 0x20 { end += 1 }
        let client = line.index(of: " H=", from: end).flatMap { EximLine.client(line, $0) }
        let id = line.field(" id=", from: end) ?? line.field(" id*=", from: end) ?? 0..<0
        return .arrived(
            sender: at..<end, client, tls: line.index(of: " X=", from: end) != nil, messageID: id,
            parent: client == nil ? line.field(" R=", from: end) ?? 0..<0 : 0..<0)
    }

    /// `user@example.test`, or `local <user@example.test>`: the address as it was received.
    private static func recipient(_ line: Span<UInt8>, _ at: Int) -> Range<Int> {
        var end = at
        while end < line.count, line[end] != 0x20, line[end] != 0x3A { end += 1 }
        if line.has(" <", at: end), let original = line.bracketed(at: end + 1), !original.isEmpty { return original }
        return at..<end
    }

    /// `mx.corp.test [192.0.2.11]`
    private static func host(_ line: Span<UInt8>, _ at: Int) -> Range<Int> {
        guard let label = line.index(of: " H=", from: at), let close = line.index(of: 0x5D, from: label) else {
            return 0..<0
        }
        return (label + 3)..<(close + 1)
    }

    /// The remote server's reply where one is quoted, else what stands behind the colon.
    private static func reason(_ line: Span<UInt8>, _ at: Int) -> Range<Int> {
        var from = at
        var first: Int?
        while let colon = line.index(of: ": ", from: from) {
            first = first ?? colon + 2
            if isReply(line, colon + 2) { return line.rest(from: colon + 2) }
            from = colon + 2
        }
        return line.rest(from: first ?? at)
    }

    private static func isReply(_ line: Span<UInt8>, _ at: Int) -> Bool {
        guard let code = line.number(at: at), code.end == at + 3, (200..<600).contains(code.value) else { return false }
        return line.has(" ", at: code.end) || line.has("-", at: code.end)
    }

    // MARK: Lines without one

    static func ofConnection(_ line: Span<UInt8>, _ at: Int) -> EximEvent? {
        if let event = system(line, at) { return event }
        guard let client = EximLine.client(line, at) else { return nil }
        let words = line.rest(from: at)
        if line.has("SMTP connection from ", at: at) {
            if line.index(of: "connection count = ", from: client.label.upperBound) != nil { return .connected(client) }
            let lost = line.index(of: " lost", from: client.label.upperBound) != nil
            return .ended(client, lost ? .lost : .closed, words: words)
        }
        if line.has("no MAIL in SMTP connection from ", at: at) { return .ended(client, .closed, words: 0..<0) }
        if line.has("unexpected disconnection ", at: at) { return .ended(client, .lost, words: words) }
        if line.has("SMTP command timeout ", at: at) || line.has("SMTP data timeout ", at: at) {
            return .ended(client, .idle, words: words)
        }
        if line.has("TLS error on connection from ", at: at) {
            return .tlsFailed(client, words: behind(line, client))
        }
        if line.has("Connection from ", at: at), line.index(of: " refused: ", from: at) != nil {
            return .refused(client, .limit, recipient: 0..<0, words: words)
        }
        if line.index(of: " authenticator failed for ", from: at) != nil {
            return .refused(client, .authentication, recipient: 0..<0, words: behind(line, client))
        }
        if let label = line.index(of: "rejected ", from: at) { return refused(line, client, label) }
        let isOfSMTP =
            line.has("SMTP ", at: at) || line.has("H=", at: at) || line.has("no host name found for IP address", at: at)
        return isOfSMTP ? .connectionNote(client) : nil
    }

    /// What stands behind the colon after the client.
    private static func behind(_ line: Span<UInt8>, _ client: EximLine.Client) -> Range<Int> {
        line.rest(from: line.index(of: ": ", from: client.label.upperBound).map { $0 + 2 } ?? client.label.upperBound)
    }

    private static func refused(_ line: Span<UInt8>, _ client: EximLine.Client, _ label: Int) -> EximEvent {
        let at = label + 9
        var kind = EximEvent.Refusal.other
        var recipient = 0..<0
        if line.has("RCPT ", at: at) {
            kind = .recipient
            recipient = line.bracketed(at: at + 5) ?? 0..<0
        } else if line.has("MAIL", at: at) || line.has("sender", at: at) {
            kind = .sender
        } else if line.has("connection", at: at) || line.has("EHLO", at: at) || line.has("HELO", at: at) {
            kind = .connection
        } else if line.has("DATA", at: at) || line.has("after DATA", at: at) {
            kind = .message
        }
        if line.index(of: "ratelimit", from: at) != nil || line.index(of: "rate limit", from: at) != nil {
            kind = .limit
        }
        let begin = line.has("temporarily ", at: label - 12) ? label - 12 : label
        return .refused(client, kind, recipient: recipient, words: line.rest(from: begin))
    }

    private static func system(_ line: Span<UInt8>, _ at: Int) -> EximEvent? {
        let heads = [
            "Start queue run: ", "End queue run: ", "exim ", "Exim ", "Warning: ", "daemon ", "pid ",
            "cwd=", "SIGHUP ", "Connections=", "SMTP protocol synchronization error ", "sender verify ",
            "recipient verify ", "Suggested action: ",
            // A local client has no host.
            "U=",
        ]
        return heads.contains { line.has($0, at: at) } ? .system : nil
    }
}
