import MailVocabulary

extension DNSCheck {
    /// Does the name after EHLO lead to the address that says it? RFC 5321 §4.1.4: a server may look, and must not refuse for that
    /// alone; many do all the same, or score it.
    static let helloNameIsOurs = DNSCheck(
        name: "hello-name-is-ours", mayFind: HelloNameIsOurs.kinds, judge: HelloNameIsOurs.judge)
}

private enum HelloNameIsOurs {
    static let confirmed = FindingKind("dns.helo.confirmed", .fine, .rfc(5321, "4.1.4"))
    static let unresolved = FindingKind("dns.helo.unresolved", .warning, .rfc(5321, "4.1.4"))
    static let elsewhere = FindingKind("dns.helo.elsewhere", .warning, .rfc(5321, "4.1.4"))
    static let notPointer = FindingKind("dns.helo.not-ptr", .note, .rfc(5321, "4.1.4"))
    static let kinds = [confirmed, unresolved, elsewhere, notPointer] + FailedLookup.kinds

    static func judge(_ subject: DNSSubject, _ answers: DNSAnswers) -> Judgement<DNSQuestion, [Finding]> {
        guard case .sender(let sender) = subject, sender.isHelloNameKnown, !sender.source.isPrivate,
            let host = DNSName(sender.helloName), host.labels.count > 1, IPAddress(sender.helloName) == nil
        else { return .conclude([]) }
        var facts = Facts(answers)
        let pointer = facts.look(DNSName(reverse: sender.source), .ptr)
        guard let lookups = facts.lookAtAddresses(of: host), let pointer else { return facts.need }
        let finding = { Finding($0, about: host.description, $1) }
        let addresses = lookups.addresses
        guard addresses.contains(sender.source) else {
            let failures = lookups.compactMap(\.ended).compactMap(FailedLookup.finding)
            guard failures.isEmpty else { return .conclude(failures) }
            guard !addresses.isEmpty else {
                let message: Phrase =
                    "the EHLO name \(host) has no address (\(lookups.reason ?? "")): some receivers refuse it"
                return .conclude([finding(unresolved, message)])
            }
            let list = addresses.prefix(4).map(\.description).joined(separator: ", ")
            let message: Phrase =
                "the EHLO name \(host) leads to \(list), not to \(sender.source): some receivers refuse or score that"
            return .conclude([finding(elsewhere, message)])
        }
        let names: [DNSName] = pointer.records.compactMap {
            guard case .name(let name) = $0.data else { return nil }
            return name
        }
        guard names.isEmpty || names.contains(host) else {
            let list = names.prefix(4).map(\.description).joined(separator: ", ")
            let message: Phrase =
                "the EHLO name \(host) is not the PTR name of \(sender.source) (\(list)): that is allowed, and some "
                + "receivers score it"
            return .conclude([finding(notPointer, message)])
        }
        return .conclude([finding(confirmed, "the EHLO name \(host) leads to \(sender.source)")])
    }
}
