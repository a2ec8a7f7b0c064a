import DNS
import MailLog
import MailVocabulary
import SMTP

extension WalkthroughStep {
    /// RFC 3461: without the keyword NOTIFY is not to be sent, and the next server may report or not.
    static let serverOffersDSN = WalkthroughStep(
        id: "server-offers-dsn", label: "DSN",
        goal: "See whether the server passes on the wish for a delivery report.",
        command: { _, _ in "EHLO, and look for DSN in the list" },
        expected: "DSN is in the list (RFC 3461)",
        remedies: [
            "not offered: the report, if any comes, comes from this server's own habits; a relayed report says only that",
            Remedy("ask for SUCCESS,FAILURE in the form's notify field", .edit),
        ],
        judge: { incident in
            guard let session = incident.main, let offers = session.offers("DSN") else {
                return judge(incident, .hello, passed: "")
            }
            let wishes = session.plan.recipients.flatMap(\.notify)
            if !offers {
                return .conclude(
                    Outcome(
                        .warning, observed: "DSN is not in the list",
                        reading: "the server does not promise reports; NOTIFY is left out"))
            }
            return .conclude(
                Outcome(
                    wishes.contains(.success) ? .passed : .warning, observed: "DSN is in the list",
                    reading: wishes.contains(.success)
                        ? "the server will report success as well as failure"
                        : "no report of success is asked for: set notify to SUCCESS,FAILURE"))
        })
}
