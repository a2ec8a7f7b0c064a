import DNS
import MailLog
import MailVocabulary
import SMTP

extension WalkthroughStep {
    /// Seed 001: RCPT TO, with the delivery reports asked for.
    static let recipientIsAccepted = WalkthroughStep(
        id: "recipient-is-accepted", label: "RCPT TO",
        goal: "Name the recipient. Nothing is sent yet.",
        command: { _, plan in
            let recipient = plan.recipients.first
            let notify = recipient.map { $0.notify.map(\.rawValue).joined(separator: ",") } ?? ""
            return "RCPT TO:<\(recipient?.forwardPath ?? "")>" + (notify.isEmpty ? "" : " NOTIFY=\(notify)")
        },
        expected: "250, often 2.1.5",
        remedies: [
            Remedy(
                "550 5.1.1: check the address; is this the right server for the domain?", .edit,
                after: [501, 511, 550, 551, 553]),
            Remedy(
                "450 or 451: greylisting perhaps; try again in 5 to 15 minutes from the same address", .again,
                after: [450, 451]),
            Remedy(
                "554 relay denied: this is not the MX of that domain, or we must log in", .probe(.postmaster),
                after: [454, 530, 550, 554, 571]),
        ],
        judge: { judge($0, .recipient, passed: "the server takes mail for this recipient") })
}
