import DNS
import MailLog
import MailVocabulary
import SMTP

extension WalkthroughStep {
    /// Where AUTH stands in the list: on this side of TLS, on the other, or nowhere.
    static let serverOffersLogin = WalkthroughStep(
        id: "server-offers-login", label: "AUTH",
        goal: "See whether the server offers a login, and on which side of the encryption.",
        command: { _, _ in "EHLO, before and after STARTTLS" },
        expected: "a relay (port 25) offers none; a submission port (587, 465) offers AUTH once encrypted",
        remedies: [
            Remedy("logins are offered on the submission port", .probe(.port(587))),
            "offered only before TLS, or in the clear: tell its administrator, passwords travel readable",
        ],
        judge: { incident in
            let judgement = judge(incident, .hello, passed: "")
            guard case .conclude(var outcome) = judgement, let session = incident.main, outcome.verdict != .failed
            else {
                return judgement
            }
            let now = session.capabilities.first { $0.name == "AUTH" }
            let before = session.capabilitiesBeforeTLS?.contains { $0.name == "AUTH" } ?? false
            let port = session.plan.target.port
            switch (now, session.tls != nil) {
            case (let auth?, true):
                outcome.observed = "AUTH \(auth.parameters.joined(separator: " "))"
                outcome.verdict = before ? .warning : .passed
                outcome.reading =
                    before
                    ? "offered before encryption too: passwords may travel readable"
                    : "logins are taken once the connection is encrypted"
            case (let auth?, false):
                outcome.observed = "AUTH \(auth.parameters.joined(separator: " ")), in the clear"
                (outcome.verdict, outcome.reading) = (.warning, "logins are offered without encryption")
            case (nil, let isEncrypted):
                outcome.observed = "AUTH is not in the list"
                outcome.verdict = port == 25 ? .passed : .warning
                outcome.reading =
                    port == 25
                    ? "a relay for strangers: no login is wanted for its own domains"
                    : isEncrypted
                        ? "no login is offered here" : "no login is offered in the clear; it may be once encrypted"
            }
            return .conclude(outcome)
        })
}
