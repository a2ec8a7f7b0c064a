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
        guard case .domain(let domain) = subject, let place = domain.under("_dmarc") else { return .conclude([]) }
        var facts = Facts(answers)
        // The text of the domain itself is asked for SPF anyway, and shows a record that was put in the wrong place.
        let (own, apex) = (facts.look(place, .txt), facts.look(domain, .txt))
        guard let own, let apex, let answer = own.ended else { return facts.need }
        if let failure = FailedLookup.finding(answer) { return .conclude([failure]) }
        if apex.ended?.outcome == .absent(.noSuchName) { return .conclude([]) }
        let records = TextRecords.joined(own).filter(isDMARC)
        let finding = { Finding($0, about: domain.description, $1) }
        if records.count == 1 {
            return .conclude([finding(published, "DMARC of \(domain): \(TextRecords.shown(records[0]))")])
        }
        if records.count > 1 {
            let message = "\(place) has \(records.count) DMARC records: receivers treat that as none"
            return .conclude([finding(multiple, message)])
        }
        let above = DMARCTreeWalk.placesAbove(domain).map { ($0, facts.look($0, .txt)) }
        guard facts.missing.isEmpty else { return facts.need }
        var found: [(place: DNSName, text: [UInt8])] = []
        for (place, lookup) in above {
            guard let lookup, let answer = lookup.ended else { continue }
            if let failure = FailedLookup.finding(answer) { return .conclude([failure]) }
            let records = TextRecords.joined(lookup).filter(isDMARC)
            if records.count == 1 { found.append((place, records[0])) }
        }
        if let (place, text) = DMARCTreeWalk.chosen(found) {
            let message = "DMARC of \(domain) comes from \(place): \(TextRecords.shown(text))"
            return .conclude([finding(published, message)])
        }
        let near = (TextRecords.joined(own) + TextRecords.joined(apex).filter(isNearMiss)).first
        let hint = near.map { "; \(TextRecords.shown($0)) is not read as DMARC at this place" } ?? ""
        return .conclude([finding(none, "\(domain) has no DMARC record (from \(answer.source))\(hint)")])
    }

    /// `v=DMARC1`, spaces, then a semicolon or the end, RFC 9989 §4.8.
    private static func isDMARC(_ text: [UInt8]) -> Bool {
        guard TextRecords.begins(text, with: "v=DMARC1") else { return false }
        let rest = text.dropFirst(8).drop { $0 == 0x20 || $0 == 0x09 }
        return rest.isEmpty || rest.first == UInt8(ascii: ";")
    }

    private static func isNearMiss(_ text: [UInt8]) -> Bool {
        TextRecords.begins(TextRecords.trimmed(text), with: "v=DMARC")
    }
}
