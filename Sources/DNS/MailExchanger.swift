/// The RDATA of an MX record, RFC 1035 §3.3.9.
public struct MailExchanger: Hashable, Sendable {
    /// Lower is tried first, RFC 5321 §5.1.
    public var preference: UInt16
    /// The host that takes the mail.
    public var exchange: DNSName

    /// An exchanger with its preference.
    public init(_ preference: UInt16, _ exchange: DNSName) { (self.preference, self.exchange) = (preference, exchange) }

    /// `0 .`: the domain takes no mail, RFC 7505 §3.
    public var isNull: Bool { exchange == .root }
}
