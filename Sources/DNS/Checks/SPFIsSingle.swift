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
            let near: Phrase =
                texts.first(where: isNearMiss).map { "; \(TextRecords.shown($0)) is not read as SPF" } ?? ""
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

    private static func isNearMiss(_ text: [UInt8]) -> Bool {
        let start = TextRecords.trimmed(text)
        return ["v=spf", "spf1", "v = spf", "spf2.0"].contains { TextRecords.begins(start, with: $0) }
    }
}
