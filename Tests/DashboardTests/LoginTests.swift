import Canvas
import Dashboard
import MailVocabulary
import SMTP
import Testing

@Suite("Login")
struct LoginTests {
    private static let password = "correct-Horse7"

    private func story(_ channel: AuthenticationPlan.Channel = .verified) -> Story {
        var story = Story()
        story.dashboard.settings.authentication = AuthenticationPlan(user: "probe@example.net", channel: channel)
        return story
    }

    private func secrets(_ story: Story) -> [Secret?] {
        story.effects.compactMap { if case .converse(_, _, let secrets) = $0 { .some(secrets.login) } else { nil } }
    }

    /// The whole state, the way a crash report or a debugger would print it.
    private func printed(_ story: Story) -> String {
        var text = "\(story.dashboard)"
        dump(story.dashboard, to: &text)
        return text
    }

    @Test("the password is asked for before the session begins, is on no screen and in no printed state, and then gone")
    func password() {
        var story = story()
        story.press(.character("r"))
        #expect(secrets(story).isEmpty)
        #expect(story.screen.contains("[ empty"))
        story.type(String(Self.password.prefix(7)))
        story.act(.pressed(.paste(String(Self.password.dropFirst(7)) + "\n")))
        #expect(story.screen.contains("hidden, not empty"))
        #expect(!story.screen.contains("Horse") && !printed(story).contains("Horse"))
        #expect(!printed(story).contains("\(Array(Self.password.utf8))"))
        story.press(.enter)
        #expect(secrets(story) == [Secret(Array(Self.password.utf8))])
        #expect(story.effects.contains(.order(session: 0, .run(upTo: .recipient))))
        #expect(story.dashboard.prompt == nil)
        #expect(!"\(story.effects)".contains("Horse"))
        // The next connection asks again: nothing was kept.
        story.press(.character("R"))
        #expect(story.screen.contains("[ empty"))
    }

    @Test("Ctrl-U forgets what was typed, Backspace takes one character, an empty password begins nothing, Esc neither")
    func editing() {
        var story = story()
        story.press(.character("o"))
        story.type("abc")
        story.press(.control("u"), .enter)
        #expect(secrets(story).isEmpty)
        #expect(story.dashboard.notice?.tone == .bad)
        story.type("xé")
        story.press(.backspace, .enter)
        #expect(secrets(story) == [Secret(Array("x".utf8))])
        story = self.story()
        story.press(.character("o"))
        story.type("abc")
        story.press(.escape)
        #expect(secrets(story).isEmpty)
        #expect(story.dashboard.notice?.text == "nothing was begun: no password was given")
    }

    @Test("a channel that others may read needs a capital A that was not typed ahead, each time")
    func channel() {
        for channel in [AuthenticationPlan.Channel.encrypted, .any] {
            var story = story(channel)
            story.press(.character("R"), .character("A"))
            guard case .confirmLogin = story.dashboard.prompt else {
                Issue.record("A that was typed ahead was taken")
                continue
            }
            story.pass(.milliseconds(301))
            story.press(.enter, .character("a"), .character("y"))
            story.act(.pressed(.paste("A")))
            guard case .confirmLogin = story.dashboard.prompt else {
                Issue.record("something else than A was taken")
                continue
            }
            story.press(.character("A"))
            #expect(story.screen.contains("Password or token"))
            story.type("x")
            story.press(.enter)
            #expect(secrets(story).count == 1)
            story.press(.character("R"))
            guard case .confirmLogin = story.dashboard.prompt else {
                Issue.record("it was allowed for more than one connection")
                continue
            }
            story.press(.escape)
            #expect(secrets(story).count == 1)
        }
    }

    @Test("EXTERNAL asks for no password")
    func external() {
        var story = story()
        story.dashboard.settings.authentication?.mechanism = .external
        story.press(.character("o"))
        #expect(secrets(story) == [Secret([])])
    }

    @Test("random keys at the password never trap and never show it")
    func random() {
        var story = story()
        story.press(.character("r"))
        var state: UInt64 = 7
        let keys: [Key] = [.up, .down, .left, .tab, .home, .function(3), .delete, .backspace, .pageUp]
        for _ in 0..<500 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            story.press(keys[Int(state >> 33) % keys.count])
            story.type("Qz")
            #expect(!story.screen.contains("Qz"))
        }
    }
}
