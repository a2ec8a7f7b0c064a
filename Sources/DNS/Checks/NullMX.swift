import MailVocabulary

extension DNSCheck {
    /// Does the domain say that it takes no mail, and says it rightly? RFC 7505 §3.
    static let nullMX = DNSCheck(name: "null-mx", mayFind: NullMX.kinds, judge: NullMX.judge)
}

private enum NullMX {
    static let null = FindingKind("dns.mx.null", .note, .rfc(7505, "3"))
    static let mixed = FindingKind("dns.mx.null-mixed", .failure, .rfc(7505, "3"))
    static let preference = FindingKind("dns.mx.null-preference", .warning, .rfc(7505, "3"))
    static let sends = FindingKind("dns.mx.null-sends", .warning, .rfc(7505, "4.2"))
    static let kinds = [null, mixed, preference, sends]

    static func judge(_ subject: DNSSubject, _ answers: DNSAnswers) -> Judgement<DNSQuestion, [Finding]> {
        guard case .domain(let domain) = subject else { return .conclude([]) }
        var facts = Facts(answers)
        guard let lookup = facts.look(domain, .mx) else { return facts.need }
        let (nulls, hosts) = (lookup.exchangers.filter(\.isNull), lookup.exchangers.filter { !$0.isNull })
        guard let first = nulls.first else { return .conclude([]) }
        guard let text = facts.look(domain, .txt) else { return facts.need }
        var findings: [Finding] = []
        let permission = TextRecords.joined(text).filter(SPFRecord.isRecord).lazy
            .flatMap { SPFRecord($0).mechanisms }.first { $0.qualifier == .pass }
        if hosts.isEmpty, let permission {
            let message: Phrase =
                "\(domain) takes no mail, yet its SPF lets \(permission.text) send in its name: "
                + "many receivers refuse such a sender"
            findings.append(Finding(sends, about: domain.description, message))
        }
        if hosts.isEmpty {
            let message: Phrase = "\(domain) takes no mail: its only MX is null (`\(first.preference) .`)"
            findings.append(Finding(null, about: domain.description, message))
        } else {
            let message: Phrase =
                "\(domain) has a null MX beside \(hosts.count) other\(hosts.count == 1 ? "" : "s"): "
                + "some senders refuse, some deliver"
            findings.append(Finding(mixed, about: domain.description, message))
        }
        if first.preference != 0 {
            let message: Phrase = "the null MX of \(domain) has preference \(first.preference); it must be 0"
            findings.append(Finding(preference, about: domain.description, message))
        }
        return .conclude(findings)
    }
}
