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
            "proxy header", on: .connection,
            hint: "1 or 2, the client and the server as address:port: 2 192.0.2.1:4000 192.0.2.25:25",
            read: { settings in
                settings.connection.proxyHeader.map { "\($0.version.rawValue) \($0.client) \($0.server)" } ?? ""
            },
            write: { text, settings in
                settings.connection.proxyHeader = nil
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
            "xclient", on: .connection, .text(attributes.map { $0 + "=" }),
            hint: "before AUTH and MAIL: NAME=client.example ADDR=192.0.2.1",
            read: { $0.clientAttributes ?? "" },
            write: { text, settings in
                let words = text.split(separator: " ")
                settings.clientAttributes = words.isEmpty ? nil : words.joined(separator: " ")
                for word in words {
                    let name = word.prefix { $0 != "=" }
                    guard attributes.contains(name.uppercased()), name.utf8.count + 1 < word.utf8.count else {
                        return "\(word) is not one of \(attributes.joined(separator: ", ")) with =value"
                    }
                }
                return EnvelopeFault.inField(text, "XCLIENT").map { Phrase(quoting: $0) }
            }),
        OptionField(
            "deadlines", on: .connection, .text(DeadlineText.names.map { $0 + "=" }),
            hint: "seconds: greeting=60 command=20; connect tls data eod quit too; empty: RFC 5321's",
            read: { DeadlineText.text(of: $0.deadlines) },
            write: { text, settings in
                let (deadlines, fault) = DeadlineText.deadlines(in: text)
                settings.deadlines = deadlines
                return fault
            }),
    ]

    /// As Postfix documents XCLIENT.
    private static let attributes = ["NAME", "ADDR", "PORT", "PROTO", "HELO", "LOGIN", "DESTADDR", "DESTPORT"]
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
