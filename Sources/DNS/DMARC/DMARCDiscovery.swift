import MailVocabulary

/// Which DMARC record speaks for a domain, RFC 9989 §4.10.
enum DMARCDiscovery {
    /// What the search came to.
    enum Outcome {
        /// The record, and the name that holds it.
        case found(place: DNSName, text: [UInt8])
        /// There is none; with a text that was perhaps meant as one, and the reason why it is not read so, if there is one.
        case none(DNSAnswer, near: Phrase)
        /// More than one at the domain itself.
        case several(DNSName, Int)
        /// The domain does not exist, which the MX check says.
        case noDomain
        /// It cannot be known.
        case failed(Finding)
    }

    /// `nil` as long as an answer is missing, which `facts` notes.
    static func run(_ domain: DNSName, _ facts: inout Facts) -> Outcome? {
        guard let place = domain.under("_dmarc") else { return .noDomain }
        // The text of the domain itself is asked for SPF anyway, and shows a record that was put in the wrong place.
        let (own, apex) = (facts.look(place, .txt), facts.look(domain, .txt))
        guard let own, let apex, let answer = own.ended else { return nil }
        if let failure = FailedLookup.finding(answer) { return .failed(failure) }
        if apex.ended?.outcome == .absent(.noSuchName) { return .noDomain }
        let records = TextRecords.joined(own).filter(DMARCRecord.isRecord)
        if records.count > 1 { return .several(place, records.count) }
        if let record = records.first { return .found(place: place, text: record) }
        let above = DMARCTreeWalk.placesAbove(domain).map { ($0, facts.look($0, .txt)) }
        guard facts.missing.isEmpty else { return nil }
        var found: [(place: DNSName, text: [UInt8])] = []
        for (place, lookup) in above {
            guard let lookup, let answer = lookup.ended else { continue }
            if let failure = FailedLookup.finding(answer) { return .failed(failure) }
            let records = TextRecords.joined(lookup).filter(DMARCRecord.isRecord)
            if records.count == 1 { found.append((place, records[0])) }
        }
        if let (place, text) = DMARCTreeWalk.chosen(found) { return .found(place: place, text: text) }
        guard let near = nearMiss(TextRecords.joined(own), TextRecords.joined(apex), domain, place, &facts) else {
            return nil
        }
        return .none(answer, near: near)
    }

    /// `nil` as long as an answer is missing.
    private static func nearMiss(
        _ own: [[UInt8]], _ apex: [[UInt8]], _ domain: DNSName, _ place: DNSName, _ facts: inout Facts
    ) -> Phrase? {
        if let text = own.first { return "; \(TextRecords.shown(text)) is not read as DMARC: \(reason(text))" }
        if let text = apex.first(where: { TextRecords.begins(TextRecords.trimmed($0), with: "v=DMARC") }) {
            return "; \(TextRecords.shown(text)) stands at the domain itself and belongs at \(place)"
        }
        let doubled = Misplacement.doubled(place, in: domain).map { ($0, facts.look($0, .txt)) }
        let bare = domain.under("dmarc").map { ($0, facts.look($0, .txt)) }
        guard facts.missing.isEmpty else { return nil }
        if let (wrong, lookup) = bare, isHeld(lookup) {
            return "; a DMARC record stands at \(wrong) and belongs at \(place), with the underscore"
        }
        if let (wrong, lookup) = doubled, isHeld(lookup) { return Misplacement.explanation(of: "DMARC", at: wrong) }
        return ""
    }

    private static func isHeld(_ lookup: DNSLookup?) -> Bool {
        lookup.map { TextRecords.joined($0).contains(where: DMARCRecord.isRecord) } ?? false
    }

    private static func reason(_ text: [UInt8]) -> Phrase {
        if TextRecords.begins(text, with: "v=DMARC1") { return "no semicolon follows the version" }
        if TextRecords.begins(TextRecords.trimmed(text), with: "v=DMARC1") {
            return "something stands before the version"
        }
        return "it does not begin with v=DMARC1"
    }
}
