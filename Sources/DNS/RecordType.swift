/// The TYPE of a resource record, RFC 1035 §3.2.2. Any number is a value.
public struct RecordType: Hashable, Sendable, CustomStringConvertible {
    /// The number on the wire.
    public let value: UInt16

    /// Any type, known or not.
    public init(_ value: UInt16) { self.value = value }

    /// A host's IPv4 address, RFC 1035 §3.4.1.
    public static let a = RecordType(1)
    /// A name server of a zone, RFC 1035 §3.3.11.
    public static let ns = RecordType(2)
    /// An alias, RFC 1035 §3.3.1.
    public static let cname = RecordType(5)
    /// The start of a zone, RFC 1035 §3.3.13.
    public static let soa = RecordType(6)
    /// The name of an address, RFC 1035 §3.3.12.
    public static let ptr = RecordType(12)
    /// A mail exchanger, RFC 1035 §3.3.9.
    public static let mx = RecordType(15)
    /// Text: SPF, DMARC and others, RFC 1035 §3.3.14.
    public static let txt = RecordType(16)
    /// A host's IPv6 address, RFC 3596 §2.1.
    public static let aaaa = RecordType(28)
    /// The pseudo-record of EDNS, RFC 6891 §6.1.1.
    public static let opt = RecordType(41)
    /// Digests of the keys of a zone below, RFC 4034 §5.
    public static let ds = RecordType(43)
    /// The signature of a set of records, RFC 4034 §3.
    public static let rrsig = RecordType(46)
    /// What is between two names of a signed zone: nothing, RFC 4034 §4.
    public static let nsec = RecordType(47)
    /// A key of a signed zone, RFC 4034 §2.
    public static let dnskey = RecordType(48)
    /// The certificate of a service, RFC 6698 §7.1.
    public static let tlsa = RecordType(52)
    /// SPF in a type of its own, which receivers no longer ask for, RFC 7208 §3.1.
    public static let spf = RecordType(99)

    /// `MX`, or `TYPE65` as RFC 3597 §5 writes unknown types.
    public var description: String {
        switch self {
        case .a: "A"
        case .ns: "NS"
        case .cname: "CNAME"
        case .soa: "SOA"
        case .ptr: "PTR"
        case .mx: "MX"
        case .txt: "TXT"
        case .aaaa: "AAAA"
        case .opt: "OPT"
        case .ds: "DS"
        case .rrsig: "RRSIG"
        case .nsec: "NSEC"
        case .dnskey: "DNSKEY"
        case .tlsa: "TLSA"
        case .spf: "SPF"
        default: "TYPE\(value)"
        }
    }
}
