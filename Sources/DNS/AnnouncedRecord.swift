import MailVocabulary

/// A TXT record of `version; tag=value; …` at a fixed name below a domain, as MTA-STS (RFC 8461 §3.1) and TLS-RPT (RFC 8460 §3)
/// have it.
enum AnnouncedRecord {
    /// The texts that begin with the version and a semicolon, where they were looked for.
    case found(DNSName, [[UInt8]])
    /// It cannot be known.
    case failed(Finding)
    /// The subject is no domain that takes mail.
    case notApplicable

    /// `nil` as long as an answer is missing, which `facts` notes.
    init?(of subject: DNSSubject, under labels: [String], version: String, _ facts: inout Facts) {
        self = .notApplicable
        guard case .domain(let domain) = subject else { return }
        var place: DNSName? = domain
        for label in labels { place = place?.under(label) }
        guard let place else { return }
        let (exchangers, lookup) = (facts.look(domain, .mx), facts.look(place, .txt))
        guard let exchangers, let lookup, let answer = lookup.ended else { return nil }
        guard exchangers.exchangers.contains(where: { !$0.isNull }) else { return }
        if let failure = FailedLookup.finding(answer) {
            self = .failed(failure)
            return
        }
        let texts = TextRecords.joined(lookup).filter { text in
            guard TextRecords.begins(text, with: version) else { return false }
            return text.dropFirst(version.utf8.count).first { $0 != 0x20 && $0 != 0x09 } == UInt8(ascii: ";")
        }
        self = .found(place, texts)
    }

    /// Name and value of each tag, printable; of several with one name the first.
    static func tags(_ text: [UInt8]) -> [String: String] {
        var tags: [String: String] = [:]
        for tag in DMARCRecord(text).tags where tags[tag.name] == nil { tags[tag.name] = tag.value }
        return tags
    }
}
