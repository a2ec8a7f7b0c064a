import MailVocabulary

extension DNSCheck {
    /// Does the domain publish a logo, and may it be shown? BIMI (draft-brand-indicators-for-message-identification §4.3), default
    /// selector. The logo and its certificate are not fetched.
    static let bimiIsPublished = DNSCheck(
        name: "bimi-is-published", mayFind: BIMIIsPublished.kinds, judge: BIMIIsPublished.judge)
}

private enum BIMIIsPublished {
    static let source = Citation("BIMI §4.3")
    static let published = FindingKind("dns.bimi.published", .fine, source)
    static let declined = FindingKind("dns.bimi.declined", .note, source)
    static let syntax = FindingKind("dns.bimi.syntax", .warning, source)
    static let multiple = FindingKind("dns.bimi.multiple", .warning, source)
    static let powerless = FindingKind("dns.bimi.without-dmarc", .warning, Citation("BIMI §7.1"))
    static let kinds = [published, declined, syntax, multiple, powerless]

    static func judge(_ subject: DNSSubject, _ answers: DNSAnswers) -> Judgement<DNSQuestion, [Finding]> {
        guard case .domain(let domain) = subject, let place = domain.under("_bimi")?.under("default") else {
            return .conclude([])
        }
        var facts = Facts(answers)
        let (lookup, dmarc) = (facts.look(place, .txt), DMARCDiscovery.run(domain, &facts))
        guard let lookup, let dmarc else { return facts.need }
        // Most domains have none, and nothing depends on it: neither its absence nor a failed lookup is worth a word.
        let texts = TextRecords.joined(lookup).filter { TextRecords.begins($0, with: "v=BIMI1") }
        let finding = { Finding($0, about: place.description, $1) }
        guard let text = texts.first else { return .conclude([]) }
        guard texts.count == 1 else {
            return .conclude([finding(multiple, "\(place) has \(texts.count) BIMI records: no logo is shown")])
        }
        let tags = AnnouncedRecord.tags(text)
        guard let logo = tags["l"] else {
            return .conclude([finding(syntax, "\(TextRecords.shown(text)) at \(place) has no l=: no logo is shown")])
        }
        let evidence = tags["a"] ?? ""
        if logo.isEmpty, evidence.isEmpty {
            return .conclude([finding(declined, "\(place) declines to have a logo shown")])
        }
        guard [logo, evidence].allSatisfy({ $0.isEmpty || $0.lowercased().hasPrefix("https://") }) else {
            let message: Phrase =
                "\(TextRecords.shown(text)) at \(place) has an address that is not https: no logo is shown"
            return .conclude([finding(syntax, message)])
        }
        guard case .found(_, let record) = dmarc, let policy = DMARCRecord(record).policy("p"), policy != .none else {
            let message: Phrase =
                "\(domain) publishes a logo (BIMI), and its DMARC policy is not quarantine or reject: it is not shown"
            return .conclude([finding(powerless, message)])
        }
        let mark = evidence.isEmpty ? "without a mark certificate, which most want" : "with a mark certificate"
        return .conclude([finding(published, "\(domain) publishes a logo (BIMI), \(mark)")])
    }
}
