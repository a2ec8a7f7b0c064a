import DNS
import MailLog
import MailVocabulary
import SMTP

extension WalkthroughStep {
    /// The last yard is not in any log that we have.
    static let recipientSawMessage = WalkthroughStep(
        id: "recipient-saw-message", label: "mailbox",
        goal: "Ask the recipient, with the subject at hand: inbox, junk folder, rules.",
        command: { incident, plan in
            "find \"\(incident.main?.plan.message.subject ?? plan.message.subject)\" in the mailbox"
        },
        expected: "the message is in the inbox",
        remedies: [
            "in the junk folder: the mailbox's own filter; look at SPF, DKIM and DMARC of the sender",
            "a rule or forwarding moved it: look at the mailbox's rules",
            Remedy("a text for whoever runs the mailbox server, with the ids", .letter),
        ],
        judge: { incident in
            guard let session = incident.main, session.messagesAccepted > 0 else {
                return .conclude(
                    Outcome(.failed, observed: "no message was sent", reading: "there is nothing to look for"))
            }
            let question: Phrase = "Is \"\(session.plan.message.subject)\" in the recipient's inbox?"
            switch incident.answers[question] {
            case true?: return .conclude(Outcome(.passed, observed: "it is there", reading: "the message arrived"))
            case false?:
                let isDelivered = incident.messageInLog?.outcome == .delivered
                return .conclude(
                    Outcome(
                        .failed, observed: "it is not in the inbox",
                        reading: isDelivered
                            ? "it was lost after the next server took it: ask there, with that server's id"
                            : "look at the step before: the gateway has not handed it over",
                        causes: isDelivered
                            ? ["the junk folder", "a rule or forwarding of the mailbox", "a filter of the next server"]
                            : []))
            case nil: return .need([.ask(question)])
            }
        })
}
