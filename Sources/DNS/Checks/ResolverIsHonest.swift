import MailVocabulary

extension DNSCheck {
    /// Does the resolver say so when a name does not exist? `invalid.` has no names, RFC 6761 §6.4: who finds one there invents it,
    /// and every "exists" of his is worth little.
    static let resolverIsHonest = DNSCheck(
        name: "resolver-is-honest", mayFind: ResolverIsHonest.kinds, judge: ResolverIsHonest.judge)
}

private enum ResolverIsHonest {
    static let rewrites = FindingKind("dns.resolver.rewrites", .warning, .rfc(6761, "6.4"))
    static let kinds = [rewrites]

    static func judge(_ subject: DNSSubject, _ answers: DNSAnswers) -> Judgement<DNSQuestion, [Finding]> {
        guard case .domain = subject, let probe = ResolverAnswers.probe else {
            return .conclude([])
        }
        var facts = Facts(answers)
        guard let lookup = facts.look(probe, .a) else { return facts.need }
        guard let answer = lookup.ended, !lookup.addresses.isEmpty else { return .conclude([]) }
        let address = lookup.addresses[0]
        let message: Phrase =
            "resolver \(answer.server) rewrites NXDOMAIN: it gives \(probe), which cannot exist, the address \(address); "
            + "its answers about names that do not exist are worth nothing"
        return .conclude([Finding(rewrites, about: "\(answer.server)", message)])
    }
}
