import MailVocabulary

extension DNSCheck {
    /// Are the mail exchangers different machines? RFC 5321 §5.1: a second one helps only if it does not fall with the first.
    static let mxTargetsDiffer = DNSCheck(
        name: "mx-targets-differ", mayFind: MXTargetsDiffer.kinds, judge: MXTargetsDiffer.judge)
}

private enum MXTargetsDiffer {
    static let twice = FindingKind("dns.mx.duplicate", .note, .rfc(5321, "5.1"))
    static let sameAddress = FindingKind("dns.mx.same-address", .note, .rfc(5321, "5.1"))
    static let kinds = [twice, sameAddress]

    static func judge(_ subject: DNSSubject, _ answers: DNSAnswers) -> Judgement<DNSQuestion, [Finding]> {
        guard case .domain(let domain) = subject else { return .conclude([]) }
        var facts = Facts(answers)
        guard let lookup = facts.look(domain, .mx), let targets = MXTargets.lookups(of: subject, &facts) else {
            return facts.need
        }
        var (seen, findings): (Set<DNSName>, [Finding]) = ([], [])
        for exchanger in lookup.exchangers where !seen.insert(exchanger.exchange).inserted {
            let message: Phrase = "\(exchanger.exchange) stands more than once among the MX of \(domain)"
            let finding = Finding(twice, about: exchanger.exchange.description, message)
            if !findings.contains(finding) { findings.append(finding) }
        }
        var owners: [IPAddress: DNSName] = [:]
        for (name, lookups) in targets {
            for address in lookups.addresses {
                guard let owner = owners[address], owner != name else {
                    owners[address] = name
                    continue
                }
                let message: Phrase = "\(owner) and \(name) are the same machine (\(address)): if it is down, both are"
                findings.append(Finding(sameAddress, about: name.description, message))
                break
            }
        }
        return .conclude(findings)
    }
}
