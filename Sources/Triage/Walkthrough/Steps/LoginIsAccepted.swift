import DNS
import MailLog
import MailVocabulary
import SMTP

extension WalkthroughStep {
    /// Whether the login is wanted at all, and whether ours is good.
    static let loginIsAccepted = WalkthroughStep(
        id: "login-is-accepted", label: "log in",
        goal: "If a login is wanted, log in and ask for the recipient again.",
        command: { incident, plan in
            incident.main?.authenticatedWith.map { "AUTH \($0)" }
                ?? (plan.authentication == nil ? "AUTH, when a user is given in the form" : "AUTH")
        },
        expected: "235, and then 250 to RCPT",
        remedies: [
            Remedy("give a user and a mechanism", .edit),
            Remedy("535: user or password are wrong, or the account may not send", after: [535]),
            Remedy("538, 530 5.7.0: encrypt first", after: [530, 538]),
        ],
        judge: { incident in
            guard let session = incident.main else { return .need([.converse(upTo: .recipient)]) }
            if let step = session.ended(.authenticate) {
                guard step.verdict == .done else { return judge(incident, .authenticate, passed: "") }
                let isAccepted = session.ended(.recipient)?.verdict == .done
                return .conclude(
                    Outcome(
                        isAccepted ? .passed : .warning, observed: Phrase(quoting: step.outcome),
                        reading: isAccepted
                            ? "with the login the recipient is accepted"
                            : "the login is good; the recipient is another matter"))
            }
            if session.ended(.recipient)?.verdict == .done {
                return .conclude(
                    Outcome(
                        .passed, observed: "the recipient was accepted without a login",
                        reading: "no login is wanted for this recipient"))
            }
            let refusals = [session.ended(.sender), session.ended(.recipient)].compactMap(\.self)
            let isWanted = refusals.contains { $0.outcome.hasPrefix("530") || $0.outcome.hasPrefix("5.7.0") }
            let offered = session.capabilities.contains { $0.name == "AUTH" }
            return .conclude(
                Outcome(
                    .failed, observed: "no login was tried",
                    reading: isWanted
                        ? "the server wants a login: give one in the form"
                        : offered
                            ? "a login is offered and may open the door" : "a login is not offered here",
                    causes: offered ? [] : ["this server refuses for another reason than a missing login"]))
        })
}
