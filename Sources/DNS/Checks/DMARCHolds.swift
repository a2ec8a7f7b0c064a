import MailVocabulary

extension DNSCheck {
    /// Does the DMARC record say what it is meant to say? RFC 9989 §4.7.
    static let dmarcHolds = DNSCheck(name: "dmarc-holds", mayFind: DMARCHolds.kinds, judge: DMARCHolds.judge)
}

private enum DMARCHolds {
    static let enforced = FindingKind("dns.dmarc.enforced", .fine, .rfc(9989, "4.7"))
    static let monitoring = FindingKind("dns.dmarc.monitoring", .note, .rfc(9989, "4.7"))
    static let testing = FindingKind("dns.dmarc.testing", .note, .rfc(9989, "4.7"))
    static let noPolicy = FindingKind("dns.dmarc.no-policy", .warning, .rfc(9989, "4.7"))
    static let badValue = FindingKind("dns.dmarc.bad-value", .warning, .rfc(9989, "4.7"))
    static let stray = FindingKind("dns.dmarc.syntax", .warning, .rfc(9989, "4.8"))
    static let repeated = FindingKind("dns.dmarc.repeated-tag", .warning, .rfc(9989, "4.8"))
    static let removed = FindingKind("dns.dmarc.removed-tag", .note, .rfc(9989))
    static let unknown = FindingKind("dns.dmarc.unknown-tag", .note, .rfc(9989, "4.7"))
    static let weaker = FindingKind("dns.dmarc.subdomains-weaker", .warning, .rfc(9989, "4.7"))
    static let reportAddress = FindingKind("dns.dmarc.report-address", .warning, .rfc(9990))
    static let consent = FindingKind("dns.dmarc.report-consent", .warning, .rfc(9990))
    static let kinds =
        [
            enforced, monitoring, testing, noPolicy, badValue, stray, repeated, removed, unknown, weaker,
            reportAddress, consent,
        ] + FailedLookup.kinds

    static func judge(_ subject: DNSSubject, _ answers: DNSAnswers) -> Judgement<DNSQuestion, [Finding]> {
        guard case .domain(let domain) = subject else { return .conclude([]) }
        var facts = Facts(answers)
        guard let outcome = DMARCDiscovery.run(domain, &facts) else { return facts.need }
        guard case .found(let place, let text) = outcome else { return .conclude([]) }
        let record = DMARCRecord(text)
        guard let consents = consents(record, place, &facts) else { return facts.need }
        var said = policy(domain, record, isOwn: place == domain.under("_dmarc"))
        said += tags(place, record)
        said += record.reportAddresses.faults.map {
            (reportAddress, "\($0) in \(place) is no mailto: address: no reports go there")
        }
        return .conclude(said.map { Finding($0.0, about: domain.description, $0.1) } + consents)
    }

    /// What receivers are asked to do with mail of this very domain.
    private static func policy(_ domain: DNSName, _ record: DMARCRecord, isOwn: Bool) -> [(FindingKind, Phrase)] {
        guard let own = record.policy("p") else {
            let message: Phrase =
                "the DMARC record for \(domain) has no valid p: it counts as p=none, and without rua as no record at all"
            return [(noPolicy, message)]
        }
        var said: [(FindingKind, Phrase)] = []
        let (policy, tag) = isOwn ? (own, "p") : (record.policy("sp") ?? own, record.policy("sp") == nil ? "p" : "sp")
        let isTesting = record["t"]?.lowercased() == "y"
        switch policy {
        case .none:
            said.append((monitoring, "\(tag)=none for \(domain): mail that fails DMARC is only reported"))
        case .quarantine, .reject:
            said.append(
                (enforced, "\(tag)=\(policy.rawValue) for \(domain): mail that fails DMARC is not delivered as usual"))
            if isTesting {
                let less = policy == .reject ? "quarantine" : "none"
                said.append(
                    (testing, "t=y for \(domain): receivers are asked to treat \(tag)=\(policy.rawValue) as \(less)"))
            }
        }
        for name in isOwn ? ["sp", "np"] : ["np"] {
            guard let below = record.policy(name), below < own else { continue }
            let whose: Phrase = name == "sp" ? "subdomains" : "subdomains that do not exist"
            let message: Phrase =
                "\(name)=\(below.rawValue) is weaker than p=\(own.rawValue): \(whose) of \(domain) can be forged"
            said.append((weaker, message))
        }
        return said
    }

    private static let values: [String: Set<String>] = [
        "p": ["none", "quarantine", "reject"], "sp": ["none", "quarantine", "reject"],
        "np": ["none", "quarantine", "reject"], "adkim": ["r", "s"], "aspf": ["r", "s"], "t": ["y", "n"],
        "psd": ["y", "n", "u"],
    ]

    private static func tags(_ place: DNSName, _ record: DMARCRecord) -> [(FindingKind, Phrase)] {
        var said: [(FindingKind, Phrase)] = record.strays.map {
            (stray, "\"\($0)\" in \(place) is no tag: receivers may throw the record away")
        }
        var seen: Set<String> = []
        for tag in record.tags {
            guard seen.insert(tag.name).inserted else {
                said.append((repeated, "\(tag.name) stands twice in \(place)"))
                continue
            }
            switch tag.name {
            case "v", "rua", "ruf":
                continue
            case "pct", "rf", "ri":
                let message: Phrase =
                    "\(tag.name)=\(tag.value) in \(place): RFC 9989 has removed \(tag.name), receivers ignore it"
                said.append((removed, message))
            case "fo":
                let parts = tag.value.split(separator: ":").map { $0.filter { $0 != " " } }
                guard parts.isEmpty || !parts.allSatisfy({ ["0", "1", "d", "s"].contains($0.lowercased()) }) else {
                    continue
                }
                said.append((badValue, "fo=\(tag.value) in \(place) is none of 0, 1, d, s"))
            case let name:
                guard let allowed = values[name] else {
                    said.append(
                        (unknown, "\(name)=\(tag.value) in \(place) is no tag of RFC 9989: receivers ignore it"))
                    continue
                }
                // A p without a valid value is said as such.
                guard name != "p", !allowed.contains(tag.value.lowercased()) else { continue }
                let list = allowed.sorted().joined(separator: ", ")
                said.append((badValue, "\(name)=\(tag.value) in \(place) is none of \(list): receivers ignore it"))
            }
        }
        return said
    }

    /// Another organization must say that it takes our reports. `nil` as long as its answer is missing.
    private static func consents(_ record: DMARCRecord, _ place: DNSName, _ facts: inout Facts) -> [Finding]? {
        guard let policyDomain = place.parent else { return [] }
        var findings: [Finding] = []
        var isComplete = true
        for other in record.reportAddresses.domains.prefix(10) where isForeign(other, policyDomain) {
            guard let name = DNSName("\(policyDomain)._report._dmarc.\(other)") else { continue }
            guard let lookup = facts.look(name, .txt), let answer = lookup.ended else {
                isComplete = false
                continue
            }
            if let failure = FailedLookup.finding(answer) {
                findings.append(failure)
            } else if !TextRecords.joined(lookup).contains(where: DMARCRecord.isRecord) {
                let message: Phrase =
                    "\(other) does not say that it takes DMARC reports of \(policyDomain) (no \(name)): none are sent there"
                findings.append(Finding(consent, about: policyDomain.description, message))
            }
        }
        return isComplete ? findings : nil
    }

    /// Names with the same last two labels may be one organization, which needs no consent; we do not claim otherwise.
    private static func isForeign(_ other: DNSName, _ domain: DNSName) -> Bool {
        if other.isWithin(domain) || domain.isWithin(other) { return false }
        return DNSName(unchecked: Array(other.labels.suffix(2))) != DNSName(unchecked: Array(domain.labels.suffix(2)))
    }
}
