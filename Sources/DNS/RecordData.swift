import MailVocabulary

/// The RDATA of the types that mail needs; every other type keeps its bytes.
public enum RecordData: Hashable, Sendable, CustomStringConvertible {
    /// A (RFC 1035 §3.4.1) and AAAA (RFC 3596 §2.2).
    case address(IPAddress)
    /// MX.
    case exchange(MailExchanger)
    /// PTR, CNAME, NS.
    case name(DNSName)
    /// The character-strings of one TXT record, RFC 1035 §3.3.14. Outside text.
    case text([[UInt8]])
    /// SOA, RFC 1035 §3.3.13, without what only secondaries need.
    case startOfAuthority(primary: DNSName, serial: UInt32, minimum: UInt32)
    /// Any other type: its bytes.
    case other([UInt8])

    /// As a zone file would say it: `10 mx1.example.test`, `"v=spf1 mx -all"`; unknown types as RFC 3597 §5. Always printable ASCII.
    public var description: String {
        switch self {
        case .address(let address):
            address.description
        case .exchange(let exchanger):
            "\(exchanger.preference) \(exchanger.exchange)"
        case .name(let name):
            name.description
        case .text(let strings):
            strings.map { PresentationText.quoted($0) }.joined(separator: " ")
        case .startOfAuthority(let primary, let serial, let minimum):
            "\(primary) serial \(serial) minimum \(minimum)"
        case .other(let bytes):
            "\\# \(bytes.count) " + bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
    }
}
