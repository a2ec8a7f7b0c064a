import DNS
import MailLog
import MailVocabulary
import SMTP

extension WalkthroughStep {
    /// What the next server said is the end of this gateway's part.
    static let messageLeftGateway = WalkthroughStep(
        id: "message-left-gateway", label: "next hop",
        goal: "See whom the gateway handed the message to, and what that server answered.",
        command: { incident, _ in
            "read the deliveries of \(incident.acceptedMessage?.description ?? "our message")"
        },
        expected: "the next server answered 250, with an id of its own",
        remedies: [
            Remedy("read the next server's words in the log", .showLog),
            "delayed: look at the route, the next server's queue, its greylisting; the gateway tries again by itself",
            "bounced: the words of the next server say why; the sender gets a report",
            "delivered: from here on ask the next server's administrator, with its id",
        ],
        readsLog: true,
        judge: { incident in
            guard let log = incident.log else { return .need([.chooseLog]) }
            guard let message = incident.messageInLog else {
                return .conclude(
                    Outcome(
                        .warning, observed: "the message is not in \(log.name)",
                        reading: "what became of it must be asked where its log is"))
            }
            let details: [Phrase] = message.recipients.map { "\($0.address): \($0.outcome.phrase) \($0.detail)" }
            let observed = details.isEmpty ? message.phrase : Phrase.list(details)
            switch message.outcome {
            case .pending: return .need([.wait])
            case .delivered:
                return .conclude(
                    Outcome(
                        .passed, observed: observed,
                        reading: "the next server took it over: this gateway's part is done"))
            case .delayed:
                return .conclude(
                    Outcome(
                        .warning, observed: observed,
                        reading: "it waits in the queue and is tried again"))
            case .bounced, .expired:
                return .conclude(
                    Outcome(
                        .failed, observed: observed,
                        reading: "the next server does not take it: the sender is told"))
            case .quarantined, .dropped, .rejected, .aborted:
                return .conclude(
                    Outcome(.failed, observed: observed, reading: "it never came as far as a delivery")
                )
            }
        })
}
