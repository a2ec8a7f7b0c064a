import DNS
import MailLog
import MailVocabulary
import SMTP

extension WalkthroughStep {
    /// Seed 004: by the MID one sees scanning, filters and the attempt to deliver.
    static let messageWasDelivered = WalkthroughStep(
        id: "message-was-delivered", label: "verdict",
        goal: "Follow the message to its end: filters, queue, next server.",
        command: { incident, _ in incident.inquiryMessage.map { "the story of \($0.key)" } ?? "no message was found" },
        expected: "delivered, with the next server's reply",
        remedies: [
            "dropped or quarantined: release it, or change the rule",
            "delayed or bounced: the next server's words say why",
            "delivered: ask the next server's administrator, with the id in its reply",
        ],
        judge: { incident in
            guard let message = incident.inquiryMessage else {
                return .conclude(
                    Outcome(.warning, observed: "no message was found", reading: "see the steps that follow"))
            }
            let verdict: Outcome.Verdict =
                switch message.outcome {
                case .delivered: .passed
                case .pending, .delayed: .warning
                case .bounced, .expired, .quarantined, .dropped, .rejected, .aborted: .failed
                }
            let reading: Phrase =
                switch message.outcome {
                case .delivered: "it was handed over: look in the mailbox, its junk folder and its rules"
                case .pending, .delayed: "it is still on its way here"
                case .bounced, .expired: "it could not be delivered, and its sender was told"
                case .quarantined: "it waits in quarantine"
                case .dropped: "a filter threw it away, and nobody was told"
                case .rejected, .aborted: "it never came in"
                }
            return .conclude(Outcome(verdict, observed: message.phrase, reading: reading))
        })
}
