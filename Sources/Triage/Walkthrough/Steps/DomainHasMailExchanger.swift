import DNS
import MailLog
import MailVocabulary
import SMTP

extension WalkthroughStep {
    /// Seed procedure: find the exchanger with nslookup before anything else.
    static let domainHasMailExchanger = WalkthroughStep(
        id: "domain-has-mail-exchanger", label: "DNS",
        goal: "Find out which server takes mail for the domain.",
        command: { incident, plan in "look up MX \(incident.domain?.description ?? plan.target.name)" },
        expected: "at least one MX record whose host has an address",
        remedies: [
            "ask whoever runs the domain's name servers to publish an MX record",
            Remedy("check the spelling of the domain", .edit), Remedy("look it up once more", .lookUpAgain), "try another resolver: --resolver HOST",
        ],
        judge: { incident in
            guard let domain = incident.domain else {
                return .conclude(
                    Outcome(.passed, observed: "a host was named", reading: "no MX lookup is needed for a host"))
            }
            let subject = DNSSubject.domain(domain)
            guard let examination = incident.examinations[subject] else { return .need([.examine(subject)]) }
            guard let answer = examination.answers[DNSQuestion(domain, .mx)] else { return .need([.wait]) }
            let observed = answer.outcome.words(for: answer)
            let ofExchangers = ["dns.mx.", "dns.domain.", "dns.lookup."]
            let worst = examination.findings
                .filter { finding in ofExchangers.contains { finding.kind.code.hasPrefix($0) } }
                .max { $0.kind.severity < $1.kind.severity }
            guard let worst, worst.kind.severity > .note else {
                guard examination.isFinished || !answer.records.isEmpty else { return .need([.wait]) }
                return .conclude(
                    Outcome(
                        .passed, observed: Phrase(quoting: observed), reading: worst?.phrase ?? "the domain says where its mail goes"))
            }
            let verdict: Outcome.Verdict = worst.kind.severity == .failure ? .failed : .warning
            return .conclude(Outcome(verdict, observed: Phrase(quoting: observed), reading: worst.phrase))
        })
}

extension DNSAnswer.Outcome {
    /// The answer in a few words, the kinds of "no answer" kept apart.
    public func words(for answer: DNSAnswer) -> String {
        let took = "in \(answer.took.brief) from \(answer.server)"
        switch self {
        case .found:
            let records = answer.records.map(\.data.words)
            return records.isEmpty ? "an alias only, \(took)" : "\(records.joined(separator: ", ")), \(took)"
        case .absent(let absence): return "absent (\(absence.rawValue)), \(took)"
        case .refused: return "the server refused to answer, \(took)"
        case .serverFailure: return "server failure (SERVFAIL), \(took)"
        case .lame: return "the server does not know the zone (lame), \(took)"
        case .otherError(let code): return "error code \(code), \(took)"
        case .silent: return "no answer after \(answer.took.brief) from \(answer.server)"
        case .unreachable(let why): return "name server unreachable: \(why)"
        case .malformed(let what): return "malformed answer (\(what)), \(took)"
        }
    }
}

extension RecordData {
    /// The record in its master-file words, without name and type.
    public var words: String {
        switch self {
        case .address(let address): address.description
        case .exchange(let exchanger): "\(exchanger.preference) \(exchanger.exchange)"
        case .name(let name): name.description
        case .text(let strings): strings.map { String(decoding: $0, as: UTF8.self) }.joined()
        case .startOfAuthority(let primary, let serial, _): "\(primary) \(serial)"
        case .other(let bytes): "\(bytes.count) bytes"
        }
    }
}
