/// A line of Postfix that names no message: what a daemon says of a client, of the next hop, or of itself.
///
///     smtpd[254]: warning: unknown[203.0.113.66]: SASL LOGIN authentication failed: authentication failure
///     postscreen[257]: PREGREET 14 after 0.08 from [203.0.113.2]:59415: EHLO ylmf-pc\r\n
///     smtp[218]: Untrusted TLS connection established to mx.corp.test[192.0.2.17]:25: TLSv1.3 with cipher …
enum PostfixNote {
    /// Of an smtpd session: by its process and client.
    case session(PostfixEvent.Client, ConnectionNode.Flags, words: Range<Int>)
    /// Of a client that postscreen has to do with: by address and port.
    case screened(label: Range<Int>, address: Range<Int>, ConnectionNode.Flags, words: Range<Int>)
    /// Of a delivery process, before it names the message.
    case delivery(isTLS: Bool)
    /// Of the process, or of nothing in particular.
    case process

    /// Nothing when the words are not known.
    init?(_ line: Span<UInt8>, _ frame: LineFrame) {
        let text = frame.text
        if let note = PostfixNote.ofClient(line, text) ?? PostfixNote.ofScreen(line, text) {
            self = note
        } else if line.index(of: "TLS connection established to ", from: text).map({ $0 - text < 12 }) ?? false {
            self = .delivery(isTLS: true)
        } else if line.has("SSL_connect error to ", at: text)
            || line.has("certificate verification failed for ", at: text)
        {
            self = .delivery(isTLS: false)
        } else if PostfixNote.isOfProcess(line, text) {
            self = .process
        } else {
            return nil
        }
    }

    // MARK: Clients

    private static func ofClient(_ line: Span<UInt8>, _ text: Int) -> PostfixNote? {
        let isWarning = line.has("warning: ", at: text)
        let at = isWarning ? text + 9 : line.has("NOQUEUE: ", at: text) ? text + 9 : text
        let words = line.rest(from: at)
        let forms: [(String, ConnectionNode.Flags)] = [
            ("improper command pipelining after ", []), ("non-SMTP command from ", []),
            ("too many errors after ", .refused), ("lost connection after ", .lost), ("timeout after ", .lost),
            ("Connection rate limit exceeded: ", .throttled), ("Connection concurrency limit exceeded: ", .throttled),
            ("Message delivery request rate limit exceeded: ", .throttled),
            ("AUTH command rate limit exceeded: ", .throttled),
            ("Recipient address rate limit exceeded: ", .throttled),
            ("New TLS session rate limit exceeded: ", .throttled),
        ]
        for (head, flag) in forms where line.has(head, at: at) {
            guard let label = line.index(of: "from ", from: at), let client = client(line, label + 5) else {
                return .process
            }
            return .session(client, flag, words: words)
        }
        guard isWarning else { return nil }
        if let label = line.index(of: ": SASL ", from: at), label - at < 320, let client = client(line, at),
            line.index(of: "authentication failed", from: label) != nil
        {
            return .session(client, .authFailed, words: line.rest(from: label + 2))
        }
        return nil
    }

    /// `mx.sender.test[198.51.100.4]`, perhaps with a port behind.
    private static func client(_ line: Span<UInt8>, _ start: Int) -> PostfixEvent.Client? {
        guard let open = line.index(of: 0x5B, from: start), let close = line.index(of: 0x5D, from: open),
            !(start..<open).contains(where: { line[$0] == 0x20 })
        else { return nil }
        return PostfixEvent.Client(name: start..<open, address: (open + 1)..<close, end: close + 1)
    }

    // MARK: postscreen

    private static func ofScreen(_ line: Span<UInt8>, _ text: Int) -> PostfixNote? {
        let forms: [(String, ConnectionNode.Flags)] = [
            ("PREGREET ", .refused), ("HANGUP ", .lost), ("DNSBL rank ", .listed), ("COMMAND TIME LIMIT ", .idle),
            ("COMMAND COUNT LIMIT ", .refused), ("COMMAND LENGTH LIMIT ", .refused), ("COMMAND PIPELINING ", .refused),
            ("NON-SMTP COMMAND ", .refused), ("BARE NEWLINE ", .refused), ("BLACKLISTED ", .listed),
            ("DENYLISTED ", .listed), ("DISCONNECT ", .closed),
        ]
        for (head, flag) in forms where line.has(head, at: text) {
            guard let open = line.index(of: 0x5B, from: text), let close = line.index(of: 0x5D, from: open),
                line.has(":", at: close + 1), let port = line.number(at: close + 2)
            else { return .process }
            return .screened(
                label: open..<port.end, address: (open + 1)..<close, flag,
                words: flag == .closed ? 0..<0 : line.rest(from: text))
        }
        // Who passes goes on to an smtpd process, whose session is the connection.
        let passing = [
            "CONNECT from [", "PASS NEW [", "PASS OLD [", "WHITELISTED [", "ALLOWLISTED [", "WHITELIST VETO [",
        ]
        return passing.contains { line.has($0, at: text) } ? .process : nil
    }

    // MARK: Daemons

    private static func isOfProcess(_ line: Span<UInt8>, _ text: Int) -> Bool {
        let heads = [
            "warning: ", "fatal: ", "error: ", "panic: ", "statistics: ", "daemon started ", "reload ",
            "terminating on signal ", "starting the Postfix ", "stopping the Postfix ", "refreshing the Postfix ",
            "table ", "Renamed to match inode ", "Placed on hold: ", "Released from hold: ", "Requeued: ", "Deleted: ",
            "Expired: ", "Host offered STARTTLS: ", "name_mask: ", "cache ", "open smtp TLS key ", "initializing the ",
            "setting up TLS connection ", "using backwards-compatible ", "SASL: ", "master ", "process ",
            "to prevent loss ",
            "verify: ",
        ]
        return heads.contains { line.has($0, at: text) }
    }
}

extension LogGraph {
    mutating func join(_ note: PostfixNote, _ frame: LineFrame, _ line: Span<UInt8>) {
        switch note {
        case .session(let client, let flag, let words):
            guard let address = PackedAddress(line, client.address) else { return }
            let known = connection(process: frame.pid, client: address, line, name: client.name)
            let index = known ?? adoptConnection(process: frame.pid)
            if known == nil { keepClient(index, line, address: client.address, name: client.name) }
            self.note(flag, index, line, flag.isEmpty ? 0..<0 : words)
            own(connection: index)
        case .screened(let label, let address, let flag, let words):
            let index = session(line, label)
            keepClient(index, line, address: address, name: 0..<0)
            self.note(flag, index, line, words)
            own(connection: index)
        case .delivery: keepLooseLine(of: frame.pid)
        case .process: if let index = connection(process: frame.pid) { own(connection: index) }
        }
    }
}
