/// One line of a Sendmail log, taken apart.
struct SendmailLine {
    var frame: LineFrame
    /// Empty for a line without a queue id, or with `NOQUEUE`.
    var id = 0..<0
    var event: SendmailEvent

    /// Nothing when the program is not Sendmail.
    init?(_ line: Span<UInt8>, _ frame: LineFrame) {
        let tag = frame.tag
        let isSendmail =
            line.has("sendmail", at: tag.lowerBound) || line.has("sm-", at: tag.lowerBound)
        guard isSendmail, !tag.isEmpty, frame.text < line.count else { return nil }
        self.frame = frame
        var text = frame.text
        // Some systems put `[ID 801593 mail.info] ` before the words.
        if line.has("[ID ", at: text), let end = line.index(of: "] ", from: text) { text = end + 2 }
        if line.has("NOQUEUE: ", at: text) {
            text += 9
        } else if let found = SendmailLine.queueID(line, text) {
            id = found
            text = found.upperBound + 2
        }
        event = SendmailLine.event(line, min(text, line.count), hasID: !id.isEmpty)
    }

    /// `6ALJlOGs000100: `: 12 to 20 letters and digits, the last ones digits.
    static func queueID(_ line: Span<UInt8>, _ start: Int) -> Range<Int>? {
        var end = start
        while end < line.count, end - start <= 20 {
            switch line[end] {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: end += 1
            default:
                guard line.has(": ", at: end), (12...20).contains(end - start), line.number(at: end - 5)?.end == end
                else {
                    return nil
                }
                return start..<end
            }
        }
        return nil
    }

    // MARK: Words

    private static func event(_ line: Span<UInt8>, _ at: Int, hasID: Bool) -> SendmailEvent {
        if hasID {
            if line.has("from=", at: at) { return sender(line, at) }
            if line.has("to=", at: at), let delivery = delivery(line, at) { return delivery }
            if line.has("<", at: at), let recipient = line.bracketed(at: at),
                line.has("... ", at: recipient.upperBound + 1)
            {
                return .refused(recipient: recipient, nil, words: line.rest(from: recipient.upperBound + 5))
            }
            if let new = queueID(line, at) { return .derived(new) }
            if line.has("done; ", at: at) { return .done }
            if line.has("Milter: ", at: at), let words = line.index(of: "reject=", from: at) {
                let recipient = line.has("to=<", at: at + 8) ? line.bracketed(at: at + 11) : nil
                return .milterRefused(recipient: recipient ?? 0..<0, words: line.rest(from: words + 7))
            }
        }
        return ofSession(line, at, hasID: hasID)
    }

    private static func ofSession(_ line: Span<UInt8>, _ at: Int, hasID: Bool) -> SendmailEvent {
        if line.has("connect from ", at: at), let client = client(line, at + 13) { return .connected(client) }
        if line.has("ruleset=", at: at), let words = line.index(of: "reject=", from: at) {
            let relay = line.index(of: "relay=", from: at).flatMap { client(line, $0 + 6) }
            let isRecipient = line.has("check_rcpt", at: at + 8)
            let argument = line.index(of: "arg1=<", from: at).flatMap { line.bracketed(at: $0 + 5) }
            return .refused(
                recipient: isRecipient ? argument ?? 0..<0 : 0..<0, relay, words: line.rest(from: words + 7))
        }
        if line.index(of: " did not issue MAIL", from: at) != nil, let client = client(line, at) {
            return .silent(client)
        }
        let words = line.rest(from: at)
        if line.has("lost input channel from ", at: at) {
            return .lost(client(line, at + 24), isIdle: false, words: words)
        }
        if line.has("timeout waiting for input ", at: at) {
            let from = line.index(of: " from ", from: at)
            return .lost(from.flatMap { client(line, $0 + 6) }, isIdle: true, words: words)
        }
        if line.has("collect: ", at: at) {
            let relay = line.index(of: "relay=", from: at).flatMap { client(line, $0 + 6) }
            return .lost(relay, isIdle: false, words: words)
        }
        if line.has("rejecting ", at: at), let from = line.index(of: " from ", from: at),
            let client = client(line, from + 6)
        {
            return .turnedAway(client, words: words)
        }
        if line.has("STARTTLS=server, ", at: at) {
            guard line.index(of: "version=", from: at) != nil else { return .process }
            return .tls(line.index(of: "relay=", from: at).flatMap { client(line, $0 + 6) })
        }
        if line.has("AUTH=server, ", at: at) { return .authenticated }
        if line.has("AUTH failure", at: at) { return .authenticationFailed(words: words) }
        return hasID ? .messageNote : .process
    }

    private static func sender(_ line: Span<UInt8>, _ at: Int) -> SendmailEvent {
        let address = line.has("<", at: at + 5) ? line.bracketed(at: at + 5) : line.field("from=", from: at)
        let count = line.index(of: ", nrcpts=", from: at).flatMap { line.number(at: $0 + 9)?.value }
        var id = line.index(of: ", msgid=", from: at).map { $0 + 8 }.flatMap { line.bracketed(at: $0) }
        id = id.map { ($0.lowerBound - 1)..<($0.upperBound + 1) }
        // The client's own words may hold anything: the relay is what stands last.
        let relay = line.lastIndex(of: ", relay=", from: at).flatMap { client(line, $0 + 8) }
        return .sender(address ?? 0..<0, recipients: count ?? 0, messageID: id ?? 0..<0, relay)
    }

    private static func delivery(_ line: Span<UInt8>, _ at: Int) -> SendmailEvent? {
        guard let label = line.index(of: ", stat=", from: at) else { return nil }
        let end = line.index(of: ", delay=", from: at) ?? line.index(of: ", ctladdr=", from: at) ?? label
        let stat = line.rest(from: label + 7)
        var relay = 0..<0
        if let begin = line.index(of: ", relay=", from: at), begin < label {
            relay = (begin + 8)..<(line.index(of: 0x2C, from: begin + 8) ?? label)
        }
        var words = stat
        if let reply = line.index(of: ", reply=", from: at), reply < label { words = (reply + 8)..<label }
        if line.has("Sent (", at: stat.lowerBound) { words = (stat.lowerBound + 6)..<(stat.upperBound - 1) }
        let dsn = line.index(of: ", dsn=", from: at).map { line[$0 + 6] }
        return .delivery(
            recipients: (at + 3)..<min(end, label), relay: relay, status(line, stat.lowerBound, dsn), words: words)
    }

    private static func status(_ line: Span<UInt8>, _ at: Int, _ dsn: UInt8?) -> SendmailEvent.Status {
        if line.has("Sent", at: at) { return .sent }
        if line.has("queued", at: at) { return .waiting }
        if line.has("Deferred", at: at) { return .deferred }
        if line.has("Cannot send message", at: at) || line.index(of: "Message timeout", from: at) != nil {
            return .expired
        }
        return dsn == 0x34 ? .deferred : .failed
    }

    /// `name [address]` or `[address]`, `(may be forged)` and all that follows left out.
    private static func client(_ line: Span<UInt8>, _ at: Int) -> SendmailEvent.Client? {
        guard let open = line.index(of: 0x5B, from: at), let close = line.index(of: 0x5D, from: open) else {
            return nil
        }
        var (address, name) = ((open + 1)..<close, at..<max(at, open - 1))
        // `[192.0.2.66] [192.0.2.66]`: what has no name is called by its address.
        if name.isEmpty, line.has(" [", at: close + 1), let end = line.index(of: 0x5D, from: close + 3) {
            (address, name) = ((close + 3)..<end, 0..<0)
        }
        if line.has("IPv6:", at: address.lowerBound) { address = (address.lowerBound + 5)..<address.upperBound }
        for index in name where line[index] == 0x20 { return nil }
        return SendmailEvent.Client(name: name, address: address)
    }
}
