import Canvas
import DNS
import Dashboard
import MailVocabulary
import SMTP
import Testing
import Triage

@Suite("Walkthrough")
struct WalkthroughTests {
    @Test("opening it looks the domain up and connects nowhere")
    func opening() {
        var story = Story()
        story.press(.character("w"))
        #expect(story.dashboard.walkthrough?.position == 0)
        #expect(!story.effects.contains { if case .converse = $0 { true } else { false } })
    }

    @Test("each n orders just the stage of its step, from the same engines as manual work")
    func stages() {
        var story = Story()
        story.press(.character("w"))
        story.answer(.mx, "example.test", .exchange(MailExchanger(10, DNSName("mx1.example.test") ?? .root)))
        story.press(.character("n"))
        #expect(story.dashboard.walkthrough?.step?.id == "host-answers")
        #expect(story.effects.contains { if case .converse(0, _, _) = $0 { true } else { false } })
        #expect(story.effects.last == .order(session: 0, .run(upTo: .connect)))
    }

    @Test("never sends without the dialog")
    func sending() {
        var story = Story()
        story.rehearse()
        story.press(.character("w"))
        story.dashboard.walkthrough?.position = Procedure.receive.steps.firstIndex { $0.id == "message-is-queued" } ?? 0
        story.press(.character("n"))
        guard case .confirmSending = story.dashboard.prompt else {
            Issue.record("no dialog")
            return
        }
        #expect(!story.effects.contains(.order(session: 0, .sendMessage)))
    }

    @Test("leaving it keeps the place")
    func place() {
        var story = Story()
        story.press(.character("w"), .character("s"), .character("s"), .escape)
        #expect(story.dashboard.walkthrough?.isVisible == false)
        story.press(.character("w"))
        #expect(story.dashboard.walkthrough?.position == 2)
    }

    @Test("a procedure begun about another recipient takes nothing from the session before it")
    func otherRecipient() {
        var story = Story()
        story.rehearse()
        #expect(story.dashboard.incident.main != nil)
        story.dashboard.settings.recipients = [Recipient("other@example.test")]
        _ = story.dashboard.startWalking(.recipient)
        #expect(story.dashboard.incident.main == nil)
        guard case .need(let requests)? = story.dashboard.walkthrough?.step?.judge(story.dashboard.incident) else {
            Issue.record("the step was judged by another recipient's session")
            return
        }
        #expect(requests == [.converse(upTo: .recipient)])
    }
}
