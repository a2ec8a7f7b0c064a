import Canvas
import Dashboard
import MailVocabulary
import SMTP
import Testing
import Triage

@Suite("First start")
struct StartTests {
    private func begun() -> Story {
        var story = Story()
        story.dashboard.settings = Settings()
        story.dashboard.prompt = .start(StartForm())
        return story
    }

    private func line(_ story: Story) -> String? {
        guard case .start(let form) = story.dashboard.prompt else { return nil }
        return form.editor.line
    }

    @Test("once a question is chosen every key belongs to the line: digits, a question mark, and q")
    func typed() {
        var story = begun()
        story.press(.character("5"))
        story.type("550 5.7.1 no")
        #expect(line(story) == "550 5.7.1 no")
        story.press(.escape)
        #expect(line(story) == "")
        story.press(.character("2"))
        story.type("quality.test")
        #expect(line(story) == "quality.test")
        #expect(!story.effects.contains { if case .quit = $0 { true } else { false } })
    }

    @Test("before that q ends the program")
    func quits() {
        var story = begun()
        story.press(.character("q"))
        #expect(story.effects.contains { if case .quit = $0 { true } else { false } })
    }

    @Test(
        "the first question asks for a domain: its exchangers are looked up",
        arguments: [
            ("good.test", "@good.test"), ("user@good.test", "user@good.test"), ("192.0.2.1:25", "192.0.2.1"),
            ("good.test:2525", "@good.test:2525"),
            ("[2001:db8::1]:25", "[2001:db8::1]"),
        ])
    func domain(typed: String, target: String) {
        var story = begun()
        story.press(.character("1"))
        story.type(typed)
        story.press(.enter)
        #expect(story.dashboard.settings.target?.typed == target)
    }
}
