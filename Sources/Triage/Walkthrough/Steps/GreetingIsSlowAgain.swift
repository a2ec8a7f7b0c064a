import DNS
import MailLog
import MailVocabulary
import SMTP

extension WalkthroughStep {
    /// A lookup is remembered, a policy is not: the second greeting tells them apart.
    static let greetingIsSlowAgain = WalkthroughStep(
        id: "greeting-is-slow-again", label: "once more",
        goal: "Connect a second time: a lookup is remembered by now, a delay by policy is not.",
        command: { incident, plan in "connect to \(incident.main?.host ?? plan.target.name) again" },
        expected: "the second greeting is as fast as a greeting should be",
        remedies: [
            "fast now: the gateway had to look us up; repair our reverse DNS",
            "slow again, always the same: a greeting delay by policy (postscreen, tarpit); it does no harm to patient clients",
            "slow again, each time different: the server is under load; look at its queue and its processes",
            Remedy("a text for the gateway's administrator", .letter),
        ],
        judge: { incident in
            guard let main = incident.main else { return .need([.converse(upTo: .connect)]) }
            guard let first = main.greetingTook else { return judge(incident, .connect, passed: "") }
            guard first >= Incident.slowGreeting else {
                return .conclude(
                    Outcome(
                        .passed, observed: "not needed: the first took \(first.brief)",
                        reading: "the greeting is not slow"))
            }
            guard let second = incident.session(of: .again) else { return .need([.probe(.again)]) }
            guard let took = second.greetingTook else { return judge(incident, .again, .connect, passed: "") }
            let observed = "first \(first.brief), then \(took.brief)"
            if took < Incident.slowGreeting {
                return .conclude(
                    Outcome(
                        .warning, observed: Phrase(quoting: observed),
                        reading: "the gateway remembers now what it had to look up before",
                        causes: ["the gateway waited for a lookup of our address"]))
            }
            let difference = took > first ? took - first : first - took
            let isSteady = difference * 10 <= first
            return .conclude(
                Outcome(
                    .failed, observed: Phrase(quoting: observed),
                    reading: isSteady ? "just as slow again" : "slow again, but not as slow",
                    causes: isSteady
                        ? ["the lookup of our address times out each time", "a greeting delay by policy"]
                        : ["load on the server", "a lookup that succeeds now and then"]))
        })
}
