import MailVocabulary

/// How the connection is made, where the defaults will not do.
public struct ConnectionDemands: Hashable, Sendable {
    public enum Family: String, Hashable, Sendable, CaseIterable { case v4, v6 }

    /// Only addresses of this family are tried.
    public var family: Family?
    /// An address of our own to connect from.
    public var source: IPAddress?
    /// A port of our own; 0 lets the system choose.
    public var sourcePort = 0
    /// The network interface of our own to send through, `eth0`.
    public var interface: String?
    /// A shell command whose standard input and output are the connection, in place of TCP.
    public var command: String?
    /// The connection is made by way of this one.
    public var proxy: ConnectionProxy?
    /// Said before everything else, to a server behind a proxy.
    public var proxyHeader: ProxyHeader?
    /// The same typed by hand, right or wrong: a line without its end, in place of a `proxyHeader`.
    public var proxyLine: String?

    public init() {}

    /// What is said before everything else, as on the wire and in words.
    public var opening: (wire: [UInt8], line: String)? {
        proxyLine.map { (Array(($0 + "\r\n").utf8), $0) } ?? proxyHeader.map { ($0.wire, $0.line) }
    }

    public func allows(_ address: IPAddress) -> Bool {
        if let source, source.isV6 != address.isV6 { return false }
        return family.map { $0 == (address.isV6 ? .v6 : .v4) } ?? true
    }
}

/// The PROXY protocol's header, as HAProxy documents it: what a proxy says of the client behind it.
public struct ProxyHeader: Hashable, Sendable {
    public enum Version: Int, Hashable, Sendable, CaseIterable { case v1 = 1, v2 = 2 }

    public var version: Version
    /// The client that the server shall believe in; both addresses are of one family.
    public var client: Endpoint
    public var server: Endpoint

    /// `nil` when one address is IPv4 and the other IPv6.
    public init?(_ version: Version, client: Endpoint, server: Endpoint) {
        guard client.address.isV6 == server.address.isV6 else { return nil }
        (self.version, self.client, self.server) = (version, client, server)
    }

    /// Whether a text is meant as a header typed by hand.
    public static func isLine(_ text: String) -> Bool { text.hasPrefix("PROXY") }

    /// As on the wire: version 1 is a line, version 2 is binary.
    public var wire: [UInt8] {
        switch version {
        case .v1: Array((line + "\r\n").utf8)
        case .v2: Self.signature + [0x21, client.address.isV6 ? 0x21 : 0x11] + Self.two(body.count) + body
        }
    }

    /// In words, for the transcript.
    public var line: String {
        "PROXY TCP\(client.address.isV6 ? 6 : 4) \(client.address) \(server.address) \(client.port) \(server.port)"
    }

    private static let signature: [UInt8] = [
        0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A,
    ]

    private var body: [UInt8] {
        client.address.bytes + server.address.bytes + Self.two(client.port) + Self.two(server.port)
    }

    private static func two(_ number: Int) -> [UInt8] { [UInt8(number >> 8 & 255), UInt8(number & 255)] }
}
