import Canvas
import Dashboard
import MailVocabulary
import SMTP
import Testing

@Suite("Burst of the dashboard")
struct BurstTests {
    private static func located(_ address: IPAddress) -> BurstEvent {
        .located(Resolution(candidates: [.init(host: "mx1.example.test", addresses: [address])]))
    }

    /// B was pressed, and the server found at `address`.
    private func story(at address: IPAddress = .loopback) -> Story {
        var story = Story()
        (story.dashboard.settings.burst.sessions, story.dashboard.settings.burst.messages) = (2, 30)
        story.press(.character("M"))
        story.act(.burst(number: 1, Self.located(address)))
        return story
    }

    private func bursts(_ story: Story) -> [BurstPlan] {
        story.effects.compactMap { if case .burst(_, let plan, _, _) = $0 { plan } else { nil } }
    }

    @Test("M looks up where it would go, and a capital S begins it: nothing goes out before that")
    func begins() {
        var story = story()
        #expect(story.effects.contains { if case .locate(1, _) = $0 { true } else { false } })
        #expect(story.screen.contains("Really send a burst?"))
        story.press(.enter, .character("s"), .character("S"))
        #expect(bursts(story).isEmpty, "a key typed ahead cannot say yes")
        story.pass(.milliseconds(400))
        story.press(.character("S"))
        #expect(bursts(story).map(\.messages) == [30])
        #expect(bursts(story).first?.session.stopAfter == .endOfData)
    }

    @Test("outside loopback and the private ranges only the host's name, typed, begins it")
    func foreign() {
        var story = story(at: Story.server)
        story.pass(.seconds(1))
        story.press(.character("S"))
        #expect(story.screen.contains("192.0.2.25, outside loopback"))
        story.press(.enter)
        #expect(bursts(story).isEmpty && story.dashboard.notice?.tone == .bad)
        story.press(.backspace)
        story.type("example.test")
        story.press(.enter)
        #expect(bursts(story).count == 1)
    }

    @Test("progress, refusals and the end are shown; Ctrl-C stops, and once more drops")
    func course() {
        var story = story()
        story.pass(.seconds(1))
        story.press(.character("S"))
        var ledger = BurstLedger(messages: 30)
        ledger.note(
            SessionEvent(
                at: .milliseconds(5),
                .received(
                    Reply(code: 451, lines: [Array("4.7.1 slow down".utf8)]), stage: .sender, command: "MAIL",
                    timing: ReplyTiming(firstByte: .milliseconds(5), lastByte: .milliseconds(5)), tls: false)),
            at: 7_000_000)
        story.act(.burst(number: 1, .advanced(ledger.statistics)))
        for words in ["under way", "MAIL", "451 x 1", "first refusal", "slow down", "4yz began"] {
            #expect(story.screen.contains(words), "\(words):\n\(story.screen)")
        }
        story.press(.control("c"))
        #expect(story.effects.last == .endBurst(abruptly: false))
        story.press(.control("c"))
        #expect(story.effects.last == .endBurst(abruptly: true))
        story.act(.burst(number: 1, .ended(ledger.statistics)))
        #expect(story.screen.contains("over") && story.dashboard.notice?.text.contains("0 of 30") == true)
    }

    @Test("a burst that cannot be says why, and none is begun with --readonly")
    func refused() {
        var story = Story()
        story.dashboard.settings.services.chunk = 100
        story.press(.character("M"))
        #expect(story.dashboard.notice?.text.contains("BDAT") == true && story.effects.isEmpty)
        story = Story()
        story.dashboard.settings.isReadOnly = true
        story.press(.character("M"))
        #expect(story.dashboard.notice?.text.contains("read-only") == true && story.effects.isEmpty)
        story = Story()
        story.press(.character("M"))
        story.act(.burst(number: 1, .failed("example.test: no address")))
        #expect(story.screen.contains("no address"))
    }

    @Test("what an earlier burst still says is not of this one")
    func numbers() {
        var story = story()
        story.press(.escape, .character("M"))
        story.act(.burst(number: 1, .failed("late")))
        #expect(!story.screen.contains("late"))
    }
}
