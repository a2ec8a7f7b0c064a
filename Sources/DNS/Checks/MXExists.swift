import MailVocabulary

extension DNSCheck {
    /// Does anybody take mail for the domain? RFC 5321 §5.1: its MX, or, without MX, its own address.
    static let mxExists = DNSCheck(name: "mx-exists", mayFind: MXExists.kinds, judge: MXExists.judge)
}

private enum MXExists {
    static let found = FindingKind("dns.mx.found", .fine, .rfc(5321, "5.1"))
    static let many = FindingKind("dns.mx.many", .note, .rfc(5321, "5.1"))
    static let implicit = FindingKind("dns.mx.implicit", .warning, .rfc(5321, "5.1"))
    static let none = FindingKind("dns.mx.none", .failure, .rfc(5321, "5.1"))
    static let noDomain = FindingKind("dns.domain.absent", .failure, .rfc(2308, "2.1"))
    static let kinds = [found, many, implicit, none, noDomain] + FailedLookup.kinds

    static func judge(_ subject: DNSSubject, _ answers: DNSAnswers) -> Judgement<DNSQuestion, [Finding]> {
        guard case .domain(let domain) = subject else { return .conclude([]) }
        var facts = Facts(answers)
        guard let lookup = facts.look(domain, .mx), let answer = lookup.ended else { return facts.need }
        if let failure = FailedLookup.finding(answer) { return .conclude([failure]) }
        guard case .absent(let absence) = answer.outcome else {
            return .conclude(exchangers(domain, lookup.exchangers, answer))
        }
        switch absence {
        case .noSuchName:
            let name: Phrase = lookup.aliases.last.map { "\(domain) is an alias of \($0), which" } ?? "\(domain)"
            let message: Phrase = "\(name) does not exist (NXDOMAIN from \(answer.source)): no mail can be sent to it"
            return .conclude([Finding(noDomain, about: domain.description, message)])
        case .aliasLoop, .aliasChain:
            let message: Phrase = "\(domain) cannot receive mail: \(answer.reason ?? Phrase(quoting: absence.rawValue))"
            return .conclude([Finding(none, about: domain.description, message)])
        case .noSuchRecord:
            guard let lookups = facts.lookAtAddresses(of: domain) else { return facts.need }
            return .conclude(withoutMX(domain, lookups, answer))
        }
    }

    private static func exchangers(_ domain: DNSName, _ all: [MailExchanger], _ answer: DNSAnswer) -> [Finding] {
        let hosts = all.filter { !$0.isNull }
        guard !hosts.isEmpty else { return [] }
        let list = hosts.prefix(10).map { "\($0.exchange) (\($0.preference))" }.joined(separator: ", ")
        let rest: Phrase = hosts.count > 10 ? " and \(hosts.count - 10) more" : ""
        var findings = [
            Finding(
                found, about: domain.description, "mail for \(domain) goes to \(list)\(rest); from \(answer.source)")
        ]
        if hosts.count > ExchangerTable.lookupLimit {
            let message: Phrase =
                "\(domain) has \(hosts.count) mail exchangers; only the first \(ExchangerTable.lookupLimit) are looked up"
            findings.append(Finding(many, about: domain.description, message))
        }
        return findings
    }

    private static func withoutMX(_ domain: DNSName, _ lookups: [DNSLookup], _ answer: DNSAnswer) -> [Finding] {
        let addresses = lookups.addresses
        if !addresses.isEmpty {
            let list = addresses.map(\.description).joined(separator: ", ")
            let message: Phrase = "\(domain) has no MX: senders deliver to its own address \(list) (implicit MX)"
            return [Finding(implicit, about: domain.description, message)]
        }
        let failures = lookups.compactMap(\.ended).compactMap(FailedLookup.finding)
        guard failures.isEmpty else { return failures }
        let message: Phrase =
            "\(domain) has no MX and no address (NODATA from \(answer.source)): it cannot receive mail"
        return [Finding(none, about: domain.description, message)]
    }
}
