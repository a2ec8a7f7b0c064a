import DNS
import MailLog
import MailVocabulary
import SMTP

extension WalkthroughStep {
    /// Seed 004: missing or silent reverse DNS of the sender delays greetings and loses mail.
    static let sourceHasReverseDNS = WalkthroughStep(
        id: "source-has-reverse-dns", label: "reverse DNS",
        goal: "See whether our own address has reverse DNS that leads back to it.",
        command: { incident, _ in "look up PTR \(incident.main?.local?.address.description ?? "of our address")" },
        expected: "one name, whose address is ours again, within a second",
        remedies: [
            "ask whoever owns the address range to set the PTR record",
            "silent: the reverse zone's name servers are down; have them repaired or the delegation corrected",
        ],
        judge: { incident in
            if let outcome = incident.withoutConnection { return .conclude(outcome) }
            guard let address = incident.main?.local?.address else { return .need([.converse(upTo: .connect)]) }
            let subject = DNSSubject.address(address, role: .source)
            guard let examination = incident.examinations[subject] else { return .need([.examine(subject)]) }
            guard examination.isFinished else { return .need([.wait]) }
            guard let worst = examination.findings.max(by: { $0.kind.severity < $1.kind.severity }) else {
                return .need([.wait])
            }
            let verdict: Outcome.Verdict =
                worst.kind.severity <= .note ? .passed : worst.kind.severity >= .delay ? .failed : .warning
            let observed = incident.reverseAnswer(of: address).map { $0.outcome.words(for: $0) } ?? worst.phrase
            if verdict == .passed, address.isPrivate, worst.kind.code == "dns.ptr.absent" {
                return .conclude(
                    Outcome(
                        .passed, observed: observed,
                        reading:
                            "\(address) is private: only this network sees it, the world sees another address of ours"))
            }
            return .conclude(
                Outcome(
                    verdict, observed: observed,
                    reading: incident.slowGreetingStory?.phrase ?? worst.phrase))
        })
}
