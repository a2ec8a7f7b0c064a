import DNS
import MailLog
import MailVocabulary
import SMTP

extension WalkthroughStep {
    /// Seed 004: a gateway that looks up our missing reverse DNS greets after 30 s or more.
    static let greetingArrivesInTime = WalkthroughStep(
        id: "greeting-arrives-in-time", label: "greeting",
        goal: "Wait for the server's greeting, and see how long it takes.",
        command: { _, _ in "nothing: the server speaks first" },
        expected: "220 with the server's name, within a few seconds",
        remedies: [
            "give our sending address working reverse DNS", "wait longer: RFC 5321 allows the server 5 minutes",
            Remedy("554 or 421 instead of 220: the server turns us away, read its text", after: [421, 521, 554]),
        ],
        judge: { incident in
            let judgement = judge(incident, .connect, passed: "the server is ready to talk")
            guard case .conclude(var outcome) = judgement else { return judgement }
            if let story = incident.slowGreetingStory, outcome.verdict != .failed {
                (outcome.verdict, outcome.reading) = (.warning, story.phrase)
            }
            return .conclude(outcome)
        })
}
