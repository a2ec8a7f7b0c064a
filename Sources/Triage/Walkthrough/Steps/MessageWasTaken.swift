import DNS
import MailLog
import MailVocabulary
import SMTP

extension WalkthroughStep {
    /// Seed 004: the MID says that the message came in.
    static let messageWasTaken = WalkthroughStep(
        id: "message-was-taken", label: "MID",
        goal: "Find the very message, from this sender to this recipient.",
        command: { incident, _ in
            incident.inquiryMessage.map { "all lines of \($0.key)" }
                ?? "look for messages from \(incident.inquiry?.sender ?? "the sender")"
        },
        expected: "a message of that sender, with an id of the gateway's",
        remedies: [
            "other messages, not this one: it is still at the sender's, or went to another gateway",
            "refused at RCPT: the reply in the log says why",
        ],
        judge: { incident in
            guard incident.inquiry != nil else { return .need([.inquire]) }
            if let message = incident.inquiryMessage {
                let isIn = message.outcome != .rejected && message.outcome != .aborted
                return .conclude(
                    Outcome(
                        isIn ? .passed : .failed, observed: message.phrase,
                        reading: isIn ? "the gateway took the message" : "the gateway did not take the message"))
            }
            let others = incident.inquiryTraces.flatMap(\.messages).count
            return .conclude(
                Outcome(
                    .failed,
                    observed: others == 0
                        ? "no message came with them"
                        : "\(others) messages, none of them from that sender to that recipient",
                    reading: "this message did not come in here"))
        })
}
