import DNS
import MailLog
import MailVocabulary
import SMTP

extension WalkthroughStep {
    /// The id of the 250 is the thread that is followed from here on.
    static let messageIsInLog = WalkthroughStep(
        id: "message-is-in-log", label: "log",
        goal: "Find the message in the gateway's log, by the id that the server gave it.",
        command: { incident, _ in "look for \(incident.acceptedMessage?.description ?? "the id of the 250") in the log"
        },
        expected: "lines about that very message",
        remedies: [
            Remedy("read our lines in the log", .showLog),
            "nothing there: the id is another server's; look at which host answered, and take that host's log",
            "the log comes late, or is written elsewhere: :log open PATH",
        ],
        readsLog: true,
        judge: { incident in
            guard let key = incident.acceptedMessage else {
                return .conclude(
                    Outcome(
                        .warning, observed: "the reply to the final dot has no id that we know",
                        reading: "look for our address or the subject instead"))
            }
            guard let log = incident.log else { return .need([.chooseLog]) }
            if let foreign = incident.foreignMessage {
                return .conclude(
                    Outcome(
                        .failed, observed: foreign.phrase,
                        reading: "\(key) in \(log.name) is another message: this is the log of another gateway, or day")
                )
            }
            if let message = incident.messageInLog {
                return .conclude(
                    Outcome(.passed, observed: message.phrase, reading: "this is our message"))
            }
            guard log.isCaughtUp else { return .need([.wait]) }
            return .conclude(
                Outcome(
                    .failed, observed: "no line about \(key) in \(log.name)",
                    reading: "the server said that it took the message, and this log does not know it",
                    causes: [
                        "another gateway answered than the one whose log this is",
                        "the log is written with a delay", "the log was rotated: open the newest file",
                    ]))
        })
}
