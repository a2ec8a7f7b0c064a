import Canvas
import DNS
import Dashboard
import MailLog
import MailVocabulary
import SMTP
import TestSupport
import Testing
import Triage

@Suite("Reducer")
struct ReducerTests {
    @Test("r connects and runs up to RCPT, and asks the DNS beside it")
    func run() {
        var story = Story()
        story.press(.character("r"))
        #expect(story.effects.contains { if case .converse(0, _, _) = $0 { true } else { false } })
        #expect(story.effects.contains(.order(session: 0, .run(upTo: .recipient))))
        #expect(story.effects.contains { if case .ask(.domain, _) = $0 { true } else { false } })
    }

    @Test("connecting asks for the reverse names of both ends")
    func reverse() {
        var story = Story()
        story.connect()
        let subjects = story.dashboard.incident.subjects
        #expect(subjects.contains(.address(Story.source, role: .source)))
        #expect(subjects.contains(.address(Story.server, role: .target)))
    }

    @Test("nothing is sent without a capital S, a dialog, and a second capital S that was not typed ahead")
    func sending() {
        var story = Story()
        story.rehearse()
        story.press(.character("s"), .enter)
        #expect(!story.effects.contains(.order(session: 0, .sendMessage)))
        story.press(.character("S"), .character("S"))
        #expect(!story.effects.contains(.order(session: 0, .sendMessage)), "the second S came within 300 ms")
        story.pass(.milliseconds(301))
        story.press(.enter, .character("s"), .character("y"))
        story.act(.pressed(.paste("S")))
        #expect(!story.effects.contains(.order(session: 0, .sendMessage)))
        story.press(.character("S"))
        #expect(story.effects.last == .order(session: 0, .sendMessage))
    }

    @Test("S says what is missing when no recipient was accepted")
    func nothingToSend() {
        var story = Story()
        story.introduce()
        story.press(.character("S"))
        #expect(story.dashboard.prompt == nil)
        #expect(story.dashboard.notice?.tone == .bad)
    }

    @Test("read-only never offers to send")
    func readOnly() {
        var story = Story()
        story.dashboard.settings.isReadOnly = true
        story.rehearse()
        story.press(.character("S"))
        #expect(story.dashboard.prompt == nil)
        #expect(story.dashboard.notice?.text.hasPrefix("read-only") == true)
    }

    @Test("the command line sends what is typed, exactly, and remembers it")
    func typing() {
        var story = Story()
        story.connect()
        story.press(.character("c"))
        story.type("rcpt to: <user@other.test>  NOTIFY=never")
        story.press(.enter)
        #expect(story.effects.last == .order(session: 0, .type("rcpt to: <user@other.test>  NOTIFY=never")))
        story.press(.up)
        guard case .smtp(let editor) = story.dashboard.prompt else {
            Issue.record("the command line is closed")
            return
        }
        #expect(editor.line == "rcpt to: <user@other.test>  NOTIFY=never")
    }

    @Test("Enter on an empty command line sends the suggested next step, but asks before DATA")
    func suggestion() {
        var story = Story()
        story.connect()
        story.press(.character("c"), .enter)
        #expect(story.effects.last == .order(session: 0, .proceed))
        story = Story()
        story.rehearse()
        story.press(.character("c"), .enter)
        guard case .confirmSending = story.dashboard.prompt else {
            Issue.record("no dialog stands before DATA")
            return
        }
    }

    @Test("a secret typed after AUTH is on no screen and in no history")
    func secrets() {
        var story = Story(100, 30)
        story.connect()
        story.press(.character("c"))
        story.type("AUTH PLAIN AHByb2JlAHMzY3IzdA==")
        #expect(!story.screen.contains("AHByb2Jl"))
        story.press(.enter, .up)
        #expect(!story.screen.contains("AHByb2Jl"))
        guard case .smtp(let editor) = story.dashboard.prompt else {
            Issue.record("the command line is closed")
            return
        }
        #expect(editor.history.isEmpty)
    }

    @Test("the id in the server's 250 turns the log pane to that message, and follows it to its end")
    func pivot() {
        var story = Story(120, 40)
        story.rehearse()
        story.deliver()
        #expect(story.dashboard.logFilter == .all)
        story.log(Logs.delivered)
        #expect(story.dashboard.logFilter == .message)
        #expect(story.dashboard.incident.messageInLog?.outcome == .delivered)
        #expect(story.screen.contains("Message finished"))
        #expect(!story.screen.contains("BLOCKED"))
    }

    @Test("Ctrl-C cuts a waiting session short; twice when idle quits")
    func interrupt() {
        var story = Story()
        story.connect()
        story.command("EHLO probe.example.net", .hello)
        story.press(.control("c"))
        #expect(story.effects.last == .order(session: 0, .drop))
        story.fact(.closed(.droppedByOperator, during: .hello))
        story.press(.control("c"))
        #expect(!story.effects.contains(.quit))
        story.press(.control("c"))
        #expect(story.effects.last == .quit)
    }

    @Test("the end after the final dot is said to be unknown, not failed")
    func unknownOutcome() {
        var story = Story()
        story.rehearse()
        story.command("DATA", .data)
        story.reply(354, "go ahead", .data, to: "DATA")
        story.fact(.sentMessage(bytes: 412, lines: 9, subject: "x", tls: false))
        story.fact(.closed(.reset(during: .endOfData), during: .endOfData))
        #expect(story.dashboard.notice?.text.contains("may have taken the message") == true)
    }

    @Test("a slow banner and a silent reverse lookup are one story")
    func slowBanner() {
        var story = Story(120, 40)
        story.connect(greetingAfter: 31_000)
        let subject = DNSSubject.address(Story.source, role: .source)
        let question = DNSQuestion(DNSName(reverse: Story.source), .ptr)
        let answer = DNSAnswer(
            question, from: Endpoint(IPAddress(v4: 192, 0, 2, 53), 53), .silent, took: .seconds(10), attempts: 2)
        story.act(.answered(subject, answer))
        #expect(story.dashboard.incident.slowGreetingStory?.kind.severity == .delay)
        #expect(story.screen.contains("Joined"))
    }

    @Test("a wrong command after the colon says so and changes nothing")
    func palette() {
        var story = Story()
        story.press(.character(":"))
        story.type("conect mx1")
        story.press(.enter)
        #expect(story.dashboard.notice?.text == "no such command: conect mx1; ? lists them")
        #expect(story.effects.isEmpty)
    }

    @Test("a target that cannot be understood is one sentence and no connection")
    func badTarget() {
        var story = Story()
        story.press(.character(":"))
        story.type("connect mx1:99999")
        story.press(.enter)
        #expect(story.dashboard.notice?.tone == .bad)
        #expect(story.effects.isEmpty)
    }

    @Test("random keys never trap, and never send")
    func randomKeys() {
        var random = SeededBytes(seed: 7)
        let scalars = Array("abcdefghijklmnopqrtuvwxyz0123456789 :/?.@<>ABCDEFGHIJKLMNOPQRTUVWXYZ=".unicodeScalars)
        for _ in 0..<20 {
            var story = Story()
            story.rehearse()
            story.log(Logs.delivered)
            for _ in 0..<300 {
                switch Int.random(in: 0..<12, using: &random) {
                case 0: story.press(.enter)
                case 1: story.press(.escape)
                case 2:
                    story.press(
                        [Key.up, .down, .left, .right, .pageUp, .home, .end, .tab].randomElement(using: &random) ?? .tab
                    )
                case 3:
                    story.act(
                        .resized(
                            Size(
                                columns: .random(in: 1...200, using: &random), rows: .random(in: 1...60, using: &random)
                            )))
                case 4: story.pass(.milliseconds(200))
                default: story.press(.character(scalars.randomElement(using: &random) ?? "q"))
                }
                _ = story.dashboard.frame
            }
            #expect(!story.effects.contains { if case .order(_, .sendMessage) = $0 { true } else { false } })
        }
    }
}

/// Each of these was found by using the program.
@Suite("Reducer: what using it taught")
struct ReducerLessonTests {
    @Test("q after an accepted message just quits; in the middle of one it asks")
    func quitting() {
        var story = Story()
        story.rehearse()
        story.deliver()
        story.press(.character("q"))
        #expect(story.effects.last == .quit)
        story = Story()
        story.rehearse()
        story.command("DATA", .data)
        story.reply(354, "go ahead", .data, to: "DATA")
        story.press(.character("q"))
        #expect(story.dashboard.prompt == .confirmQuit)
    }

    @Test(":connect leaves the open session and starts a new one")
    func connecting() {
        var story = Story()
        story.rehearse()
        story.press(.character(":"))
        story.type("connect mx2.example.test:2525")
        story.press(.enter)
        #expect(story.dashboard.incident.sessions.count == 2)
        #expect(story.effects.contains(.order(session: 0, .drop)))
        #expect(story.effects.last == .order(session: 1, .run(upTo: .recipient)))
    }

    @Test("read-only refuses DATA and BDAT typed by hand")
    func readOnlyByHand() {
        for line in ["DATA", "data", " BDAT 4 LAST"] {
            var story = Story()
            story.dashboard.settings.isReadOnly = true
            story.rehearse()
            story.press(.character("c"))
            story.type(line)
            story.press(.enter)
            #expect(!story.effects.contains { if case .order(_, .type) = $0 { true } else { false } }, "\(line)")
        }
    }

    @Test("a rotation keeps the lines and the message in flight")
    func rotation() {
        var story = Story(120, 40)
        story.rehearse()
        story.deliver()
        let lines = Logs.delivered.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
        story.log(lines[..<8].joined(separator: "\n") + "\n")
        story.act(.followed(source: 0, .rotated))
        story.log(lines[8...].joined(separator: "\n"))
        #expect(story.dashboard.incident.messageInLog?.outcome == .delivered)
        #expect(story.dashboard.incident.log?.lineCount == 15)
        #expect(story.screen.contains("<user@example.test>"))
    }

    @Test("help and quit are always among the hints")
    func hints() {
        for columns in [60, 80, 100, 120, 200] {
            let story = Story(columns, 30)
            #expect(story.screen.contains("? help  q quit"), "\(columns) columns")
        }
    }
}

@Suite("Reducer: what fresh eyes found")
struct ReducerFreshEyesTests {
    @Test("the dialog names the envelope of the open transaction, not of the plan")
    func envelope() {
        var story = Story(100, 30)
        story.rehearse()
        story.command("RSET", .reset)
        story.reply(250, "reset", .reset, to: "RSET")
        story.press(.character("S"))
        #expect(story.dashboard.prompt == nil, "after RSET no transaction is open")
        story.command("MAIL FROM:<x@example.net>", .sender)
        story.reply(250, "ok", .sender, to: "MAIL FROM:<x@example.net>")
        story.command("RCPT TO:<other@example.test>", .recipient)
        story.reply(250, "ok", .recipient, to: "RCPT TO:<other@example.test>")
        story.press(.character("S"))
        #expect(story.screen.contains("sender    <x@example.net>"))
        #expect(story.screen.contains("to        <other@example.test>"))
        #expect(story.screen.contains("then to   <user@example.test>"))
    }

    @Test("S after a message was sent says so and opens no dialog")
    func sentAlready() {
        var story = Story()
        story.rehearse()
        story.deliver()
        story.command("NOOP", .other)
        story.reply(250, "ok", .other, to: "NOOP")
        story.press(.character("S"))
        #expect(story.dashboard.prompt == nil)
        #expect(story.dashboard.notice?.text.contains("has been sent") == true)
    }

    @Test("another gateway's message of the same number is not taken for ours")
    func foreign() {
        var story = Story(120, 40)
        story.dashboard.settings.recipients = [Recipient("bounce@example.test")]
        story.introduce()
        story.command("RCPT TO:<bounce@example.test>", .recipient)
        story.reply(250, "ok", .recipient, to: "RCPT TO:<bounce@example.test>")
        story.deliver()
        story.log(Logs.delivered)
        #expect(story.dashboard.incident.messageInLog == nil)
        #expect(story.screen.contains("is another message"))
    }

    @Test("a connection that was logged before this session began is not called ours")
    func older() {
        var story = Story(120, 40)
        story.log(Logs.delivered)
        story.rehearse()
        #expect(story.dashboard.incident.connectionTrace == nil)
        #expect(!story.screen.contains("probably ours"))
    }

    @Test("what is typed after a refused AUTH is hidden too, unless it is a command")
    func refusedAuthentication() {
        var story = Story(100, 30)
        story.connect()
        story.command("AUTH LOGIN", .authenticate)
        story.reply(503, "5.5.1 not now", .authenticate, to: "AUTH LOGIN")
        story.press(.character("c"))
        story.type("c2VjcmV0")
        #expect(!story.screen.contains("c2VjcmV0"))
        story.press(.enter, .up)
        #expect(!story.screen.contains("c2VjcmV0"))
        story.press(.control("u"))
        story.type("QUIT")
        #expect(story.screen.contains("C> QUIT"))
    }

    @Test("the word that something is awaited goes when it has come")
    func waiting() {
        var story = Story()
        story.press(.character("o"))
        story.fact(.connecting(host: "mx1.example.test", Endpoint(Story.server, 25)))
        story.fact(
            .connected(
                local: Endpoint(Story.source, 40_000), remote: Endpoint(Story.server, 25), took: .milliseconds(12)))
        story.fact(.waiting(stage: .connect, .seconds(10)))
        #expect(story.dashboard.notice?.text.hasPrefix("waiting for the greeting") == true)
        story.reply(220, "mx1.example.test ESMTP", .connect, to: nil, after: 11_000)
        #expect(story.dashboard.notice == nil)
    }

    @Test("r after a refusal starts again, and after a rehearsal says what is left")
    func again() {
        var story = Story()
        story.rehearse()
        story.press(.character("r"))
        #expect(story.dashboard.notice?.text.hasPrefix("the rehearsal is done") == true)
        story = Story()
        story.introduce()
        story.command("RCPT TO:<user@example.test>", .recipient)
        story.reply(550, "5.1.1 User unknown", .recipient, to: "RCPT TO:<user@example.test>")
        story.press(.character("r"))
        #expect(story.dashboard.incident.sessions.count == 2)
    }

    @Test(":dns and :theme without a word ask for it, :set to says what it is")
    func missingWords() {
        for command in ["dns", "theme"] {
            var story = Story()
            story.press(.character(":"))
            story.type(command)
            story.press(.enter)
            #expect(story.dashboard.notice?.text.hasPrefix("which ") == true, "\(command)")
        }
        var story = Story()
        story.press(.character(":"))
        story.type("set to")
        story.press(.enter)
        #expect(story.dashboard.notice?.text == "to is user@example.test; it takes ADDRESS")
    }
}

@Suite("Reducer: our own standing")
struct ReducerSenderTests {
    @Test("connecting asks what SPF makes of our sender at our address, but not at a private one")
    func sender() {
        var story = Story()
        story.connect()
        #expect(story.dashboard.incident.subjects.contains { if case .sender = $0 { true } else { false } })
        story = Story()
        story.press(.character("o"))
        story.fact(
            .connected(
                local: Endpoint(IPAddress(v4: 10, 1, 1, 1), 40_000), remote: Endpoint(Story.server, 25), took: .zero))
        #expect(!story.dashboard.incident.subjects.contains { if case .sender = $0 { true } else { false } })
    }
}
