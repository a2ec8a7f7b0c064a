import MailVocabulary

extension DNSCheck {
    /// Does the domain say that it takes no mail, and says it rightly? RFC 7505 §3.
    static let nullMX = DNSCheck(name: "null-mx", mayFind: NullMX.kinds, judge: NullMX.judge)
}

private enum NullMX {
    static let null = FindingKind("dns.mx.null", .note, .rfc(7505, "3"))
    static let mixed = FindingKind("dns.mx.null-mixed", .failure, .rfc(7505, "3"))
    static let preference = FindingKind("dns.mx.null-preference", .warning, .rfc(7505, "3"))
    static let kinds = [null, mixed, preference]

    static func judge(_ subject: DNSSubject, _ answers: DNSAnswers) -> Judgement<DNSQuestion, [Finding]> {
        guard case .domain(let domain) = subject else { return .conclude([]) }
        var facts = Facts(answers)
        guard let lookup = facts.look(domain, .mx) else { return facts.need }
        let (nulls, hosts) = (lookup.exchangers.filter(\.isNull), lookup.exchangers.filter { !$0.isNull })
        guard let first = nulls.first else { return .conclude([]) }
        var findings: [Finding] = []
        if hosts.isEmpty {
            let message = "\(domain) takes no mail: its only MX is null (`\(first.preference) .`)"
            findings.append(Finding(null, about: domain.description, message))
        } else {
            let message =
                "\(domain) has a null MX beside \(hosts.count) other\(hosts.count == 1 ? "" : "s"): "
                + "some senders refuse, some deliver"
            findings.append(Finding(mixed, about: domain.description, message))
        }
        if first.preference != 0 {
            let message = "the null MX of \(domain) has preference \(first.preference); it must be 0"
            findings.append(Finding(preference, about: domain.description, message))
        }
        return .conclude(findings)
    }
}
