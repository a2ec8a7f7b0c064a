/// A way of proving who one is, by its name in the EHLO list and in AUTH, RFC 4422 and RFC 4954.
public enum SASLMechanism: String, Hashable, Sendable, CaseIterable {
    /// SCRAM with channel binding, RFC 5802 §6: TLS only.
    case scramSHA256Plus = "SCRAM-SHA-256-PLUS"
    case scramSHA1Plus = "SCRAM-SHA-1-PLUS"
    case scramSHA256 = "SCRAM-SHA-256"
    case scramSHA1 = "SCRAM-SHA-1"
    case cramMD5 = "CRAM-MD5"
    case plain = "PLAIN"
    case login = "LOGIN"
    case oauthBearer = "OAUTHBEARER"
    case xoauth2 = "XOAUTH2"
    case external = "EXTERNAL"

    /// Names have no case.
    public init?(name: some StringProtocol) {
        self.init(rawValue: name.uppercased())
    }

    /// What may be chosen unasked, the best first: a token or a client certificate is nothing that is there by chance.
    static var preferred: [SASLMechanism] {
        [.scramSHA256Plus, .scramSHA1Plus, .scramSHA256, .scramSHA1, .cramMD5, .plain, .login]
    }

    /// Bound to the TLS connection.
    public var bindsChannel: Bool { self == .scramSHA256Plus || self == .scramSHA1Plus }

    /// EXTERNAL proves itself by the client's certificate; the others need a password or a token.
    public var needsSecret: Bool { self != .external }

    /// The client speaks first, so that its message may stand in the AUTH command, RFC 4954 §4.
    var clientSpeaksFirst: Bool {
        switch self {
        case .scramSHA256Plus, .scramSHA1Plus, .scramSHA256, .scramSHA1, .plain, .oauthBearer, .xoauth2, .external: true
        case .cramMD5, .login: false
        }
    }
}
