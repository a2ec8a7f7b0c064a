import DNS
import MailLog
import MailVocabulary
import SMTP

extension WalkthroughStep {
    /// Seed 002: the report proves that the server can send as well as receive.
    static let reportCameBack = WalkthroughStep(
        id: "report-came-back", label: "report",
        goal: "Watch for the delivery report on its way back to the sender.",
        command: { incident, plan in
            "look in the log for a message from <> to <\(incident.main?.plan.reversePath ?? plan.reversePath)>"
        },
        expected: "the gateway sends a report, and it arrives in the sender's mailbox",
        remedies: [
            Remedy("look once more: reports may take a minute", .again),
            "the report left but did not arrive: follow it at the sender's own server",
            "no report left: the gateway, or the one behind it, sends none; look at its bounce settings",
        ],
        readsLog: true,
        judge: { incident in
            guard let session = incident.main, session.messagesAccepted > 0 else {
                return .conclude(
                    Outcome(.failed, observed: "no message was sent", reading: "there is nothing to report on"))
            }
            let sender = session.plan.reversePath
            if incident.log != nil {
                guard let search = incident.searches[sender] else { return .need([.search([sender])]) }
                let reports = search.traces.flatMap(\.messages).filter { message in
                    message.sender.isEmpty || message.sender == "<>"
                }.filter { message in message.recipients.contains { $0.address.lowercased() == sender.lowercased() } }
                if let report = reports.last {
                    return .conclude(
                        Outcome(
                            report.outcome == .delivered ? .passed : .warning,
                            observed: report.phrase,
                            reading: report.outcome == .delivered
                                ? "the report was handed to the sender's server: mail travels both ways"
                                : "the report left the gateway's hands, but did not arrive yet"))
                }
            }
            let question: Phrase = "Did the report arrive in the mailbox of \(sender)?"
            switch incident.answers[question] {
            case true?:
                return .conclude(
                    Outcome(.passed, observed: "the report was seen in the mailbox", reading: "mail travels both ways"))
            case false?:
                return .conclude(
                    Outcome(
                        .failed, observed: "no report was seen",
                        reading: "mail goes in, but no report finds its way out",
                        causes: [
                            "the gateway cannot send mail out: its DNS, its route, its firewall",
                            "the sender's server refuses the report: it comes from <>",
                        ]))
            case nil: return .need([.ask(question)])
            }
        })
}
