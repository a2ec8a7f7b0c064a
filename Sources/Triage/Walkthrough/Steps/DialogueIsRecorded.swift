import DNS
import MailLog
import MailVocabulary
import SMTP

extension WalkthroughStep {
    /// Seed 004: an injection debug log keeps the whole dialogue of one sending address.
    static let dialogueIsRecorded = WalkthroughStep(
        id: "dialogue-is-recorded", label: "debug log",
        goal: "If the log says too little, let the gateway record the sender's next attempt word by word.",
        command: { incident, _ in
            "on a Cisco ESA: logconfig, new, Injection Debug Logs, address \(incident.inquiryNeedles.dropFirst().first ?? "ADDRESS")"
        },
        expected: "the SMTP dialogue of the next attempt",
        remedies: [
            "have the sender try again, then open the new log here: :log open PATH",
            "on Postfix: debug_peer_list = ADDRESS; on Exim: exim -d or log_selector = +smtp_protocol_error",
        ],
        judge: { incident in
            guard incident.inquiry != nil else { return .need([.inquire]) }
            if let message = incident.inquiryMessage {
                return .conclude(
                    Outcome(
                        .passed, observed: "not needed: \(message.key) tells enough",
                        reading: "the ordinary log has the whole story"))
            }
            return .conclude(
                Outcome(
                    .warning, observed: "the ordinary log does not know the message",
                    reading: "a debug log of the sender's address would show how far it comes"))
        })
}
