import DNS
import MailLog
import MailVocabulary
import SMTP

/// A text for whoever runs the other side, ready to send: what was tried, when, what was said, and what would help.
public struct Letter: Hashable, Sendable {
    /// To whom, as a mail address; a guess by RFC 2142 §5.
    public let to: String
    public let text: String

    /// - Parameter summary: The steps gone through, with what each found.
    public init(_ incident: Incident, _ summary: WalkthroughSummary) {
        let domain = incident.inquiry?.domain?.description ?? incident.domain?.description ?? incident.main?.host ?? ""
        to = "postmaster@\(domain)"
        var lines = ["To: \(to)", "Subject: \(summary.title)", ""]
        if let inquiry = incident.inquiry {
            let whom = inquiry.recipient.isEmpty ? "a user of ours" : inquiry.recipient
            lines += ["\(inquiry.sender) wrote to \(whom), and the message did not arrive here."]
        } else if let session = incident.main {
            let who = session.plan.reversePath.isEmpty ? "<>" : session.plan.reversePath
            let whom = session.plan.recipients.map(\.forwardPath).joined(separator: ", ")
            lines += ["We try to send mail from \(who) to \(whom.isEmpty ? domain : whom)."]
        }
        lines += ["This is what we saw, step by step:", ""]
        for entry in summary.entries {
            lines.append("- \(entry.step.goal)")
            lines.append("  did:      \(entry.command)")
            lines.append("  observed: \(entry.outcome.observed)")
            lines.append("  reading:  \(entry.outcome.reading)")
        }
        if let local = incident.main?.local, let remote = incident.main?.remote {
            lines += ["", "Our address was \(local.address), yours \(remote)."]
        }
        lines += ["", "What would help:"]
        if incident.inquiry != nil {
            lines += [
                "- the lines of your server's log about this message: the time, the address that it connected to, our reply",
                "- the address from which your server sends, as seen from outside",
                "- the error in your queue, if the message is still there",
            ]
        } else {
            lines += [
                "- the lines of your server's log about our address at that time",
                "- whether our address is on a list of yours, and what would take it off",
            ]
        }
        text = lines.joined(separator: "\n") + "\n"
    }
}
