import MailVocabulary

extension DNSCheck {
    /// Does the name of the address look like one that a provider gives to any customer? RFC 5782 and common practice score such
    /// senders; nothing forbids them.
    static let reverseNameIsSpecific = DNSCheck(
        name: "reverse-name-is-specific", mayFind: ReverseNameIsSpecific.kinds, judge: ReverseNameIsSpecific.judge)
}

private enum ReverseNameIsSpecific {
    static let generic = FindingKind("dns.ptr.generic", .note, .rfc(1912, "2.1"))
    static let kinds = [generic]

    /// Words that stand alone in a label, between hyphens or digits.
    static let words: Set<String> = [
        "adsl", "broadband", "cable", "client", "cust", "customer", "dhcp", "dial", "dialin", "dialup", "dip", "dsl",
        "dyn", "dynamic", "dynip", "ftth", "ip", "pool", "ppp", "pppoe", "res", "static", "vdsl",
    ]

    static func judge(_ subject: DNSSubject, _ answers: DNSAnswers) -> Judgement<DNSQuestion, [Finding]> {
        guard case .address(let address, _) = subject else { return .conclude([]) }
        var facts = Facts(answers)
        guard let lookup = facts.look(DNSName(reverse: address), .ptr) else { return facts.need }
        let names: [DNSName] = lookup.records.compactMap {
            guard case .name(let name) = $0.data else { return nil }
            return name
        }
        guard let name = names.first, names.allSatisfy({ isGeneric($0, address) }) else { return .conclude([]) }
        let message: Phrase =
            "the PTR of \(address), \(name), looks like the name of any customer of a provider: many receivers score or "
            + "refuse mail from such names"
        return .conclude([Finding(generic, about: address.description, message)])
    }

    /// The host's own part, without the last two labels, holds the address, or a word of such names beside a number.
    private static func isGeneric(_ name: DNSName, _ address: IPAddress) -> Bool {
        let own = name.labels.dropLast(2).map { String(decoding: $0, as: UTF8.self).lowercased() }
        let digits = own.joined(separator: ".").split { !$0.isHexDigit }.map(String.init)
        if !address.isV6 {
            let octets = address.bytes.map { Int($0) }
            let numbers = digits.compactMap { Int($0) }
            for order in [octets, octets.reversed()] where contains(numbers, order) { return true }
            let hex = address.bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            if own.contains(where: { $0.contains(hex) }) { return true }
        }
        let parts = own.flatMap { $0.split { !$0.isLetter }.map(String.init) }
        return parts.contains(where: words.contains) && own.contains { $0.contains(where: \.isNumber) }
    }

    private static func contains(_ numbers: [Int], _ order: [Int]) -> Bool {
        guard numbers.count >= order.count else { return false }
        return (0...(numbers.count - order.count)).contains { Array(numbers[$0..<($0 + order.count)]) == order }
    }
}
