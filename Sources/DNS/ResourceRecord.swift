import MailVocabulary

/// One record of an answer, RFC 1035 §3.2.1.
public struct ResourceRecord: Hashable, Sendable {
    public var name: DNSName
    public var type: RecordType
    /// Seconds, RFC 2181 §8.
    public var ttl: UInt32
    public var data: RecordData

    public init(_ name: DNSName, _ type: RecordType, ttl: UInt32, _ data: RecordData) {
        (self.name, self.type, self.ttl, self.data) = (name, type, ttl, data)
    }
}

/// The RDATA of the types that mail needs; every other type keeps its bytes.
public enum RecordData: Hashable, Sendable {
    /// A (RFC 1035 §3.4.1) and AAAA (RFC 3596 §2.2).
    case address(IPAddress)
    case exchange(MailExchanger)
    /// PTR, CNAME, NS.
    case name(DNSName)
    /// The character-strings of one TXT record, RFC 1035 §3.3.14. Outside text.
    case text([[UInt8]])
    case startOfAuthority(primary: DNSName, serial: UInt32, minimum: UInt32)
    case other([UInt8])
}

/// The RDATA of an MX record, RFC 1035 §3.3.9.
public struct MailExchanger: Hashable, Sendable {
    public var preference: UInt16
    public var exchange: DNSName

    public init(_ preference: UInt16, _ exchange: DNSName) { (self.preference, self.exchange) = (preference, exchange) }

    /// `0 .`: the domain takes no mail, RFC 7505 §3.
    public var isNull: Bool { exchange == .root }
}
