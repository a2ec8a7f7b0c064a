import DNS
import MailLog
import MailVocabulary
import SMTP

extension WalkthroughStep {
    /// RFC 5321 §4.5.1: no server may refuse its postmaster; one that does refuses everybody, or us.
    static let postmasterIsAccepted = WalkthroughStep(
        id: "postmaster-is-accepted", label: "postmaster",
        goal: "Ask for the postmaster of the same domain: is it this recipient, or anybody?",
        command: { _, plan in
            "RCPT TO:<\(Probe.postmaster.plan(from: plan).recipients.first?.forwardPath ?? "postmaster")>"
        },
        expected: "250: every domain has a postmaster (RFC 5321 §4.5.1)",
        remedies: [
            Remedy("accepted: the refusal is about the recipient; check the address with its owner", in: .accepted),
            Remedy(
                "refused too: it is not the recipient; the sender, our address or the server are left", in: .refused),
        ],
        judge: { incident in
            if incident.main?.ended(.recipient)?.verdict == .done {
                return .conclude(
                    Outcome(.passed, observed: "not needed", reading: "the recipient itself was accepted"))
            }
            guard incident.main != nil else { return .need([.converse(upTo: .recipient)]) }
            let judgement = judge(
                incident, .postmaster, .recipient,
                passed: "the postmaster is accepted: the refusal is about the recipient")
            guard case .conclude(var outcome) = judgement, outcome.verdict == .failed else { return judgement }
            (outcome.turn, outcome.reading) = (
                .refused, "the postmaster is refused too: it is not about the recipient"
            )
            return .conclude(outcome)
        })
}
