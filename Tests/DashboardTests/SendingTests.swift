import Canvas
import Dashboard
import MailVocabulary
import SMTP
import Testing
import Triage

@Suite("Sending, waiting and dropping in the dashboard")
struct SendingTests {
    /// A session in which the recipient was accepted.
    private func story(_ change: (inout Settings) -> Void = { _ in }) -> Story {
        var story = Story()
        change(&story.dashboard.settings)
        story.connect()
        for (line, stage) in [
            ("EHLO probe.example.net", SessionStage.hello), ("MAIL FROM:<probe@example.net>", .sender),
            ("RCPT TO:<user@example.test>", .recipient),
        ] {
            story.command(line, stage)
            story.reply(250, "ok", stage, to: line)
        }
        return story
    }

    @Test("a smuggling probe goes out only behind the host's name, and QUIT ends the counting of its replies")
    func smuggling() {
        var story = story { $0.message.probe = SmugglingProbe(named: "lf-dot-lf") }
        let host = story.dashboard.incident.session?.host ?? ""
        story.press(.character("S"))
        story.pass(.seconds(1))
        story.press(.character("S"), .enter)
        #expect(!story.effects.contains(.order(session: 0, .sendMessage)))
        #expect(story.screen.contains("Type the host's name") && story.screen.contains("<LF>.<LF>"))
        story.press(.control("u"))
        story.type(host)
        story.press(.enter)
        #expect(story.effects.last == .order(session: 0, .sendMessage))
        story.command("DATA", .data)
        story.reply(354, "go", .data, to: "DATA")
        story.fact(.sentMessage(bytes: 400, lines: 9, subject: "x", tls: false))
        story.reply(250, "ok: queued", .endOfData, to: nil)
        #expect(story.effects.last == .order(session: 0, .quit))
        story.fact(.closed(.quit, during: .quit))
        #expect(story.dashboard.notice?.text.contains("took one message") == true, "\(story.screen)")
    }

    @Test("the connection is dropped where the settings say, and not before")
    func dropping() {
        var story = story { $0.dropsAfter = .run }
        #expect(story.effects.last == .order(session: 0, .drop))
        story = self.story { $0.dropsAfter = .data }
        #expect(!story.effects.contains(.order(session: 0, .drop)))
        story.command("DATA", .data)
        story.reply(354, "go", .data, to: "DATA")
        #expect(story.effects.last == .order(session: 0, .drop))
        story = self.story { $0.dropsAfter = .message }
        story.command("DATA", .data)
        story.reply(354, "go", .data, to: "DATA")
        story.fact(.sentMessage(bytes: 400, lines: 9, subject: "x", tls: false))
        #expect(!story.effects.contains(.order(session: 0, .drop)))
        story.reply(250, "ok", .endOfData, to: nil)
        #expect(story.effects.last == .order(session: 0, .drop))
    }

    @Test("K waits on and U goes on without the reply, and both say so where nothing is waited for")
    func waiting() {
        var story = story()
        story.press(.character("K"))
        #expect(story.dashboard.notice?.text == "no reply is waited for")
        story.command("NOOP", .other)
        story.fact(.waiting(stage: .other, .seconds(5), octets: 12), after: .seconds(5))
        #expect(story.dashboard.notice?.text.contains("12 octets") == true)
        story.press(.character("K"))
        #expect(story.effects.last == .order(session: 0, .keepWaiting))
        story.press(.character("U"))
        #expect(story.effects.last == .order(session: 0, .stopWaiting))
    }

    @Test("the proxy's user is asked for his password, behind that of the login")
    func proxyPassword() {
        var story = Story()
        story.dashboard.settings.connection.proxy = ConnectionProxy(.socks5, host: "::1", port: 1080, user: "me")
        story.dashboard.settings.authentication = AuthenticationPlan(user: "probe")
        story.press(.character("r"))
        story.type("one")
        story.press(.enter)
        #expect(story.screen.contains("socks5://me@[::1]:1080"))
        story.type("two")
        #expect(!story.screen.contains("two"))
        story.press(.enter)
        let secrets = SessionSecrets(login: Secret(Array("one".utf8)), proxy: Secret(Array("two".utf8)))
        #expect(story.effects.contains { if case .converse(0, _, secrets) = $0 { true } else { false } })
    }
}
