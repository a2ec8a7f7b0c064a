import DNS
import MailLog
import MailVocabulary
import SMTP

extension WalkthroughStep {
    /// RFC 5321 §4.5.5: delivery reports come from the null reverse-path, so no policy about senders applies to it.
    static let nullSenderIsAccepted = WalkthroughStep(
        id: "null-sender-is-accepted", label: "sender <>",
        goal: "Ask for the same recipient with the sender of delivery reports: is it our sender's address?",
        command: { _, plan in "MAIL FROM:<>, then RCPT TO:<\(plan.recipients.first?.forwardPath ?? "")>" },
        expected: "250: delivery reports must be able to come in (RFC 6522, RFC 5321 §4.5.5)",
        remedies: [
            Remedy(
                "accepted: the refusal is about our sender; look at SPF and at the sender's domain", .edit,
                in: .accepted),
            Remedy("refused too: it is not the sender's address", in: .refused),
        ],
        judge: { incident in
            if incident.main?.ended(.recipient)?.verdict == .done {
                return .conclude(
                    Outcome(.passed, observed: "not needed", reading: "the recipient was accepted from our sender"))
            }
            guard let main = incident.main else { return .need([.converse(upTo: .recipient)]) }
            if main.plan.reversePath.isEmpty {
                return .conclude(
                    Outcome(
                        .passed, observed: "the sender was <> from the start",
                        reading: "it cannot be about the sender's address"))
            }
            let judgement = judge(
                incident, .nullSender, .recipient, passed: "with <> the recipient is accepted: it is about our sender")
            guard case .conclude(var outcome) = judgement else { return judgement }
            switch outcome.verdict {
            case .passed:
                (outcome.verdict, outcome.turn) = (.warning, .accepted)
                outcome.causes = ["\(main.plan.reversePath) is not welcome there"]
            case .failed:
                // What was asked is answered, and the answer clears the sender.
                (outcome.verdict, outcome.turn) = (.warning, .refused)
                outcome.reading = "refused from <> too: it is not about the sender's address"
            case .warning: break
            }
            return .conclude(outcome)
        })
}
