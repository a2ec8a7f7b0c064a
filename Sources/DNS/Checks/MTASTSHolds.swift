import MailVocabulary

extension DNSCheck {
    /// Does the MTA-STS policy let mail through? RFC 8461 §4 and §5. It rests on the policy that was fetched; without one it says
    /// nothing.
    static let mtaSTSHolds = DNSCheck(name: "mta-sts-holds", mayFind: MTASTSHolds.kinds, judge: MTASTSHolds.judge)
}

private enum MTASTSHolds {
    static let holds = FindingKind("dns.mta-sts.policy", .fine, .rfc(8461, "4.1"))
    static let mode = FindingKind("dns.mta-sts.mode", .note, .rfc(8461, "5"))
    static let shortAge = FindingKind("dns.mta-sts.short-age", .note, .rfc(8461, "3.2"))
    static let fails = FindingKind("dns.mta-sts.policy-fails", .warning, .rfc(8461, "3.3"))
    static let syntax = FindingKind("dns.mta-sts.policy-syntax", .warning, .rfc(8461, "3.2"))
    static let notListed = FindingKind("dns.mta-sts.mx-not-listed", .failure, .rfc(8461, "4.1"))
    /// While the policy is only tested, mail comes through.
    static let notListedYet = FindingKind("dns.mta-sts.mx-not-listed", .warning, .rfc(8461, "4.1"))
    static let changed = FindingKind("dns.mta-sts.changed", .warning, .rfc(8461, "3.1"))
    static let kinds = [changed, holds, mode, shortAge, fails, syntax, notListed, notListedYet]

    static let day = 86_400

    static func judge(_ subject: DNSSubject, _ answers: DNSAnswers) -> Judgement<DNSQuestion, [Finding]> {
        guard case .domain(let domain) = subject, let fetch = answers.policy else { return .conclude([]) }
        var facts = Facts(answers)
        let host = PolicyFetch.host(of: domain)?.description ?? domain.description
        let finding = { Finding($0, about: host, $1) }
        switch fetch.outcome {
        case .failed(let words):
            let message: Phrase =
                "the MTA-STS policy of \(domain) cannot be fetched: \(words); senders without a copy go on as if there "
                + "were none"
            return .conclude([finding(fails, message)])
        case .text(let bytes):
            let policy: MTASTSPolicy
            do throws(MTASTSPolicy.Fault) {
                policy = try MTASTSPolicy(bytes)
            } catch {
                return .conclude([finding(syntax, "the MTA-STS policy of \(domain) \(error.phrase): senders ignore it")]
                )
            }
            guard let names = MXTargets.names(of: subject, &facts) else { return facts.need }
            return .conclude((change(bytes, domain, answers) + judge(policy, domain, names)).map(finding))
        }
    }

    /// Senders fetch a policy again only when its id is another one.
    private static func change(
        _ text: [UInt8], _ domain: DNSName, _ answers: DNSAnswers
    ) -> [(FindingKind, Phrase)] {
        guard let former = answers.formerPolicy, former.text != text, let place = domain.under("_mta-sts") else {
            return []
        }
        let ids = TextRecords.joined(answers.lookup(DNSQuestion(place, .txt))).compactMap(MTASTSRecord.id)
        guard ids == [former.id] else { return [] }
        let message: Phrase =
            "the MTA-STS policy of \(domain) has changed, and its id (\(former.id)) has not: senders keep the old one "
            + "until it ends"
        return [(changed, message)]
    }

    private static func judge(
        _ policy: MTASTSPolicy, _ domain: DNSName, _ names: [DNSName]
    ) -> [(FindingKind, Phrase)] {
        guard policy.mode != .none else {
            return [(mode, "the MTA-STS policy of \(domain) says none: senders forget an earlier one")]
        }
        var said: [(FindingKind, Phrase)] = []
        if policy.mode == .testing {
            said.append(
                (mode, "the MTA-STS policy of \(domain) is only tested: failures are reported, mail is delivered"))
        }
        if policy.maxAge < day {
            let message: Phrase =
                "senders keep the MTA-STS policy of \(domain) for \(policy.maxAge) s only: weeks are usual"
            said.append((shortAge, message))
        }
        let missing = names.filter { !policy.covers($0) }
        guard missing.isEmpty else {
            let list = missing.prefix(6).map(\.description).joined(separator: ", ")
            let listed = policy.patterns.prefix(6).joined(separator: ", ")
            let end: Phrase =
                policy.mode == .enforce ? "senders do not deliver to it" : "senders would not deliver to it"
            let message: Phrase =
                "the MTA-STS policy of \(domain) says \(policy.mode.rawValue) and does not name \(list) (only \(listed)): "
                + "\(end)"
            return said + [(policy.mode == .enforce ? notListed : notListedYet, message)]
        }
        let message: Phrase =
            "the MTA-STS policy of \(domain) (\(policy.mode.rawValue), \(policy.maxAge) s) names every exchanger"
        return said + [(holds, message)]
    }
}
