import MailVocabulary

extension DNSCheck {
    /// Does each MX name a host, at an address that others can reach? RFC 1035 §3.3.9, RFC 5321 §5.1.
    static let mxTargetIsNotAddress = DNSCheck(
        name: "mx-target-is-not-address", mayFind: MXTargetIsNotAddress.kinds, judge: MXTargetIsNotAddress.judge)
}

private enum MXTargetIsNotAddress {
    static let address = FindingKind("dns.mx.address", .failure, .rfc(1035, "3.3.9"))
    static let notPublic = FindingKind("dns.mx.private-address", .failure, .rfc(6890))
    /// A resolver inside may rightly show what is inside (split view).
    static let inside = FindingKind("dns.mx.private-address", .note, .rfc(6890))
    static let kinds = [address, notPublic, inside]

    static func judge(_ subject: DNSSubject, _ answers: DNSAnswers) -> Judgement<DNSQuestion, [Finding]> {
        var facts = Facts(answers)
        guard let names = MXTargets.names(of: subject, &facts),
            let targets = MXTargets.lookups(of: subject, &facts)
        else { return facts.need }
        let literals = names.compactMap { name in
            MXTargets.literal(name).map { _ in
                Finding(
                    address, about: name.description,
                    "an MX names the address \(name) where a host name belongs: senders look it up as a name and fail")
            }
        }
        return .conclude(literals + targets.flatMap { name, lookups in judge(name, lookups) })
    }

    private static func judge(_ name: DNSName, _ lookups: [DNSLookup]) -> [Finding] {
        let isInside = lookups.compactMap(\.ended).contains { $0.server.address.isPrivate }
        return lookups.addresses.filter(\.isPrivate).map { address in
            let rest: Phrase =
                isInside
                ? "right only if this resolver shows an inside view" : "nobody outside can deliver to it"
            return Finding(
                isInside ? inside : notPublic, about: name.description,
                "mail exchanger \(name) has the private address \(address): \(rest)")
        }
    }
}
