import MailVocabulary

extension DNSCheck {
    /// Does the domain, or the organization above it, publish one DMARC policy? RFC 9989 §4.10.
    static let dmarcIsPublished = DNSCheck(
        name: "dmarc-is-published", mayFind: DMARCIsPublished.kinds, judge: DMARCIsPublished.judge)
}

private enum DMARCIsPublished {
    static let none = FindingKind("dns.dmarc.none", .warning, .rfc(9989, "4.10"))
    static let published = FindingKind("dns.dmarc.published", .fine, .rfc(9989, "4.10"))
    static let multiple = FindingKind("dns.dmarc.multiple", .failure, .rfc(9989, "4.10"))
    static let kinds = [none, published, multiple] + FailedLookup.kinds

    static func judge(_ subject: DNSSubject, _ answers: DNSAnswers) -> Judgement<DNSQuestion, [Finding]> {
        guard case .domain(let domain) = subject else { return .conclude([]) }
        var facts = Facts(answers)
        guard let outcome = DMARCDiscovery.run(domain, &facts) else { return facts.need }
        let finding = { Finding($0, about: domain.description, $1) }
        switch outcome {
        case .noDomain:
            return .conclude([])
        case .failed(let failure):
            return .conclude([failure])
        case .found(let place, let text):
            let isOwn = place == domain.under("_dmarc")
            let origin: Phrase = isOwn ? "" : " comes from \(place)"
            return .conclude([finding(published, "DMARC of \(domain)\(origin): \(TextRecords.shown(text))")])
        case .several(let place, let count):
            return .conclude([
                finding(multiple, "\(place) has \(count) DMARC records: receivers treat that as none")
            ])
        case .none(let answer, let near):
            return .conclude([finding(none, "\(domain) has no DMARC record (from \(answer.source))\(near)")])
        }
    }
}
