import MailVocabulary
import SMTP

extension OptionField {
    /// How the connection is made, and how long replies may take.
    static let connectionFields = [
        oneOf("family", on: .connection, none: "both", hint: "IPv4 or IPv6 addresses only", \.connection.family),
        OptionField(
            "source", on: .connection, hint: "our own address, or address:port; empty: the system's choice",
            read: { settings in
                guard let address = settings.connection.source else { return "" }
                let port = settings.connection.sourcePort
                return port == 0 ? address.description : Endpoint(address, port).description
            },
            write: { text, settings in
                (settings.connection.source, settings.connection.sourcePort) = (nil, 0)
                guard !text.isEmpty else { return nil }
                guard let end = EndpointText.endpoint(text, port: 0) else {
                    return "\(text) is not an address or address:port"
                }
                (settings.connection.source, settings.connection.sourcePort) = (end.address, end.port)
                guard let family = settings.connection.family, (family == .v6) != end.address.isV6 else { return nil }
                return "\(text) is not of the family that is asked for"
            }),
        OptionField(
            "interface", on: .connection, hint: "the network interface of our own to send through, such as eth0",
            read: { $0.connection.interface ?? "" },
            write: { text, settings in
                settings.connection.interface = text.isEmpty ? nil : text
                guard text.utf8.count <= 15 else { return "the name of an interface has at most 15 characters" }
                return fault(EnvelopeFault.inField(text, "the interface"))
            }),
        OptionField(
            "proxy", on: .connection, .text(ConnectionProxy.Kind.allCases.map { "\($0.rawValue)://" }),
            hint: "socks5://HOST:PORT, socks5h:// or http://; with USER@ it asks",
            read: { $0.connection.proxy?.description ?? "" },
            write: { text, settings in
                settings.connection.proxy = nil
                guard !text.isEmpty else { return nil }
                do throws(TargetFault) {
                    settings.connection.proxy = try ConnectionProxy(parsing: text)
                    return nil
                } catch {
                    return Phrase(said: error.description)
                }
            }),
        OptionField(
            "pipe", on: .connection, hint: "a shell command that is the connection: ssh gw nc localhost 25",
            read: { $0.connection.command ?? "" },
            write: { text, settings in
                settings.connection.command = text.isEmpty ? nil : text
                let demands = settings.connection
                let isAlone =
                    demands.proxy == nil && demands.source == nil && demands.interface == nil && demands.family == nil
                guard text.isEmpty || isAlone else {
                    return "a command connects by itself: no family, source, interface and proxy"
                }
                return fault(EnvelopeFault.inField(text, "the command"))
            }),
        OptionField(
            "proxy header", on: .connection,
            hint: "1 or 2, client and server: 2 192.0.2.1:4000 192.0.2.25:25; or by hand: PROXY UNKNOWN",
            read: { settings in
                settings.connection.proxyLine
                    ?? settings.connection.proxyHeader.map { "\($0.version.rawValue) \($0.client) \($0.server)" } ?? ""
            },
            write: { text, settings in
                (settings.connection.proxyHeader, settings.connection.proxyLine) = (nil, nil)
                if ProxyHeader.isLine(text) {
                    settings.connection.proxyLine = text
                    return fault(EnvelopeFault.inField(text, "the PROXY header"))
                }
                let words = text.split(separator: " ")
                guard !words.isEmpty else { return nil }
                guard words.count == 3, let version = Int(words[0]).flatMap({ ProxyHeader.Version(rawValue: $0) }),
                    let client = EndpointText.endpoint(String(words[1]), port: nil),
                    let server = EndpointText.endpoint(String(words[2]), port: nil)
                else { return "1 or 2, then the client's and the server's address:port" }
                settings.connection.proxyHeader = ProxyHeader(version, client: client, server: server)
                return settings.connection.proxyHeader == nil ? "client and server are of different families" : nil
            }),
        flag("lmtp", on: .connection, hint: "LHLO, and a reply for each recipient (RFC 2033)", \.isLMTP),
        flag(
            "pipelining", on: .connection, hint: "MAIL, every RCPT and DATA together, where it is offered (RFC 2920)",
            \.pipelines),
        OptionField(
            "deadlines", on: .connection, .text(DeadlineText.names.map { $0 + "=" }),
            hint: "greeting=60 command=20, connect tls data block eod quit; empty: RFC 5321's",
            read: { DeadlineText.text(of: $0.deadlines) },
            write: { text, settings in
                let (deadlines, fault) = DeadlineText.deadlines(in: text)
                settings.deadlines = deadlines
                return fault
            }),
        OptionField(
            "time in all", on: .connection,
            hint: "the session ends after so many seconds, wherever it is; empty: no end",
            read: { $0.maximumTime.map(DeadlineText.seconds) ?? "" },
            write: { text, settings in
                settings.maximumTime = nil
                guard !text.isEmpty else { return nil }
                guard let seconds = Double(text), (0.001...86_400).contains(seconds) else {
                    return "seconds, up to a day, not \(text)"
                }
                settings.maximumTime = .milliseconds(Int(seconds * 1000))
                return nil
            }),
    ]
}

/// An address with a port as people write it.
enum EndpointText {
    /// - Parameter port: Where the text has none; `nil` when it must have one.
    static func endpoint(_ text: String, port: Int?) -> Endpoint? {
        if let address = IPAddress(text), let port { return Endpoint(address, port) }
        guard let colon = text.lastIndex(of: ":"), let number = Int(text[text.index(after: colon)...]),
            (1...65_535).contains(number)
        else { return nil }
        var host = text[..<colon]
        if host.first == "[", host.last == "]" { host = host.dropFirst().dropLast() }
        guard let address = IPAddress(host), address.isV6 == (text.first == "[") else { return nil }
        return Endpoint(address, number)
    }
}
