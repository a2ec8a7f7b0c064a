import MailVocabulary

extension DNSCheck {
    /// Which certificates do the mail exchangers promise by DANE, and may anybody rely on that? RFC 7672 §2.2 and §3.1.
    static let tlsaIsPublished = DNSCheck(
        name: "tlsa-is-published", mayFind: TLSAIsPublished.kinds, judge: TLSAIsPublished.judge)
}

private enum TLSAIsPublished {
    static let published = FindingKind("dns.tlsa.published", .note, .rfc(7672, "3.1"))
    static let signed = FindingKind("dns.tlsa.signed", .fine, .rfc(7672, "2.2"))
    static let ignored = FindingKind("dns.tlsa.ignored", .warning, .rfc(7672, "2.2"))
    static let unusable = FindingKind("dns.tlsa.unusable", .warning, .rfc(7672, "3.1.3"))
    static let fails = FindingKind("dns.tlsa.lookup-fails", .delay, .rfc(7672, "2.1.2"))
    static let kinds = [published, signed, ignored, unusable, fails] + FailedLookup.kinds
    /// Exchangers that are looked at.
    static let hostLimit = 10

    static func judge(_ subject: DNSSubject, _ answers: DNSAnswers) -> Judgement<DNSQuestion, [Finding]> {
        var facts = Facts(answers)
        guard let names = MXTargets.names(of: subject, &facts) else { return facts.need }
        let promises = names.prefix(hostLimit).filter { MXTargets.literal($0) == nil }
            .map { DANEPromise(of: $0, from: answers) }
        var missing: [DNSQuestion] = []
        for question in promises.flatMap(\.pendingQuestions) where !missing.contains(question) {
            missing.append(question)
        }
        return missing.isEmpty ? .conclude(promises.flatMap(judge)) : .need(missing)
    }

    private static func judge(_ promise: DANEPromise) -> [Finding] {
        let host = promise.host
        let finding = { Finding($0, about: host.description, $1) }
        switch promise.standing {
        case .open, .none:
            return []
        case .bogus:
            return []  // said once for all records of the zone
        case .failed(let answer, let isSigned):
            guard isSigned else { return [FailedLookup.finding(answer)].compactMap { $0 } }
            let message: Phrase =
                "senders with DANE wait with mail for \(host): its TLSA cannot be looked up (\(answer.reason ?? ""))"
            return [finding(fails, message)]
        case .secure, .insecure, .notJudged:
            break
        }
        guard !promise.records.isEmpty else { return [] }
        let list = promise.records.prefix(4).map(\.description).joined(separator: ", ")
        guard promise.standing != .insecure else {
            let message: Phrase =
                "\(host) promises its certificate by DANE (\(list)), and DNSSEC does not sign it: senders ignore it"
            return [finding(ignored, message)]
        }
        guard !promise.usable.isEmpty else {
            let message: Phrase =
                "no TLSA record of \(host) can be used for mail (\(list)): TLS is forced, but nothing verified"
            return [finding(unusable, message)]
        }
        guard promise.standing == .secure else {
            let message: Phrase =
                "\(host) promises its certificate by DANE (\(list)); it counts only where DNSSEC signs it, "
                + "which is not judged here"
            return [finding(published, message)]
        }
        return [finding(signed, "\(host) promises its certificate by DANE (\(list)), signed by DNSSEC")]
    }
}
