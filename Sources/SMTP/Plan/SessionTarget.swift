import MailVocabulary

/// Whom to talk to: what the operator typed, understood.
public struct SessionTarget: Hashable, Sendable {
    public enum Destination: Hashable, Sendable {
        /// A host name or an address, spoken to directly.
        case host(String)
        /// A mail domain, reached through its mail exchangers, RFC 5321 §5.1.
        case domain(String)
    }

    public var destination: Destination
    public var port: Int
    /// TLS from the first byte, RFC 8314 §3.3.
    public var implicitTLS: Bool
    /// The recipient that was typed as `user@domain`, if any.
    public var recipient: Mailbox?

    public init(_ destination: Destination, port: Int = 25, implicitTLS: Bool = false, recipient: Mailbox? = nil) {
        (self.destination, self.port) = (destination, port)
        (self.implicitTLS, self.recipient) = (implicitTLS, recipient)
    }

    /// A socket of this machine's file system: its path begins with a slash, and no name is looked up.
    public var socketPath: String? {
        guard case .host(let name) = destination, name.hasPrefix("/") else { return nil }
        return name
    }

    /// The name as typed: host, address or domain.
    public var name: String {
        switch destination {
        case .host(let name), .domain(let name): name
        }
    }
}
