/// What a client is willing to do on every connection. The defaults take nearly anything: a diagnosis that refuses an old
/// server shows less than one that talks to it and says what is old.
public struct TLSSettings: Hashable, Sendable {
    /// A wire value, `0x0301` for TLS 1.0; 0 for the library's own limit.
    public var minimumVersion = 0x0301
    /// A wire value, `0x0304` for TLS 1.3; 0 for the library's own limit.
    public var maximumVersion = 0
    /// An OpenSSL cipher list for TLS 1.2 and before; `nil` for the library's own.
    public var ciphers: String?
    /// OpenSSL's security level, 0 to 5. TLS 1.0 and SHA-1 signatures need 0.
    public var securityLevel = 0
    /// A PEM file of trusted roots in place of the system's.
    public var trustFile: String?
    /// A PEM file with the client's certificate and its chain; `keyFile` holds its key.
    public var certificateFile: String?
    public var keyFile: String?

    /// What servers give for coming back is kept, for `TLSPeer.resumes`.
    public var keepsSessions = false

    /// Takes nearly anything, trusts the system's roots.
    public init() {}
}

/// Whom a client expects at the other end of one connection.
public struct TLSPeer: Hashable, Sendable {
    /// Sent as SNI (RFC 6066 §3) and expected in the certificate; an address is expected only. `nil` expects nothing.
    public var name: String?
    /// True when `name` is an IPv4 or IPv6 address without brackets.
    public var isAddress: Bool
    /// Sent as SNI in place of `name`; empty sends none.
    public var serverName: String?

    /// The latest session that the context kept is resumed, if there is one.
    public var resumes = false

    /// A host name, unless `isAddress`.
    public init(name: String?, isAddress: Bool = false, serverName: String? = nil) {
        (self.name, self.isAddress, self.serverName) = (name, isAddress, serverName)
    }
}
