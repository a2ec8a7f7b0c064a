import MailVocabulary

/// One term of an SPF record, RFC 7208 §4.6.1: a mechanism with its qualifier, or a modifier.
public struct SPFTerm: Hashable, Sendable {
    /// What the term says.
    public enum Content: Hashable, Sendable {
        /// Matches always, §5.1.
        case all
        /// Matches if the other record passes, §5.2.
        case include(SPFDomainSpec)
        /// The addresses of a name, §5.3.
        case a(SPFDomainSpec?, SPFPrefixes)
        /// The addresses of a domain's mail exchangers, §5.4.
        case mx(SPFDomainSpec?, SPFPrefixes)
        /// The confirmed names of the address, §5.5: not to be used.
        case ptr(SPFDomainSpec?)
        /// A network, §5.6: `ip4` or `ip6`.
        case network(IPAddress, prefix: Int)
        /// Whether a made-up name has an address, §5.7.
        case exists(SPFDomainSpec)
        /// Another record in place of this one, §6.1.
        case redirect(SPFDomainSpec)
        /// A text for those who are refused, §6.2.
        case explanation(SPFDomainSpec)
        /// A modifier that nobody knows, to be passed over, §6.
        case unknownModifier(String)
    }

    /// What follows from a match, §4.6.2: `+`, `-`, `~` or `?`.
    public var qualifier: SPFResult
    /// What the term says.
    public var content: Content
    /// As it stands in the record, printable.
    public var text: String
    /// Its first byte in the joined text, from 1.
    public var position: Int

    /// Whether it counts towards the ten lookups of RFC 7208 §4.6.4. `exp` does not.
    public var costsLookup: Bool {
        switch content {
        case .include, .a, .mx, .ptr, .exists, .redirect: true
        case .all, .network, .explanation, .unknownModifier: false
        }
    }

    /// Whether it decides, other than a modifier.
    public var isMechanism: Bool {
        switch content {
        case .all, .include, .a, .mx, .ptr, .network, .exists: true
        case .redirect, .explanation, .unknownModifier: false
        }
    }
}

/// The dual CIDR lengths of `a` and `mx`, RFC 7208 §5.6.
public struct SPFPrefixes: Hashable, Sendable {
    /// Bits of an IPv4 address that must be equal.
    public var v4 = 32
    /// Bits of an IPv6 address that must be equal.
    public var v6 = 128
}

extension IPAddress {
    /// Whether both are of one family and their first `prefix` bits are equal.
    func isEqual(to other: IPAddress, prefix: Int) -> Bool {
        guard bytes.count == other.bytes.count else { return false }
        let whole = prefix / 8
        guard bytes.prefix(whole) == other.bytes.prefix(whole) else { return false }
        guard prefix % 8 > 0, whole < bytes.count else { return true }
        let mask = UInt8(truncatingIfNeeded: 0xFF00 >> (prefix % 8))
        return bytes[whole] & mask == other.bytes[whole] & mask
    }
}
