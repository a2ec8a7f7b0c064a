import DNS
import MailLog
import MailVocabulary
import SMTP

extension WalkthroughStep {
    /// Seed 004: play the sender's server by hand; the gateway treats us as it would treat it.
    static let gatewayTakesFromSender = WalkthroughStep(
        id: "gateway-takes-from-sender", label: "test",
        goal: "Play the sender's server: would the gateway take this message from outside?",
        command: { incident, plan in
            let asked = incident.inquiry?.recipient ?? ""
            let recipient = asked.isEmpty ? plan.recipients.first?.forwardPath ?? "" : asked
            return "MAIL FROM:<\(incident.inquiry?.sender ?? plan.reversePath)>, RCPT TO:<\(recipient)>, then stop"
        },
        expected: "250 to both: nothing is sent",
        remedies: [
            "accepted: the trouble is at the sender's side, or at its address; its administrator has the error",
            "refused: the reply says why; the sender's server got the same",
            Remedy("give the gateway as the server", .edit),
        ],
        judge: { incident in
            judge(
                incident, .recipient,
                passed: "the gateway takes mail for this recipient: the trouble is on the sender's side")
        })
}
