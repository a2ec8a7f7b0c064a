import MailVocabulary

extension DNSCheck {
    /// Has each mail exchanger an address? RFC 5321 §5.1.
    static let mxTargetResolves = DNSCheck(
        name: "mx-target-resolves", mayFind: MXTargetResolves.kinds, judge: MXTargetResolves.judge)
}

private enum MXTargetResolves {
    static let resolves = FindingKind("dns.mx.target-resolves", .fine, .rfc(5321, "5.1"))
    static let onlyV6 = FindingKind("dns.mx.ipv6-only", .warning, .rfc(3974, "3"))
    /// Another exchanger has an IPv4 address.
    static let someV6 = FindingKind("dns.mx.ipv6-only", .note, .rfc(3974, "3"))
    /// No exchanger has an address: mail fails.
    static let none = FindingKind("dns.mx.target-unresolved", .failure, .rfc(5321, "5.1"))
    /// This one has none, another has: mail goes through, later.
    static let some = FindingKind("dns.mx.target-unresolved", .delay, .rfc(5321, "5.1"))
    static let kinds = [resolves, onlyV6, someV6, none, some] + FailedLookup.kinds

    static func judge(_ subject: DNSSubject, _ answers: DNSAnswers) -> Judgement<DNSQuestion, [Finding]> {
        var facts = Facts(answers)
        guard let targets = MXTargets.lookups(of: subject, &facts) else { return facts.need }
        let anyResolves = targets.contains { !$0.lookups.addresses.isEmpty }
        let anyV4 = targets.contains { $0.lookups.addresses.contains { !$0.isV6 } }
        let absent = targets.filter {
            $0.lookups.addresses.isEmpty && $0.lookups.compactMap(\.ended).allSatisfy(\.isSettled)
        }
        let meant = absent.compactMap { name, _ in
            meantName(name, subject, &facts).map { (name, $0) }
        }
        guard facts.missing.isEmpty else { return facts.need }
        let hints = Dictionary(meant) { first, _ in first }
        return .conclude(
            targets.flatMap { name, lookups in
                let failures = lookups.compactMap(\.ended).compactMap(FailedLookup.finding)
                let hint = hints[name].map(Self.hint) ?? ""
                return verdict(name, lookups, hint, isKnown: failures.isEmpty, anyResolves, anyV4) + failures
            })
    }

    private static func verdict(
        _ name: DNSName, _ lookups: [DNSLookup], _ hint: Phrase, isKnown: Bool, _ anyResolves: Bool, _ anyV4: Bool
    ) -> [Finding] {
        let (addresses, took) = (lookups.addresses, lookups.map(\.took).max() ?? .zero)
        if !addresses.isEmpty {
            let list = addresses.map(\.description).joined(separator: ", ")
            var findings = [Finding(resolves, about: name.description, "\(name) is \(list) (in \(took.words))")]
            if isKnown, addresses.allSatisfy(\.isV6) {
                let message: Phrase =
                    anyV4
                    ? "\(name) has no IPv4 address: senders without IPv6 cannot reach it, they try the other exchangers"
                    : "\(name) has no IPv4 address: senders without IPv6 cannot reach it, and no other exchanger has one"
                findings.append(Finding(anyV4 ? someV6 : onlyV6, about: name.description, message))
            }
            return findings
        }
        guard isKnown else { return [] }
        let why: Phrase = lookups.reason ?? "\(name) has no address"
        let server: Phrase = lookups.compactMap(\.ended).first.map { " from \($0.server)" } ?? ""
        let rest: Phrase = anyResolves ? "mail waits for the other exchangers" : "no mail can be delivered"
        return [
            Finding(
                anyResolves ? some : none, about: name.description,
                "mail exchanger \(name) has no address: \(why)\(server) in \(took.words); \(rest)\(hint)")
        ]
    }

    /// The name without the domain, if that one has an address.
    private static func meantName(_ name: DNSName, _ subject: DNSSubject, _ facts: inout Facts) -> DNSName? {
        guard case .domain(let domain) = subject, let meant = Misplacement.meant(by: name, in: domain),
            let lookups = facts.lookAtAddresses(of: meant)
        else { return nil }
        return lookups.addresses.isEmpty ? nil : meant
    }

    private static func hint(_ meant: DNSName) -> Phrase {
        "; \(meant) has one: does the name lack the dot at its end in the zone file?"
    }
}
