import MailVocabulary

extension SessionTarget {
    /// Reads what an operator types for a target.
    ///
    ///     mx1.example.test        192.0.2.25:2525      [2001:db8::25]:587     2001:db8::25
    ///     smtps://mx1.example.test (port 465)          smtp://mx1.example.test:587
    ///     user@example.test (its mail exchangers)      @example.test (likewise, without a recipient)
    ///
    ///     /run/dovecot/lmtp       (a socket of the file system)
    ///
    /// Port 465 means TLS from the first byte, RFC 8314 §3.3.
    ///
    /// - Throws: `TargetFault` with one sentence.
    public init(parsing text: String) throws(TargetFault) {
        let text = text.drop { $0 == " " || $0 == "\t" }
        guard let last = text.lastIndex(where: { $0 != " " && $0 != "\t" }) else {
            throw TargetFault("the target is empty; give a host, host:port or user@domain")
        }
        try self.init(trimmed: text[...last])
    }

    private init(trimmed text: Substring) throws(TargetFault) {
        guard !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
            throw TargetFault("the target holds a control character")
        }
        if text.first == "/" {
            // sun_path of unix(7) has room for that much and a NUL.
            guard text.utf8.count <= 107 else { throw TargetFault("the path of a socket has at most 107 octets") }
            self.init(.host(String(text)))
            return
        }
        guard !text.contains(where: \.isWhitespace) else {
            throw TargetFault("the target holds a blank; write host:port for another port")
        }
        var rest = text
        var (port, implicitTLS) = (25, false)
        if text.contains("/"), let scheme = text.firstRange(of: "://") {
            switch text[..<scheme.lowerBound].lowercased() {
            case "smtp": break
            case "smtps", "submissions": (port, implicitTLS) = (465, true)
            case let other: throw TargetFault("\(other):// is not a way to speak SMTP; use smtp:// or smtps://")
            }
            rest = text[scheme.upperBound...]
            if rest.last == "/" { rest.removeLast() }
        }
        let recipient = try Self.takeRecipient(&rest)
        let isDomain = recipient != nil || rest.first == "@"
        if rest.first == "@" { rest.removeFirst() }
        let (host, typedPort) = try Self.split(rest)
        if let typedPort { port = typedPort }
        if typedPort == 465 { implicitTLS = true }
        let isAddress = IPAddress(host) != nil
        if !isAddress { try Self.checkName(host) }
        self.init(
            isDomain && !isAddress ? .domain(host) : .host(host), port: port, implicitTLS: implicitTLS,
            recipient: recipient)
    }

    /// Takes `user` off `user@domain` and leaves the domain.
    private static func takeRecipient(_ rest: inout Substring) throws(TargetFault) -> Mailbox? {
        guard let at = rest.lastIndex(of: "@"), at != rest.startIndex else { return nil }
        let (local, domain) = (rest[..<at], rest[rest.index(after: at)...])
        rest = domain
        let name = domain.first == "[" ? domain.prefix { $0 != "]" } + "]" : domain.prefix { $0 != ":" }
        guard let mailbox = Mailbox("\(local)@\(name)") else {
            throw TargetFault("there is no domain after the @, or a character that no address may have")
        }
        return mailbox
    }

    /// Host and port: `[v6]:port`, a bare IPv6 address, `host:port`, `host`.
    private static func split(_ text: Substring) throws(TargetFault) -> (host: String, port: Int?) {
        if text.first == "[" {
            guard let end = text.firstIndex(of: "]") else {
                throw TargetFault("the bracket before the address is not closed")
            }
            var literal = text[text.index(after: text.startIndex)..<end]
            if literal.lowercased().hasPrefix("ipv6:") { literal = literal.dropFirst(5) }
            guard IPAddress(literal) != nil else { throw TargetFault("[\(literal)] is not an address") }
            let rest = text[text.index(after: end)...]
            if rest.isEmpty { return (String(literal), nil) }
            guard rest.first == ":" else { throw TargetFault("after the ] only a colon and a port may follow") }
            return (String(literal), try port(rest.dropFirst()))
        }
        if text.filter({ $0 == ":" }).count > 1 {
            guard IPAddress(text) != nil else {
                throw TargetFault("\(text) is neither host:port nor an IPv6 address; write [v6]:port for both")
            }
            return (String(text), nil)
        }
        guard let colon = text.firstIndex(of: ":") else { return (String(text), nil) }
        return (String(text[..<colon]), try port(text[text.index(after: colon)...]))
    }

    private static func port(_ text: Substring) throws(TargetFault) -> Int {
        guard text.utf8.allSatisfy({ (48...57).contains($0) }), let port = Int(text), (1...65535).contains(port) else {
            throw TargetFault("“\(text)” is not a port; a port is a number from 1 to 65535")
        }
        return port
    }

    private static func checkName(_ name: String) throws(TargetFault) {
        guard !name.isEmpty else { throw TargetFault("there is no host name in the target") }
        guard name.utf8.allSatisfy({ $0 < 0x80 }) else {
            throw TargetFault("\(name) has letters outside ASCII; give the name in its xn-- form")
        }
        let labels = (name.last == "." ? name.dropLast() : Substring(name)).split(
            separator: ".", omittingEmptySubsequences: false)
        guard labels.allSatisfy({ (1...63).contains($0.utf8.count) }), name.utf8.count <= 254 else {
            throw TargetFault("\(name) is not a host name: a label between dots has 1 to 63 characters")
        }
        let isPlain = name.utf8.allSatisfy {
            (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || [45, 46, 95].contains($0)
        }
        guard isPlain else {
            throw TargetFault("\(name) is not a host name: only letters, digits, hyphens and dots belong there")
        }
        guard !labels.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }) else {
            throw TargetFault("\(name) is not an address: IPv4 has four numbers from 0 to 255")
        }
    }
}
