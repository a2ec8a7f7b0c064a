import MailVocabulary

/// A TXT record of `version; tag=value; …` that a domain which takes mail may have once, at a fixed name below it, as MTA-STS
/// (RFC 8461 §3.1) and TLS-RPT (RFC 8460 §3) have it: where it stands, and what the check of it says.
struct AnnouncedRecord: Sendable {
    /// The second word of the codes of its findings, as `mta-sts`.
    let topic: String
    /// What people call it.
    let title: String
    let citation: Citation
    /// Between the domain and the record, the outermost last.
    let labels: [String]
    let version: String
    /// What follows for senders from its absence.
    let absence: Phrase
    /// What is wrong with one that `announcement` does not accept, and what follows.
    let fault: Phrase
    /// What a good record announces; `nil` for one that nobody heeds.
    let announcement: @Sendable (_ text: [UInt8], DNSAnswers) -> Phrase?

    /// What stands at its place.
    enum Content {
        /// The texts that begin with the version and a semicolon, where they were looked for.
        case found(DNSName, [[UInt8]])
        /// It cannot be known.
        case failed(Finding)
        /// The subject is no domain that takes mail.
        case notApplicable
    }

    /// Every kind of finding that `judge` can give.
    var kinds: [FindingKind] { [announced, none, multiple, syntax] + FailedLookup.kinds }

    private var announced: FindingKind { FindingKind("dns.\(topic).announced", .fine, citation) }
    private var none: FindingKind { FindingKind("dns.\(topic).none", .note, citation) }
    private var multiple: FindingKind { FindingKind("dns.\(topic).multiple", .warning, citation) }
    private var syntax: FindingKind { FindingKind("dns.\(topic).syntax", .warning, citation) }

    /// Is there exactly one, and is it heeded?
    func judge(_ subject: DNSSubject, _ answers: DNSAnswers) -> Judgement<DNSQuestion, [Finding]> {
        var facts = Facts(answers)
        guard let content = content(of: subject, &facts) else { return facts.need }
        switch content {
        case .notApplicable: return .conclude([])
        case .failed(let finding): return .conclude([finding])
        case .found(let place, let texts):
            let conclude = { Judgement<DNSQuestion, [Finding]>.conclude([Finding($0, about: place.description, $1)]) }
            guard let text = texts.first else { return conclude(none, "\(place) has no \(title) record: \(absence)") }
            guard texts.count == 1 else {
                return conclude(multiple, "\(place) has \(texts.count) \(title) records: senders treat that as none")
            }
            guard let announcement = announcement(text, answers) else {
                return conclude(syntax, "\(TextRecords.shown(text)) at \(place) \(fault)")
            }
            return conclude(announced, announcement)
        }
    }

    /// `nil` as long as an answer is missing, which `facts` notes.
    func content(of subject: DNSSubject, _ facts: inout Facts) -> Content? {
        guard case .domain(let domain) = subject else { return .notApplicable }
        var place: DNSName? = domain
        for label in labels { place = place?.under(label) }
        guard let place else { return .notApplicable }
        let (exchangers, lookup) = (facts.look(domain, .mx), facts.look(place, .txt))
        guard let exchangers, let lookup, let answer = lookup.ended else { return nil }
        guard exchangers.exchangers.contains(where: { !$0.isNull }) else { return .notApplicable }
        if let failure = FailedLookup.finding(answer) { return .failed(failure) }
        let texts = TextRecords.joined(lookup).filter { text in
            guard TextRecords.begins(text, with: version) else { return false }
            return text.dropFirst(version.utf8.count).first { $0 != 0x20 && $0 != 0x09 } == UInt8(ascii: ";")
        }
        return .found(place, texts)
    }

    /// Name and value of each tag, printable; of several with one name the first.
    static func tags(_ text: [UInt8]) -> [String: String] {
        var tags: [String: String] = [:]
        for tag in DMARCRecord(text).tags where tags[tag.name] == nil { tags[tag.name] = tag.value }
        return tags
    }
}
