import Canvas
import Dashboard
import MailVocabulary
import SMTP
import Testing
import Triage

@Suite("Session pane")
struct SessionPaneTests {
    @Test("! lists the deviations with their commands, and Enter opens the bytes")
    func deviations() {
        var story = Story(120, 40)
        story.connect()
        story.press(.character("!"))
        #expect(story.dashboard.prompt == nil)
        story.command("NOOP", .other)
        let reply = Reply(
            code: 250, lines: [Array("ok".utf8)], raw: Array("250 ok\n".utf8),
            oddities: [Oddity(.bareLineFeed, "250 ok\\n")])
        story.fact(
            .received(
                reply, stage: .other, command: "NOOP",
                timing: ReplyTiming(firstByte: .milliseconds(3), lastByte: .milliseconds(3)), tls: false))
        story.press(.character("!"))
        for words in ["bare-line-feed", "NOOP", "1 seen"] { #expect(story.screen.contains(words), "\(story.screen)") }
        story.press(.enter)
        #expect(story.dashboard.showsRawBytes && story.dashboard.isReadingTranscript)
        #expect(story.screen.contains(#"250 ok\x0a"#))
    }

    @Test(
        "one extension is one, two are some",
        arguments: [("mx\nDSN", "250 1 extension "), ("mx\nDSN\nETRN", "250 2 extensions")])
    func extensions(list: String, words: String) {
        var story = Story(120, 40)
        story.connect()
        story.command("EHLO probe.example.net", .hello)
        story.reply(250, list, .hello, to: "EHLO probe.example.net")
        #expect(story.screen.contains(words), "\(story.screen)")
    }

    @Test("a wait says how long it has been and how long it may take, and from its mark on a sign stands before it")
    func waiting() {
        var story = Story()
        story.dashboard.settings.deadlines.command = .seconds(60)
        story.connect()
        story.command("EHLO probe.example.net", .hello)
        story.pass(.seconds(3))
        #expect(story.screen.contains("3 s, 57 s left"), "\(story.screen)")
        story.pass(.seconds(9))
        #expect(story.screen.contains("! 12 s, 48 s left"))
        #expect(story.dashboard.nextTick == .seconds(1))
    }

    @Test("a connection that nobody uses shows how long, and a refused one how long it took")
    func clocks() {
        var story = Story(120, 40)
        story.connect()
        story.pass(.seconds(7))
        #expect(story.screen.contains("idle 7 s"), "\(story.screen)")
        story = Story(120, 40)
        story.press(.character("o"))
        story.fact(
            .resolved(exchangers: [], host: "mx1.example.test", addresses: [Story.server], took: .milliseconds(3)))
        story.fact(.connecting(host: "mx1.example.test", Endpoint(Story.server, 25)))
        story.fact(.closed(.refused, during: .connect), after: .milliseconds(123))
        #expect(story.screen.contains("123 ms"), "\(story.screen)")
    }

    @Test("an unknown outcome stays on the screen in words")
    func unknown() {
        var story = Story()
        story.rehearse()
        story.command("DATA", .data)
        story.reply(354, "go ahead", .data, to: "DATA")
        story.fact(.sentMessage(bytes: 412, lines: 9, subject: "Porthole test", tls: false))
        story.fact(.closed(.reset(during: .endOfData), during: .endOfData))
        story.press(.escape)
        #expect(story.screen.contains("! outcome unknown: lost behind the final dot"), "\(story.screen)")
    }
}

@Suite("Runs")
struct RunsTests {
    static func twice(_ columns: Int = 120, _ rows: Int = 40) -> Story {
        var story = Story(columns, rows)
        story.rehearse()
        story.fact(.closed(.quit, during: .quit))
        story.introduce()
        story.command("RCPT TO:<user@example.test>", .recipient)
        story.reply(550, "5.1.1 User unknown", .recipient, to: "RCPT TO:<user@example.test>")
        return story
    }

    @Test("< and > go from session to session, and orders go only to the one in view")
    func turning() {
        var story = Self.twice()
        #expect(story.screen.contains("run 2 of 2"))
        story.press(.character("<"))
        #expect(story.screen.contains("run 1 of 2"))
        let count = story.effects.count
        story.press(.character("Q"))
        #expect(story.effects.count == count, "QUIT goes to no session that is not in view")
        story.press(.character(">"))
        #expect(story.screen.contains("run 2 of 2"))
        story.press(.character("Q"))
        #expect(story.effects.last == .order(session: 1, .quit))
    }

    @Test("V shows two sessions side by side and what differs, :compare any two")
    func comparing() {
        var story = Self.twice()
        story.press(.character("V"))
        for words in ["run 1 and run 2", "550 5.1.1 User unknown", "differs  first refusal"] {
            #expect(story.screen.contains(words), "\(words):\n\(story.screen)")
        }
        story.press(.escape, .character(":"))
        story.type("compare 2 7")
        story.press(.enter)
        #expect(story.dashboard.notice?.tone == .bad)
    }

    @Test("H lists the saved sessions, filters them, and opens, replays or compares one")
    func saved() {
        var story = Self.twice()
        story.press(.character("H"))
        #expect(story.effects.last == .listSaved)
        story.act(
            .listed([
                SavedSession(
                    path: "/s/20261121-194011-mx2.example.test.session", name: "20261121-194011-mx2.example.test",
                    target: "mx2.example.test", outcome: "RCPT: 550 5.1.1 User unknown", isRefused: true),
                SavedSession(
                    path: "/s/20261120-080000-mx1.example.test.session", name: "20261120-080000-mx1.example.test",
                    target: "mx1.example.test", outcome: "nothing was refused", isRefused: false),
            ]))
        for words in ["2026-11-21 19:40:11", "nothing was refused", "2 of 2"] { #expect(story.screen.contains(words)) }
        story.press(.character("/"))
        story.type("refused mx1")
        story.press(.enter)
        #expect(story.screen.contains("1 of 2"), "\(story.screen)")
        story.press(.enter)
        #expect(story.effects.last == .reopen(path: "/s/20261120-080000-mx1.example.test.session", .look))
        guard let record = story.dashboard.incident.sessions.first else { return }
        story.act(.reopened(record, name: "20261120", .compare))
        #expect(story.screen.contains("run 2 and run 3"))
        story.press(.escape)
        let effects = story.effects.count
        story.act(.reopened(record, name: "20261120", .replay))
        #expect(story.effects.last == .replay(session: 3, record.events))
        for event in record.events { story.act(.happened(session: 3, event)) }
        #expect(story.effects.count == effects + 1, "a replay asks nobody anything")
        #expect(story.dashboard.incident.session == record)
    }

    @Test("a saved session says that it is one: nothing of it is connected, and r says whom it would connect to")
    func savedInView() throws {
        var story = Story(100, 30)
        story.rehearse()
        let record = try #require(story.dashboard.incident.session)
        story.act(.reopened(record, name: "20261120", .look))
        #expect(story.screen.contains("SAVED"))
        story.press(.character("S"))
        #expect(story.dashboard.notice?.text.contains("r connects to") == true)
        #expect(story.dashboard.prompt == nil)
        let before = story.effects.count
        story.press(.character("r"))
        #expect(story.effects[before...].contains { if case .converse = $0 { true } else { false } })
    }
}
