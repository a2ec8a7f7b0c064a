import DNS
import MailLog
import MailVocabulary
import SMTP

extension WalkthroughStep {
    /// Seeds 000 to 003: DATA, a test message, the final dot and the id in the 250.
    static let messageIsQueued = WalkthroughStep(
        id: "message-is-queued", label: "DATA",
        goal: "Really send one test message, and note the id that the server gives it.",
        command: { _, plan in "DATA, then \"Subject: \(plan.message.subject)\" and a full stop on a line of its own" },
        expected: "354, then 250 with the server's id for the message",
        remedies: [
            "read the server's words after the final dot: content, size or policy",
            "send a plain short text to tell content from path",
            "connection lost after the dot: the message may have been taken; look in the log before sending again",
        ],
        judge: { incident in
            if incident.main?.isOpen == true, incident.main?.ended(.data) == nil,
                incident.main?.ended(.endOfData) == nil, incident.main?.ended(.recipient)?.verdict == .done
            {
                return .need([.confirmSending])
            }
            if incident.main?.isOpen == true, let recipient = incident.main?.ended(.recipient),
                ![.done, .warning].contains(recipient.verdict)
            {
                return .conclude(
                    Outcome(
                        .failed, observed: "no recipient was accepted",
                        reading: "there is nobody to send a message to; see the step before"))
            }
            let stage: SessionStage = incident.main?.ended(.endOfData) == nil ? .data : .endOfData
            return judge(incident, stage, passed: "the server has taken responsibility for the message")
        })
}
