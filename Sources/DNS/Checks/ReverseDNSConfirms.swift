import MailVocabulary

extension DNSCheck {
    /// Has the address a name that leads back to it? RFC 1912 §2.1. Gateways ask this before their banner.
    static let reverseDNSConfirms = DNSCheck(
        name: "reverse-dns-confirms", mayFind: ReverseDNSConfirms.kinds, judge: ReverseDNSConfirms.judge)
}

private enum ReverseDNSConfirms {
    static let absent = FindingKind("dns.ptr.absent", .warning, .rfc(1912, "2.1"))
    /// Nobody outside looks up an address that exists only inside.
    static let absentInside = FindingKind("dns.ptr.absent", .note, .rfc(6303))
    static let silent = FindingKind("dns.ptr.silent", .delay, .rfc(1912, "2.1"))
    static let serverFailure = FindingKind("dns.ptr.servfail", .delay, .rfc(1912, "2.1"))
    static let slow = FindingKind("dns.ptr.slow", .delay, .rfc(1912, "2.1"))
    static let unconfirmed = FindingKind("dns.ptr.unconfirmed", .warning, .rfc(1912, "2.1"))
    static let confirmed = FindingKind("dns.ptr.confirmed", .fine, .rfc(1912, "2.1"))
    static let several = FindingKind("dns.ptr.several", .note, .rfc(2181, "10.2"))
    /// The name is there, and whether it leads back cannot be found out.
    static let forwardFails = FindingKind("dns.ptr.forward-fails", .delay, .rfc(1912, "2.1"))
    static let kinds =
        [absent, absentInside, silent, serverFailure, slow, unconfirmed, confirmed, several, forwardFails]
        + FailedLookup.kinds

    /// A lookup of this length is felt before the banner.
    static let slowness: Duration = .seconds(5)
    /// Names of one address that are looked up forwards.
    static let nameLimit = 10

    static func judge(_ subject: DNSSubject, _ answers: DNSAnswers) -> Judgement<DNSQuestion, [Finding]> {
        guard case .address(let address, let role) = subject else { return .conclude([]) }
        var facts = Facts(answers)
        guard let reverse = facts.look(DNSName(reverse: address), .ptr), let answer = reverse.ended else {
            return facts.need
        }
        let finding = { Finding($0, about: address.description, $1) }
        let wait = slow(address, reverse, role).map { [finding(slow, $0)] } ?? []
        switch answer.outcome {
        case .found(_):
            guard let forward = forward(address, reverse, role, &facts) else { return facts.need }
            return .conclude(forward + wait)
        case .absent:
            let message: Phrase =
                "\(address) has no PTR (\(answer.reason ?? "") from \(answer.source)): many receivers refuse such senders"
                + (wait.isEmpty ? "; it does not by itself delay a banner" : "")
            return .conclude([finding(address.isPrivate ? absentInside : absent, message)] + wait)
        case .silent:
            // Is it the reverse zone, or our own resolver that says nothing at all? Any other answer of it tells.
            if !answers.inOrder.contains(where: { $0.server == answer.server && $0.isSignOfLife }) {
                guard let control = facts.look(.root, .ns)?.ended else { return facts.need }
                guard control.isSignOfLife else { return .conclude([FailedLookup.finding(answer)].compactMap { $0 }) }
            }
            return .conclude([
                finding(
                    silent,
                    "reverse zone's servers do not answer: no PTR of \(address) from \(answer.server) in "
                        + "\(answer.took.words)\(answer.effort); \(consequence(role))")
            ])
        case .serverFailure:
            return .conclude([
                finding(
                    serverFailure,
                    "\(answer.server) could not find out the PTR of \(address) (SERVFAIL in \(answer.took.words)): "
                        + "the reverse zone's servers are broken or do not answer; \(consequence(role))")
            ])
        case .refused, .lame, .otherError, .unreachable, .malformed:
            return .conclude([FailedLookup.finding(answer)].compactMap { $0 } + wait)
        }
    }

    private static func consequence(_ role: DNSSubject.AddressRole) -> Phrase {
        switch role {
        case .source: "a gateway waits for this before its banner"
        case .target: "a gateway to which this host sends mail waits for it before its banner"
        }
    }

    private static func slow(_ address: IPAddress, _ reverse: DNSLookup, _ role: DNSSubject.AddressRole) -> Phrase? {
        guard reverse.took >= slowness else { return nil }
        return "the PTR lookup of \(address) took \(reverse.took.words); \(consequence(role))"
    }

    /// `nil` as long as a forward lookup is missing.
    private static func forward(
        _ address: IPAddress, _ reverse: DNSLookup, _ role: DNSSubject.AddressRole, _ facts: inout Facts
    ) -> [Finding]? {
        let names: [DNSName] = reverse.records.compactMap {
            guard case .name(let name) = $0.data else { return nil }
            return name
        }
        let type: RecordType = address.isV6 ? .aaaa : .a
        let lookups = names.prefix(nameLimit).map { facts.look($0, type) }
        guard facts.missing.isEmpty else { return nil }
        let ended = lookups.compactMap { $0 }
        var findings: [Finding] = []
        let finding = { Finding($0, about: address.description, $1) }
        if let good = ended.first(where: { $0.addresses.contains(address) }) {
            let took = (reverse.took + good.took).words
            findings.append(
                finding(confirmed, "\(address) is \(good.question.name), and that name is \(address) (both in \(took))")
            )
        } else {
            let failures = ended.filter { $0.ended.flatMap(FailedLookup.finding) != nil }
            findings += failures.map { lookup in
                let message: Phrase =
                    "the name of \(address), \(lookup.question.name), cannot be looked up: "
                    + "\(lookup.ended?.reason ?? "no answer"); \(consequence(role))"
                return finding(forwardFails, message)
            }
            if failures.isEmpty {
                let ways = ended.map { lookup -> Phrase in
                    let there = lookup.addresses.map(\.description).joined(separator: ", ")
                    let absence = lookup.ended?.reason ?? "no address"
                    let end = there.isEmpty ? absence : Phrase(quoting: there)
                    return "\(address) → \(lookup.question.name) → \(end)"
                }
                findings.append(
                    finding(unconfirmed, "the PTR does not lead back: \(Phrase.list(ways))"))
            }
        }
        if let slow = ended.first(where: { $0.took >= slowness }), slow.ended?.isSettled == true {
            let message: Phrase =
                "the lookup of \(slow.question), the name of \(address), took \(slow.took.words); \(consequence(role))"
            findings.append(finding(Self.slow, message))
        }
        if names.count > 1 {
            findings.append(
                finding(several, "\(address) has \(names.count) PTR names; some receivers look at one only"))
        }
        return findings
    }
}
