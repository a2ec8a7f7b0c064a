import MailVocabulary

/// A list of addresses in the DNS, RFC 5782.
public enum DNSBlockList {
    /// The name under which an address stands on a list, §2.1 and §2.4: its bytes, or hex digits, in reverse order, above the list's
    /// zone. `nil` if that would be too long.
    public static func name(of address: IPAddress, on list: DNSName) -> DNSName? {
        // in-addr.arpa and ip6.arpa are two labels each.
        let labels = DNSName(reverse: address).labels.dropLast(2)
        let name = DNSName(unchecked: Array(labels) + list.labels)
        return name.wireLength <= 255 ? name : nil
    }

    /// The entry that every working list has, §5: `127.0.0.2`, or for IPv6 `::ffff:7f00:2`.
    static func mustBeListed(asV6 isV6: Bool) -> IPAddress { test(isV6: isV6, 2) }

    /// The entry that no working list has, §5: `127.0.0.1`, or for IPv6 `::ffff:7f00:1`.
    static func mustNotBeListed(asV6 isV6: Bool) -> IPAddress { test(isV6: isV6, 1) }

    private static func test(isV6: Bool, _ last: UInt8) -> IPAddress {
        let four = IPAddress(v4: 127, 0, 0, last)
        guard isV6 else { return four }
        return IPAddress(bytes: [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF] + four.bytes) ?? four
    }
}
