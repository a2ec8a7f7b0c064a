import DNS
import MailLog
import MailVocabulary
import SMTP

extension WalkthroughStep {
    /// Seed 002: the test needs a sender that can receive the report.
    static let senderTakesReports = WalkthroughStep(
        id: "sender-takes-reports", label: "sender",
        goal: "Make sure that a report has somewhere to go: a sender whose domain takes mail.",
        command: { _, plan in
            plan.reversePath.isEmpty ? "the sender is <>" : "look up MX \(Mailbox(plan.reversePath)?.domain ?? "")"
        },
        expected: "a sender of your own, whose domain has an exchanger",
        remedies: [
            Remedy("give a sender that you can read", .edit),
            "the domain takes no mail: reports to it are lost, whatever the server does",
        ],
        judge: { incident in
            guard let path = incident.main?.plan.reversePath else {
                return .need([.converse(upTo: .hello)])
            }
            guard let mailbox = Mailbox(path), let domain = DNSName(mailbox.domain) else {
                return .conclude(
                    Outcome(
                        .failed, observed: path.isEmpty ? "the sender is <>" : "<\(path)>",
                        reading: "no report is ever sent to it: give a sender of your own"))
            }
            let subject = DNSSubject.domain(domain)
            guard let examination = incident.examinations[subject] else { return .need([.examine(subject)]) }
            guard let answer = examination.answers[DNSQuestion(domain, .mx)], examination.isFinished else {
                return .need([.wait])
            }
            let fatal = examination.findings.first {
                $0.kind.severity == .failure
                    && ($0.kind.code.hasPrefix("dns.mx.") || $0.kind.code.hasPrefix("dns.domain.")
                        || $0.kind.code.hasPrefix("dns.lookup."))
            }
            return .conclude(
                Outcome(
                    fatal == nil ? .passed : .failed, observed: answer.outcome.words(for: answer),
                    reading: fatal?.phrase ?? "reports can find their way to \(path)"))
        })
}
