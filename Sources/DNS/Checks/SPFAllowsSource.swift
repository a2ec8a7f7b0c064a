import MailVocabulary

extension DNSCheck {
    /// May this address send in the name of this domain? check_host() of RFC 7208 §4.
    static let spfAllowsSource = DNSCheck(
        name: "spf-allows-source", mayFind: SPFAllowsSource.kinds, judge: SPFAllowsSource.judge)
}

private enum SPFAllowsSource {
    static let pass = FindingKind("dns.spf.result.pass", .fine, .rfc(7208, "2.6.3"))
    static let fail = FindingKind("dns.spf.result.fail", .failure, .rfc(7208, "2.6.4"))
    static let softfail = FindingKind("dns.spf.result.softfail", .warning, .rfc(7208, "2.6.5"))
    static let neutral = FindingKind("dns.spf.result.neutral", .warning, .rfc(7208, "2.6.2"))
    static let none = FindingKind("dns.spf.result.none", .warning, .rfc(7208, "2.6.1"))
    static let temperror = FindingKind("dns.spf.result.temperror", .unknown, .rfc(7208, "2.6.6"))
    static let permerror = FindingKind("dns.spf.result.permerror", .failure, .rfc(7208, "2.6.7"))
    /// From inside, another address stands at the other end: what SPF says of this one matters to nobody outside.
    static let inside = FindingKind("dns.spf.result.private-source", .note, .rfc(6890))
    static let kinds = [pass, fail, softfail, neutral, none, temperror, permerror, inside]

    static func judge(_ subject: DNSSubject, _ answers: DNSAnswers) -> Judgement<DNSQuestion, [Finding]> {
        guard case .sender(let sender) = subject else { return .conclude([]) }
        var evaluation = SPFEvaluation(sender, answers)
        guard let verdict = evaluation.run() else { return evaluation.facts.need }
        let kind = kind(verdict.result)
        let isAnswered = [.fail, .softfail, .neutral, .none].contains(verdict.result)
        if isAnswered, sender.isOwnSocket, sender.source.isPrivate {
            let message: Phrase =
                "\(sender.source) is a private address: SPF of \(sender.domain) says \(verdict.result.rawValue) to it, "
                + "but receivers outside see another address"
            return .conclude([Finding(inside, about: sender.source.description, message)])
        }
        return .conclude([Finding(kind, about: sender.source.description, sentence(sender, verdict))])
    }

    private static func kind(_ result: SPFResult) -> FindingKind {
        switch result {
        case .pass: pass
        case .fail: fail
        case .softfail: softfail
        case .neutral: neutral
        case .none: none
        case .temperror: temperror
        case .permerror: permerror
        }
    }

    private static func sentence(_ sender: SPFSender, _ verdict: SPFVerdict) -> Phrase {
        let who: Phrase = "SPF \(verdict.result.rawValue): \(sender.source) for \(sender.domain)"
        let way: Phrase = verdict.path.isEmpty ? "no term matched" : Phrase(quoting: verdict.pathText)
        let cost: Phrase =
            "\(verdict.lookups) of \(SPFLimit.lookups) lookups, \(verdict.voids) of \(SPFLimit.voids) void, "
            + "\(verdict.took.words)"
        switch verdict.result {
        case .pass, .fail, .softfail, .neutral: return "\(who), by \(way) (\(cost))"
        case .none:
            guard let reason = verdict.why else { return "\(who): there is no record" }
            return "\(who): \(reason)"
        case .temperror, .permerror:
            let place: Phrase = verdict.path.isEmpty ? "" : " at \(verdict.pathText)"
            return "\(who)\(place): \(verdict.why ?? "") (\(cost))"
        }
    }
}
