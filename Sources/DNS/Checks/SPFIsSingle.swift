import MailVocabulary

extension DNSCheck {
    /// Has the domain exactly one SPF record? RFC 7208 §4.5.
    static let spfIsSingle = DNSCheck(name: "spf-is-single", mayFind: SPFIsSingle.kinds, judge: SPFIsSingle.judge)
}

private enum SPFIsSingle {
    static let none = FindingKind("dns.spf.none", .warning, .rfc(7208, "4.5"))
    static let single = FindingKind("dns.spf.single", .fine, .rfc(7208, "4.5"))
    static let multiple = FindingKind("dns.spf.multiple", .failure, .rfc(7208, "4.5"))
    static let kinds = [none, single, multiple] + FailedLookup.kinds

    static func judge(_ subject: DNSSubject, _ answers: DNSAnswers) -> Judgement<DNSQuestion, [Finding]> {
        guard case .domain(let domain) = subject else { return .conclude([]) }
        var facts = Facts(answers)
        guard let lookup = facts.look(domain, .txt), let answer = lookup.ended else { return facts.need }
        if let failure = FailedLookup.finding(answer) { return .conclude([failure]) }
        // That the domain does not exist is said by the MX check.
        if answer.outcome == .absent(.noSuchName) { return .conclude([]) }
        let texts = TextRecords.joined(lookup)
        let records = texts.filter(SPFRecord.isRecord)
        let finding = { Finding($0, about: domain.description, $1) }
        switch records.count {
        case 0:
            guard let near = nearMiss(texts, domain, &facts) else { return facts.need }
            return .conclude([finding(none, "\(domain) has no SPF record (from \(answer.source))\(near)")])
        case 1:
            return .conclude([finding(single, "SPF of \(domain): \(TextRecords.shown(records[0]))")])
        default:
            let shown = records.prefix(3).map(TextRecords.shown).joined(separator: " and ")
            let message: Phrase =
                "\(domain) has \(records.count) SPF records, which is a permanent error to receivers: \(shown)"
            return .conclude([finding(multiple, message)])
        }
    }

    /// What was perhaps meant as the record; `nil` as long as an answer is missing.
    private static func nearMiss(_ texts: [[UInt8]], _ domain: DNSName, _ facts: inout Facts) -> Phrase? {
        if let text = texts.first(where: isNearMiss) { return "; \(TextRecords.shown(text)) is not read as SPF" }
        if let text = texts.first(where: TextRecords.holds("v=spf1")) {
            return "; in \(TextRecords.shown(text)) something stands before v=spf1: it needs a TXT record of its own"
        }
        let doubled = Misplacement.doubled(domain, in: domain)
        let (ownType, elsewhere) = (facts.look(domain, .spf), doubled.map { ($0, facts.look($0, .txt)) })
        guard facts.missing.isEmpty else { return nil }
        if let ownType, !ownType.records.isEmpty {
            return "; it has one of type SPF (99), for which no receiver asks any more: it belongs into a TXT record"
        }
        guard let (place, lookup) = elsewhere, let lookup,
            TextRecords.joined(lookup).contains(where: SPFRecord.isRecord)
        else { return "" }
        return Misplacement.explanation(of: "SPF", at: place)
    }

    private static func isNearMiss(_ text: [UInt8]) -> Bool {
        let start = TextRecords.trimmed(text)
        return ["v=spf", "spf1", "v = spf", "spf2.0"].contains { TextRecords.begins(start, with: $0) }
    }
}
