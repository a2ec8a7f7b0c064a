import MailVocabulary

/// Whether SPF lets a message pass DMARC, RFC 9989 §4.4 and §5.1: the MAIL FROM domain beside the domain of the header From. DKIM,
/// which may let it pass too, is known only of a message that was seen.
public struct DMARCAlignment: Hashable, Sendable {
    static let aligned = FindingKind("dns.dmarc.aligned", .fine, .rfc(9989, "4.4.2"))
    static let fails = FindingKind("dns.dmarc.not-aligned", .failure, .rfc(9989, "4.4.2"))
    static let failsMildly = FindingKind("dns.dmarc.not-aligned", .warning, .rfc(9989, "4.4.2"))
    static let kinds = [aligned, fails, failsMildly]

    /// The domain of the header From.
    public let author: DNSName
    /// The domain that SPF was about.
    public let envelope: DNSName

    /// Two domains of one message.
    public init(author: DNSName, envelope: DNSName) { (self.author, self.envelope) = (author, envelope) }

    /// What receivers make of it; `nil` without one DMARC record, or while an answer or the SPF verdict is missing.
    ///
    /// - Parameter answers: Those of the author's domain.
    public func finding(_ spf: SPFVerdict?, _ answers: DNSAnswers) -> Finding? {
        var facts = Facts(answers)
        guard let spf, case .found(let place, let text)? = DMARCDiscovery.run(author, &facts) else { return nil }
        let record = DMARCRecord(text)
        let isOwn = place == author.under("_dmarc")
        guard let policy = (isOwn ? nil : record.policy("sp")) ?? record.policy("p") else { return nil }
        let isStrict = record["aspf"]?.lowercased() == "s"
        let isAligned = isStrict ? envelope == author : isRelated(place.parent ?? author)
        let about = author.description
        let pair = "MAIL FROM \(envelope), header From \(author), aspf=\(isStrict ? "s" : "r")"
        if isAligned, spf.result == .pass {
            return Finding(Self.aligned, about: about, "SPF passes and is aligned, so DMARC passes: \(pair)")
        }
        let why: Phrase = isAligned ? "SPF gives \(spf.result.rawValue)" : "SPF \(spf.result.rawValue) is not aligned"
        let end: Phrase
        switch policy {
        case .none: end = "p=none: it is only reported"
        case .quarantine: end = "p=quarantine: without an aligned DKIM signature it goes to spam"
        case .reject: end = "p=reject: without an aligned DKIM signature it is refused"
        }
        let kind = policy == .none ? Self.failsMildly : Self.fails
        return Finding(kind, about: about, "\(why) for DMARC (\(pair)); \(end)")
    }

    /// Relaxed: one organizational domain, RFC 9989 §4.4.2; the holder of the record is, for all that is below it.
    private func isRelated(_ organization: DNSName) -> Bool {
        if envelope == author { return true }
        // A record at the author itself says nothing of the organization: names above or below each other are one.
        if organization == author { return envelope.isWithin(author) || isAbove() }
        return envelope.isWithin(organization) && author.isWithin(organization)
    }

    /// The author is below the envelope's domain, which is no top-level domain.
    private func isAbove() -> Bool { envelope.labels.count > 1 && author.isWithin(envelope) }
}
