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
            Remedy("check the spelling of the domain", .edit), Remedy("look it up once more", .lookUpAgain),
            "try another resolver: --resolver HOST",
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
                        .passed, observed: observed,
                        reading: worst?.phrase ?? "the domain says where its mail goes"))
            }
            let verdict: Outcome.Verdict = worst.kind.severity == .failure ? .failed : .warning
            return .conclude(Outcome(verdict, observed: observed, reading: worst.phrase))
        })
}
