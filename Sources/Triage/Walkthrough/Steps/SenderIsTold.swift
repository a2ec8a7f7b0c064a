import DNS
import MailLog
import MailVocabulary
import SMTP

extension WalkthroughStep {
    /// Seed 004 ends with the other administrator: what to ask for, with the evidence at hand.
    static let senderIsTold = WalkthroughStep(
        id: "sender-is-told", label: "ask",
        goal: "Write to whoever runs the sender's server, with what was found.",
        command: { incident, _ in
            "a text for postmaster@\(incident.inquiry?.domain?.description ?? "the sender's domain")"
        },
        expected: "the error in the sender's queue, or its log of the connection to us",
        remedies: [Remedy("the text into a file, ready to send", .letter)],
        judge: { incident in
            guard incident.inquiry != nil else { return .need([.inquire]) }
            if let message = incident.inquiryMessage, message.outcome == .delivered {
                return .conclude(
                    Outcome(
                        .passed, observed: message.phrase,
                        reading: "nothing to ask of the sender: the message was handed over"))
            }
            return .conclude(
                Outcome(
                    .warning,
                    observed: incident.inquiryTraces.last.map { $0.phrase }
                        ?? "the log knows nothing of the sender",
                    reading: "the answer is at the sender's: its queue has the message and the error"))
        })
}
