import DNS
import MailLog
import MailVocabulary
import SMTP

extension WalkthroughStep {
    /// Dropped and quarantined mail is accepted mail: nobody is told.
    static let messagePassedFilters = WalkthroughStep(
        id: "message-passed-filters", label: "filters",
        goal: "See whether a filter took the message out: spam, virus, content, quarantine.",
        command: { incident, _ in "read the verdicts of \(incident.acceptedMessage?.description ?? "our message")" },
        expected: "no filter stopped it",
        remedies: [
            Remedy("read the filter's own words in the log", .showLog),
            "quarantined: release it there, and add an exception if it was wrong",
            "dropped: the message is gone; change the rule, then send again",
        ],
        readsLog: true,
        judge: { incident in
            guard let message = incident.messageInLog else {
                return .conclude(
                    Outcome(
                        .warning, observed: "the message is not in this log", reading: "what filters did cannot be told"
                    ))
            }
            switch message.outcome {
            case .dropped, .quarantined:
                return .conclude(
                    Outcome(
                        .failed, observed: message.phrase,
                        reading: "a filter took the message: it will not arrive"))
            case .rejected:
                return .conclude(
                    Outcome(
                        .failed, observed: message.phrase,
                        reading: "the gateway changed its mind: the sender was told"))
            case .aborted:
                return .conclude(
                    Outcome(
                        .failed, observed: message.phrase, reading: "the message never came in whole"
                    ))
            case .pending, .delivered, .delayed, .bounced, .expired:
                return .conclude(
                    Outcome(
                        .passed, observed: message.phrase,
                        reading: "no filter of this gateway stopped it"))
            }
        })
}
