import Canvas
import Dashboard
import MailVocabulary
import SMTP
import Testing
import Triage

@Suite("Repetition")
struct RepetitionTests {
    private func command(_ story: inout Story, _ line: String) {
        story.press(.character(":"))
        story.type(line)
        story.press(.enter)
    }

    private func run(_ story: inout Story, _ code: Int, _ text: String) {
        let line = "RCPT TO:<user@example.test>"
        story.fact(
            .connected(local: Endpoint(Story.source, 1), remote: Endpoint(Story.server, 25), took: .milliseconds(1)))
        story.reply(220, "mx1.example.test ESMTP", .connect, to: nil)
        story.command("EHLO probe.example.net", .hello)
        story.reply(250, "mx1.example.test", .hello, to: "EHLO probe.example.net")
        story.command("MAIL FROM:<probe@example.net>", .sender)
        story.reply(250, "ok", .sender, to: "MAIL FROM:<probe@example.net>")
        story.command(line, .recipient)
        story.reply(code, text, .recipient, to: line)
    }

    private func starts(_ story: Story) -> Int {
        story.effects.count { if case .converse = $0 { true } else { false } }
    }

    @Test("a password that is wanted meanwhile ends it with a sentence, and nothing is due any more")
    func password() {
        var story = Story(100, 30)
        command(&story, "every 30s")
        story.dashboard.settings.authentication = AuthenticationPlan(user: "probe")
        story.pass(.seconds(31))
        #expect(starts(story) == 1 && story.dashboard.repetition == nil)
        #expect(story.screen.contains("a login is not repeated"), "\(story.screen)")
    }

    @Test("repeats the rehearsal when it is due, says QUIT, and tells what changed")
    func changes() {
        var story = Story(100, 30)
        command(&story, "every 30s")
        #expect(starts(story) == 1 && story.screen.contains("EVERY 30"))
        run(&story, 250, "ok")
        #expect(story.effects.contains(.order(session: 0, .quit)))
        story.fact(.closed(.quit, during: .quit))
        story.pass(.seconds(10))
        #expect(starts(story) == 1)
        story.pass(.seconds(25))
        #expect(starts(story) == 2)
        run(&story, 250, "ok")
        story.fact(.closed(.quit, during: .quit))
        #expect(story.dashboard.repetition?.changes == 0)
        story.pass(.seconds(31))
        run(&story, 550, "5.1.1 User unknown")
        #expect(story.dashboard.repetition?.changes == 1)
        #expect(story.dashboard.notice?.text.contains("first refusal") == true)
        command(&story, "every off")
        let count = starts(story)
        story.pass(.seconds(100))
        #expect(starts(story) == count)
    }

    @Test("goes on while the live triage is looked at")
    func triage() {
        var story = Story(100, 30)
        command(&story, "every 30s")
        run(&story, 250, "ok")
        story.fact(.closed(.quit, during: .quit))
        story.press(.character("0"))
        #expect(story.dashboard.nextTick != nil)
        story.pass(.seconds(31))
        #expect(starts(story) == 2)
        #expect(story.dashboard.overviewLines.last?.text.plain.contains("2 sessions") == true)
    }

    @Test("never interrupts a prompt, never repeats a login, and wants a time")
    func limits() {
        var story = Story()
        for wrong in ["every 1s", "every often", "every -5"] {
            command(&story, wrong)
            #expect(story.dashboard.repetition == nil, "\(wrong)")
        }
        story.dashboard.settings.authentication = AuthenticationPlan(user: "probe")
        command(&story, "every 30s")
        #expect(story.dashboard.repetition == nil)
        story.dashboard.settings.authentication = nil
        command(&story, "every 30s")
        run(&story, 250, "ok")
        story.fact(.closed(.quit, during: .quit))
        story.press(.character("e"))
        story.pass(.seconds(60))
        #expect(starts(story) == 1 && story.dashboard.nextTick == nil)
        story.press(.escape)
        story.pass(.seconds(1))
        #expect(starts(story) == 2)
    }
}
