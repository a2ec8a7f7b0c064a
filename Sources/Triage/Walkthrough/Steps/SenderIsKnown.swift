import DNS
import MailLog
import MailVocabulary
import SMTP

extension WalkthroughStep {
    /// Seed 004 begins with the sender: best known from its administrator, else from its domain.
    static let senderIsKnown = WalkthroughStep(
        id: "sender-is-known", label: "sender",
        goal: "Know who is said to have written: an address, or at least a domain.",
        command: { incident, _ in incident.inquiry.map { "sender \($0.sender)" } ?? "ask whoever waits for the message"
        },
        expected: "the sender's address or domain, and the recipient's",
        remedies: ["ask for a copy of the message that was sent, or of the error that came back: it holds the answer"],
        judge: { incident in
            guard let inquiry = incident.inquiry else { return .need([.inquire]) }
            guard let domain = inquiry.domain else {
                return .conclude(
                    Outcome(
                        .failed, observed: "\(inquiry.sender) is neither an address nor a domain",
                        reading: "type it as user@example.org, or example.org"))
            }
            return .conclude(
                Outcome(
                    .passed,
                    observed: inquiry.recipient.isEmpty
                        ? Phrase(quoting: inquiry.sender) : "\(inquiry.sender) to \(inquiry.recipient)",
                    reading: "we look for mail from \(domain)"))
        })
}
