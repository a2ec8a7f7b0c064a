import MailVocabulary

extension DNSCheck {
    /// Can the domain's DKIM keys verify anything? RFC 6376 §3.6, with the key lengths of RFC 8301.
    static let dkimKeysHold = DNSCheck(name: "dkim-keys-hold", mayFind: DKIMKeysHold.kinds, judge: DKIMKeysHold.judge)
}

private enum DKIMKeysHold {
    static let holds = FindingKind("dns.dkim.key", .fine, .rfc(6376, "3.6.1"))
    static let absent = FindingKind("dns.dkim.absent", .failure, .rfc(6376, "3.6.2.1"))
    static let revoked = FindingKind("dns.dkim.revoked", .failure, .rfc(6376, "3.6.1"))
    static let revokedGuess = FindingKind("dns.dkim.revoked", .note, .rfc(6376, "3.6.1"))
    static let syntax = FindingKind("dns.dkim.syntax", .failure, .rfc(6376, "3.6.1"))
    static let multiple = FindingKind("dns.dkim.multiple", .warning, .rfc(6376, "3.6.2.2"))
    static let short = FindingKind("dns.dkim.short-key", .failure, .rfc(8301, "3.2"))
    static let shortish = FindingKind("dns.dkim.short-key", .warning, .rfc(8301, "3.2"))
    static let sha1 = FindingKind("dns.dkim.sha1-only", .failure, .rfc(8301, "3.1"))
    static let testing = FindingKind("dns.dkim.testing", .note, .rfc(6376, "3.6.1"))
    static let other = FindingKind("dns.dkim.unknown-key-type", .warning, .rfc(6376, "3.6.1"))
    static let none = FindingKind("dns.dkim.none", .note, .rfc(8020, "2"))
    static let notGuessed = FindingKind("dns.dkim.not-guessed", .note, .rfc(6376, "3.1"))
    static let kinds =
        [
            holds, absent, revoked, revokedGuess, syntax, multiple, short, shortish, sha1, testing, other, none,
            notGuessed,
        ] + FailedLookup.kinds

    static func judge(_ subject: DNSSubject, _ answers: DNSAnswers) -> Judgement<DNSQuestion, [Finding]> {
        guard case .signer(let domain, let selectors) = subject, let base = domain.under("_domainkey") else {
            return .conclude([])
        }
        var facts = Facts(answers)
        let root = facts.look(base, .txt)
        let lookups = selectors.map { selector in
            (selector, selector.place(in: domain).flatMap { facts.look($0, .txt) })
        }
        // Of a key that is in use and not there: whether it stands where a zone file without a dot has put it.
        let strays = lookups.compactMap { selector, lookup -> (DNSName, DNSLookup)? in
            guard selector.origin == .known, let place = selector.place(in: domain),
                let answer = lookup?.ended, case .absent = answer.outcome,
                let doubled = Misplacement.doubled(place, in: domain)
            else { return nil }
            return facts.look(doubled, .txt).map { (place, $0) }
        }
        guard facts.missing.isEmpty else { return facts.need }
        let misplaced = Dictionary(strays.filter { !$0.1.records.isEmpty }) { first, _ in first }
        var findings = lookups.flatMap { selector, lookup in
            lookup.map { judge(selector, $0, misplaced[$0.question.name]) } ?? []
        }
        // A server that says NXDOMAIN for a name with names below it is broken: then there are keys all the same.
        let found = lookups.contains { !($0.1?.records.isEmpty ?? true) }
        guard !found, findings.isEmpty else { return .conclude(findings) }
        // A guess that got no answer is no missing key.
        let failures = ([root] + lookups.map(\.1)).compactMap { $0?.ended }.compactMap(FailedLookup.finding)
        if let failure = failures.first { return .conclude([failure]) }
        let (kind, message): (FindingKind, Phrase) =
            root?.ended?.outcome == .absent(.noSuchName)
            ? (none, "\(domain) has no DKIM key at all: \(base) does not exist (NXDOMAIN)")
            : (
                notGuessed,
                "\(domain) has no DKIM key under the \(selectors.count) names tried, which proves nothing: the selector "
                    + "stands in the DKIM-Signature of its mail (s=)"
            )
        findings.append(Finding(kind, about: domain.description, message))
        return .conclude(findings)
    }

    private static func judge(_ selector: DKIMSelector, _ lookup: DNSLookup, _ stray: DNSLookup?) -> [Finding] {
        guard let answer = lookup.ended else { return [] }
        let place = lookup.question.name
        let finding = { Finding($0, about: place.description, $1) }
        let isKnown = selector.origin == .known
        if let failure = FailedLookup.finding(answer) { return isKnown ? [failure] : [] }
        let texts = TextRecords.joined(lookup)
        guard let text = texts.first else {
            let hint = stray.map { Misplacement.explanation(of: "DKIM", at: $0.question.name) } ?? ""
            let message: Phrase = "no DKIM key at \(place) (\(answer.reason ?? "no TXT")): signatures fail\(hint)"
            return isKnown ? [finding(absent, message)] : []
        }
        let more =
            texts.count > 1
            ? [finding(multiple, "\(place) has \(texts.count) TXT records: verifiers may take any of them")] : []
        let key: DKIMKey
        do throws(DKIMKey.Fault) {
            key = try DKIMKey(text)
        } catch {
            // A guessed name may hold anything, or be covered by a wildcard.
            return isKnown || TextRecords.begins(text, with: "v=DKIM1")
                ? [finding(syntax, "the DKIM key at \(place) \(error.phrase): signatures fail")] : []
        }
        let origin: Phrase = lookup.aliases.last.map { ", which \($0) holds" } ?? ""
        return judge(key, place, origin, isKnown).map(finding) + more
    }

    private static func judge(
        _ key: DKIMKey, _ place: DNSName, _ origin: Phrase, _ isKnown: Bool
    ) -> [(FindingKind, Phrase)] {
        var said: [(FindingKind, Phrase)] = []
        switch key.key {
        case .revoked:
            return [(isKnown ? revoked : revokedGuess, "the DKIM key at \(place) is revoked (p= is empty)")]
        case .other(let type):
            return [(other, "the DKIM key at \(place) is of type \(type), which verifiers do not know")]
        case .rsa(let bits) where bits < 1024:
            said = [(short, "the DKIM key at \(place) has \(bits) bits: verifiers accept none below 1024")]
        case .rsa(let bits) where bits < 2048:
            said = [(shortish, "the DKIM key at \(place) has \(bits) bits: signers should use 2048")]
        case .rsa(let bits):
            said = [(holds, "the DKIM key at \(place) is an RSA key of \(bits) bits\(origin)")]
        case .ed25519:
            said = [(holds, "the DKIM key at \(place) is an Ed25519 key\(origin)")]
        }
        if key.isOnlySHA1 { said.append((sha1, "the DKIM key at \(place) allows only SHA-1, which verifiers refuse")) }
        if key.isTesting {
            said.append((testing, "the DKIM key at \(place) is in test (t=y): its signatures count as none"))
        }
        return said
    }
}
