import MailVocabulary

extension DNSCheck {
    /// Is each mail exchanger the name of a host, not an alias? RFC 2181 §10.3, RFC 5321 §5.1.
    static let mxTargetIsNotAlias = DNSCheck(
        name: "mx-target-is-not-alias", mayFind: MXTargetIsNotAlias.kinds, judge: MXTargetIsNotAlias.judge)
}

private enum MXTargetIsNotAlias {
    static let alias = FindingKind("dns.mx.alias", .warning, .rfc(2181, "10.3"))
    static let endless = FindingKind("dns.mx.alias-loop", .failure, .rfc(1034, "3.6.2"))
    static let kinds = [alias, endless]

    static func judge(_ subject: DNSSubject, _ answers: DNSAnswers) -> Judgement<DNSQuestion, [Finding]> {
        var facts = Facts(answers)
        guard let targets = MXTargets.lookups(of: subject, &facts) else { return facts.need }
        return .conclude(
            targets.compactMap { name, lookups in
                guard let lookup = lookups.first(where: { !$0.aliases.isEmpty }) else { return nil }
                if let answer = lookup.ended, let problem = endlessness(answer) {
                    return Finding(endless, about: name.description, "mail exchanger \(name) leads nowhere: \(problem)")
                }
                let way = ([name] + lookup.aliases).map(\.description).joined(separator: " → ")
                let message: Phrase = "mail exchanger \(name) is an alias (\(way)): DANE and some senders refuse it"
                return Finding(alias, about: name.description, message)
            })
    }

    private static func endlessness(_ answer: DNSAnswer) -> Phrase? {
        switch answer.outcome {
        case .absent(.aliasLoop), .absent(.aliasChain): answer.reason
        case .absent(.noSuchName), .absent(.noSuchRecord), .found, .refused, .serverFailure, .lame, .otherError,
            .silent, .unreachable, .malformed:
            nil
        }
    }
}
