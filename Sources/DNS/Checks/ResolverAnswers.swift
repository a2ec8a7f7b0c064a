import MailVocabulary

extension DNSCheck {
    /// Does the resolver answer at all? If it does not, no other check can say anything, and this is the one thing to say.
    static let resolverAnswers = DNSCheck(
        name: "resolver-answers", mayFind: [ResolverAnswers.down], seesAll: true, judge: ResolverAnswers.judge)
}

/// Whether a name server answers at all.
public enum ResolverAnswers {
    /// It does not.
    public static let down = FindingKind("dns.resolver.down", .unknown, .rfc(1035, "4.2.1"))
    /// None was named to the system, and none is on this machine.
    public static let notConfigured = FindingKind("dns.resolver.not-configured", .unknown, .rfc(1035, "4.2.1"))

    /// A name that every resolver can answer for by itself, RFC 6761 §6.4: whoever is silent about it too is silent about everything.
    static let probe = DNSName("porthole-probe.invalid")

    static func judge(_ subject: DNSSubject, _ answers: DNSAnswers) -> Judgement<DNSQuestion, [Finding]> {
        let all = answers.inOrder
        // Whom we ask by TCP has answered by UDP.
        let isAlive = all.contains { $0.isSignOfLife || $0.transport == .tcp }
        guard let last = all.last, !isAlive else { return .conclude([]) }
        switch last.outcome {
        case .unreachable(let words):
            return found(
                last, "the name server \(last.server) does not answer: \(words); nothing can be found out through it")
        case .silent:
            // One silent name may have silent servers behind a resolver that waits for them.
            let controls = [probe.map { DNSQuestion($0, .a) }, DNSQuestion(.root, .ns)].compactMap(\.self)
            guard controls.contains(where: { answers[$0] != nil }) else { return .conclude([]) }
            return found(
                last,
                "the name server \(last.server) is silent, even about names that it knows by itself; nothing can be found "
                    + "out through it")
        case .found, .absent, .refused, .serverFailure, .lame, .otherError, .malformed:
            return .conclude([])
        }
    }

    /// About the server, so that it is the same whatever was asked.
    private static func found(_ answer: DNSAnswer, _ message: Phrase) -> Judgement<DNSQuestion, [Finding]> {
        .conclude([Finding(down, about: "\(answer.server)", message)])
    }

    /// Without the findings that only repeat, question by question, that the resolver is down; and what is said of the resolver
    /// once, whatever it was asked about.
    static func withoutConsequences(_ findings: [Finding]) -> [Finding] {
        let isDown = findings.contains { $0.kind == down }
        var isSaid: Set<Finding> = []
        return findings.filter { finding in
            if isDown, consequences.contains(finding.kind.code) { return false }
            return !finding.kind.code.hasPrefix("dns.resolver.") || isSaid.insert(finding).inserted
        }
    }

    /// What a resolver that is down makes of single questions.
    private static let consequences = [
        FailedLookup.silent.code, FailedLookup.unreachable.code, "dns.spf.result.temperror",
    ]
}

extension [Finding] {
    /// One finding where a resolver is down, in place of one for each question that it did not answer; and every finding about a
    /// resolver once.
    public var withoutConsequences: [Finding] { ResolverAnswers.withoutConsequences(self) }
}
