import MailVocabulary

extension DNSCheck {
    /// Can receivers evaluate the SPF record, with all that it includes, within their limits? RFC 7208 §4.6.4.
    static let spfHolds = DNSCheck(name: "spf-holds", mayFind: SPFHolds.kinds, judge: SPFHolds.judge)
}

private enum SPFHolds {
    static let syntax = FindingKind("dns.spf.syntax", .failure, .rfc(7208, "4.6"))
    static let cost = FindingKind("dns.spf.cost", .fine, .rfc(7208, "4.6.4"))
    static let lookups = FindingKind("dns.spf.lookups", .failure, .rfc(7208, "4.6.4"))
    static let voids = FindingKind("dns.spf.voids", .failure, .rfc(7208, "4.6.4"))
    static let loop = FindingKind("dns.spf.loop", .failure, .rfc(7208, "5.2"))
    static let includeNone = FindingKind("dns.spf.include-none", .failure, .rfc(7208, "5.2"))
    static let includeMultiple = FindingKind("dns.spf.include-multiple", .failure, .rfc(7208, "4.5"))
    static let manyExchangers = FindingKind("dns.spf.many-exchangers", .failure, .rfc(7208, "4.6.4"))
    static let pointer = FindingKind("dns.spf.ptr", .warning, .rfc(7208, "5.5"))
    static let openToAll = FindingKind("dns.spf.passes-all", .warning, .rfc(7208, "5.1"))
    static let neutralToAll = FindingKind("dns.spf.neutral-to-all", .note, .rfc(7208, "5.1"))
    static let noEnd = FindingKind("dns.spf.no-end", .note, .rfc(7208, "4.7"))
    static let afterAll = FindingKind("dns.spf.after-all", .note, .rfc(7208, "5.1"))
    static let glued = FindingKind("dns.spf.glued", .warning, .rfc(7208, "3.3"))
    static let long = FindingKind("dns.spf.long", .note, .rfc(7208, "3.4"))
    static let kinds =
        [
            syntax, cost, lookups, voids, loop, includeNone, includeMultiple, manyExchangers, pointer, openToAll,
            neutralToAll, noEnd, afterAll, glued, long,
        ] + FailedLookup.kinds

    static func judge(_ subject: DNSSubject, _ answers: DNSAnswers) -> Judgement<DNSQuestion, [Finding]> {
        guard case .domain(let domain) = subject else { return .conclude([]) }
        var facts = Facts(answers)
        guard let tree = SPFTree(of: domain, &facts) else { return facts.need }
        // No record, two records and no answer are said by `spf-is-single`.
        guard let record = tree.root.record else { return .conclude([]) }
        let finding = { Finding($0, about: domain.description, $1) }
        var findings = tree.troubles.compactMap { self.finding($0, tree, finding) }
        if tree.voids > SPFLimit.voids {
            let message: Phrase =
                "SPF of \(domain) has \(tree.voids) lookups that find nothing; \(SPFLimit.voids) are allowed, "
                + "then receivers stop with a permanent error"
            findings.append(finding(voids, message))
        }
        findings += ending(domain, record).map(finding)
        findings += shape(domain, facts.look(domain, .txt)).map(finding)
        if !findings.contains(where: { $0.kind.severity == .failure }) {
            let message: Phrase =
                "SPF of \(domain) costs \(least(tree))\(tree.lookups) of \(SPFLimit.lookups) "
                + "lookups and \(tree.voids) of \(SPFLimit.voids) void ones, in the worst case"
            findings.append(finding(cost, message))
        }
        return .conclude(findings)
    }

    private static func least(_ tree: SPFTree) -> Phrase { tree.isLowerBound ? "at least " : "" }

    private static func finding(
        _ trouble: SPFTree.Trouble, _ tree: SPFTree, _ finding: (FindingKind, Phrase) -> Finding
    ) -> Finding? {
        switch trouble {
        case .syntax(let place, let fault):
            return finding(
                syntax, "the SPF record of \(place) is a permanent error to receivers: \(fault.phrase)")
        case .loop(let place, let term):
            return finding(loop, "SPF leads in a circle: \(term) of \(place) names a record above it")
        case .noRecord(let place, let term, let target):
            return finding(
                includeNone, "\(term) of \(place): \(target) has no SPF record, a permanent error to receivers")
        case .twoRecords(let place, let term, let target, let count):
            return finding(
                includeMultiple,
                "\(term) of \(place): \(target) has \(count) SPF records, a permanent error to receivers")
        case .unanswered(let answer):
            return FailedLookup.finding(answer)
        case .manyExchangers(let place, let term, let count):
            return finding(
                manyExchangers,
                "\(term) of \(place) has \(count) hosts; \(SPFLimit.exchangers) are allowed, then it is a permanent error"
            )
        case .pointer(let place, let term):
            return finding(pointer, "\(term) of \(place): ptr is slow, and RFC 7208 says not to use it")
        case .tooMany(let place, let term):
            return finding(
                lookups,
                "SPF of \(tree.root.domain) needs \(least(tree))\(tree.lookups) lookups; "
                    + "\(SPFLimit.lookups) are allowed: receivers stop at \(term) of \(place) with a permanent error")
        }
    }

    /// How the record ends: what becomes of everybody whom it does not name.
    private static func ending(_ domain: DNSName, _ record: SPFRecord) -> [(FindingKind, Phrase)] {
        guard let all = record.all else {
            guard record.redirect == nil, record.faults.isEmpty else { return [] }
            return [(noEnd, "the SPF record of \(domain) has neither all nor redirect: everybody else is neutral")]
        }
        var said: [(FindingKind, Phrase)] = []
        switch all.qualifier {
        case .pass:
            said.append((openToAll, "\(all.text) in the SPF record of \(domain) lets the whole world send in its name"))
        case .neutral:
            said.append((neutralToAll, "\(all.text) in the SPF record of \(domain) says nothing about everybody else"))
        case .fail, .softfail, .none, .temperror, .permerror:
            break
        }
        let behind = record.terms.filter { $0.position > all.position && $0.isMechanism }
        if let first = behind.first {
            let message: Phrase =
                "\(first.text) stands behind \(all.text) in the SPF record of \(domain): nobody looks at it"
            said.append((afterAll, message))
        }
        return said
    }

    /// How the record is cut into strings, and how long it is.
    private static func shape(_ domain: DNSName, _ lookup: DNSLookup?) -> [(FindingKind, Phrase)] {
        guard let lookup else { return [] }
        var said: [(FindingKind, Phrase)] = []
        for record in lookup.records {
            guard case .text(let strings) = record.data, SPFRecord.isRecord(Array(strings.joined())) else { continue }
            for (first, second) in zip(strings, strings.dropFirst()) where isGlued(first, second) {
                let (end, start) = (first.suffix(24), second.prefix(24))
                said.append(
                    (
                        glued,
                        "two strings of the SPF record of \(domain) are joined without a space: "
                            + "\(PresentationText.quoted(end)) and \(PresentationText.quoted(start))"
                    ))
            }
            let count = strings.reduce(0) { $0 + $1.count }
            if count > 450 {
                let message: Phrase =
                    "the SPF record of \(domain) has \(count) bytes: above 450 the answer may not fit into a datagram"
                said.append((long, message))
            }
        }
        return said
    }

    /// The end of one string and the start of the next make one word, and the next looks like a term of its own.
    private static func isGlued(_ first: [UInt8], _ second: [UInt8]) -> Bool {
        guard let end = first.last, end != 0x20, let start = second.first, start != 0x20 else { return false }
        let bare = second.first.map { Array("+-~?".utf8).contains($0) } == true ? Array(second.dropFirst()) : second
        let beginnings = ["include:", "ip4:", "ip6:", "a:", "mx:", "mx ", "a ", "exists:", "redirect=", "ptr", "all"]
        return beginnings.contains { TextRecords.begins(bare, with: $0) } || bare == Array("mx".utf8)
            || bare == Array("a".utf8)
    }
}
