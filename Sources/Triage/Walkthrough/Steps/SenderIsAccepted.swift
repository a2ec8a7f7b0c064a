import DNS
import MailLog
import MailVocabulary
import SMTP

extension WalkthroughStep {
    /// Seed 001: MAIL FROM.
    static let senderIsAccepted = WalkthroughStep(
        id: "sender-is-accepted", label: "MAIL FROM",
        goal: "Tell the server who the envelope sender is. Bounces go there.",
        command: { _, plan in "MAIL FROM:<\(plan.reversePath)>" },
        expected: "250, often 2.1.0",
        remedies: [
            Remedy("530 5.7.1: this listener wants a login; use the MX port 25, or AUTH", after: [530]),
            "use a sender whose domain exists and has an MX",
            "ask the server's administrator whether our address is let in",
        ],
        judge: { judge($0, .sender, passed: "the server takes mail from this sender") })
}
