import MailVocabulary
import SMTP
import TestSupport
import Testing

@Suite("Session state machine")
struct SessionStateMachineTests {
    @Test("a command out of order is sent as typed, and its 503 belongs to it")
    func sendsOutOfOrder() {
        var story = greeted()
        story.order(.type("DATA"))
        story.expect("DATA")
        story.receive("503 #5.5.1 MAIL first\r\n")
        #expect(story.failures == [])
        #expect(story.record.events.last.map { received($0)?.command } == "DATA")
        #expect(!story.machine.progress.isDataOpen)
    }

    @Test("replies to commands typed ahead belong to them in order")
    func tiesReplies() {
        var story = greeted()
        story.order(.type("NOOP one"))
        story.order(.type("NOOP two"))
        story.expect("NOOP one")
        story.expect("NOOP two")
        story.receive("250 first\r\n250 second\r\n")
        let pairs = story.record.events.compactMap { received($0) }.suffix(2).map {
            "\($0.command ?? "") \($0.reply.texts)"
        }
        #expect(pairs == ["NOOP one [\"first\"]", "NOOP two [\"second\"]"])
    }

    @Test("a line that would be two commands is not sent, and the transcript says why")
    func refusesTwoLines() {
        var story = greeted()
        story.order(.type("NOOP\r\nQUIT"))
        #expect(story.failures == [])
        #expect(
            story.record.events.last?.fact
                == .note("not sent: the line holds a carriage return, and would become more than one line"))
    }

    @Test("a slow reply is said to be slow at 5, 10, 20 and 40 seconds, and given up at its limit")
    func warnsAndGivesUp() {
        var plan = plan
        plan.deadlines.command = .seconds(60)
        var story = greeted(plan)
        story.order(.type("NOOP"))
        story.expect("NOOP")
        story.wait(.seconds(59))
        let waits = story.record.events.compactMap { if case .waiting(_, let time, _) = $0.fact { time } else { nil } }
        #expect(waits == [.seconds(5), .seconds(10), .seconds(20), .seconds(40)])
        #expect(!story.isClosed)
        story.wait(.seconds(1))
        #expect(story.record.closed == .replyTimedOut(.other))
        story.receive("250 late\r\n")
        #expect(story.record.closed == .replyTimedOut(.other))
        #expect(story.record.events.last?.fact == .closed(.replyTimedOut(.other), during: .other))
    }

    @Test("bytes that drip in do not extend the limit of a reply")
    func limitsWholeReply() {
        var plan = plan
        plan.deadlines.command = .seconds(2)
        var story = greeted(plan)
        story.order(.type("NOOP"))
        story.expect("NOOP")
        for _ in 0..<30 {
            story.receive("250-still working\r\n")
            story.wait(.milliseconds(90))
        }
        #expect(story.record.closed == .replyTimedOut(.other))
        #expect(
            story.record.events.contains {
                if case .replyBegan(.other, after: .milliseconds(10)) = $0.fact { true } else { false }
            })
    }

    @Test("the first and the last byte of a reply are timed apart")
    func timesFirstAndLast() throws {
        var story = Playbook(plan)
        story.connect()
        story.receive("220-teaser\r\n")
        story.wait(.seconds(4))
        story.receive("220 real\r\n")
        let greeting = try #require(story.record.events.compactMap { received($0) }.first)
        #expect(
            greeting.timing
                == ReplyTiming(
                    firstByte: .milliseconds(10), lastByte: .milliseconds(4020),
                    pauses: [.init(afterLine: 1, length: .milliseconds(4010))]))
        #expect(story.record.greetingTook == .milliseconds(10))
    }

    @Test("orders given while TLS is being agreed wait until it stands")
    func holdsOrdersDuringTLS() {
        var story = greeted()
        story.order(.type("STARTTLS"))
        story.order(.type("EHLO probe.example.net"))
        story.expect("STARTTLS")
        #expect(story.failures == [])
        story.receive("220 go ahead\r\n")
        #expect(story.failures == [])
        story.handshake()
        story.expect("EHLO probe.example.net")
        #expect(story.failures == [])
    }

    @Test("a refused STARTTLS lets the waiting orders go")
    func releasesOrdersAfterRefusal() {
        var story = greeted()
        story.order(.type("STARTTLS"))
        story.order(.type("NOOP"))
        story.expect("STARTTLS")
        story.receive("454 TLS not available due to a temporary reason\r\n")
        story.expect("NOOP")
        #expect(story.failures == [])
    }

    @Test(
        "a failed handshake ends the session, whatever the plan says of TLS", arguments: SessionPlan.TLSPolicy.allCases)
    func endsOnFailedHandshake(policy: SessionPlan.TLSPolicy) {
        var plan = plan
        plan.tls = policy
        var story = greeted(plan)
        story.order(.type("STARTTLS"))
        story.expect("STARTTLS")
        story.receive("220 go ahead\r\n")
        story.failHandshake("handshake_failure (40)")
        story.order(.type("MAIL FROM:<a@b>"))
        #expect(story.failures == [])
        #expect(story.record.closed == .tls("handshake_failure (40)"))
    }

    @Test(
        "with TLS required nothing more is said to a server that does not offer or refuses it",
        arguments: ["250 mx\r\n", "250-mx\r\n250 STARTTLS\r\n"])
    func staysSilentWithoutTLS(hello: String) {
        var plan = plan
        plan.tls = .required
        var story = Playbook(plan)
        story.connect()
        story.order(.sendMessage)
        story.receive("220 mx ESMTP\r\n")
        story.expect("EHLO probe.example.net")
        story.receive(hello)
        if hello.contains("STARTTLS") {
            story.expect("STARTTLS")
            story.receive("454 not now\r\n")
        }
        #expect(story.failures == [])
        #expect(story.machine.isAtRest)
        #expect(story.machine.progress.suggestion?.line == "QUIT")
    }

    @Test("a part of a line behind the 220 of STARTTLS is enough to stop")
    func stopsOnPartialInjection() {
        var story = greeted()
        story.order(.type("STARTTLS"))
        story.expect("STARTTLS")
        story.receive("220 go ahead\r\n2")
        guard case .protocolViolation(let oddity) = story.record.closed else {
            Issue.record("\(String(describing: story.record.closed))")
            return
        }
        #expect(oddity == Oddity(.bytesAfterStartTLS, "1 octets: 2"))
        #expect(story.failures == [])
    }

    @Test("a flood of replies that nobody asked for is counted, and ends the session")
    func endsFlood() {
        var story = greeted()
        for _ in 0..<30 { story.receive(String(repeating: "250 still here\r\n", count: 50)) }
        guard case .protocolViolation(let oddity) = story.record.closed else {
            Issue.record("still open")
            return
        }
        #expect(oddity.kind == .unsolicited)
        #expect(story.record.events.count < 100)
    }

    @Test(
        "another service on the port is named at once",
        arguments: [
            ("SSH-2.0-OpenSSH_9.2\r\n", "SSH"), ("HTTP/1.1 400 Bad Request\r\n", "HTTP"),
            ("* OK IMAP4rev1\r\n", "IMAP"),
            ("+OK POP3\r\n", "POP3"), ("\u{15}\u{3}\u{1}\u{0}\u{2}\u{2}\n", "TLS"), ("\u{16}\u{3}\u{3}", "TLS"),
            ("RFB 003.008\n", "VNC"),
        ])
    func namesWrongProtocol(bytes: String, name: String) {
        var story = Playbook(plan)
        story.connect()
        story.order(.run(upTo: .recipient))
        story.receive(bytes)
        #expect(story.record.closed == .protocolViolation(Oddity(.wrongProtocol, "this port speaks \(name), not SMTP")))
        #expect(story.failures == [])
    }

    @Test("what was received of an unfinished reply is shown when the connection ends")
    func showsUnfinished() {
        var story = greeted()
        story.order(.type("EHLO x"))
        story.expect("EHLO x")
        story.receive("250-one\r\n250-tw")
        story.end(.finished)
        let evidence = story.record.events.compactMap {
            if case .oddity(let oddity, _) = $0.fact { oddity.evidence } else { nil }
        }
        #expect(evidence == ["unfinished after 15 octets: 250-one\\x0d\\x0a250-tw"])
        #expect(story.record.closed == .closedByServer(during: .hello))
    }

    @Test("the recipients are all tried, and DATA follows when one of them was taken")
    func triesAllRecipients() {
        var plan = plan
        plan.recipients = [Recipient("a@example.test"), Recipient("b@example.test")]
        var story = Playbook(plan)
        story.connect()
        story.order(.sendMessage)
        story.receive("220 mx ESMTP\r\n")
        story.expect("EHLO probe.example.net")
        story.receive("250 mx\r\n")
        story.expect("MAIL FROM:<probe@example.net>")
        story.receive("250 ok\r\n")
        story.expect("RCPT TO:<a@example.test>")
        story.receive("550 5.1.1 no\r\n")
        story.expect("RCPT TO:<b@example.test>")
        story.receive("250 ok\r\n")
        story.expect("DATA")
        story.receive("354 go\r\n")
        story.expectMessage()
        #expect(story.failures == [])
    }

    @Test("a rehearsal never says DATA, however far it is told to go", arguments: SessionStage.allCases)
    func neverSendsUnasked(stage: SessionStage) {
        var story = Playbook(plan)
        story.connect()
        story.order(.run(upTo: stage))
        story.receive("220 mx ESMTP\r\n")
        for _ in 0..<6 { story.receive("250 ok\r\n") }
        let sent = story.record.events.compactMap { if case .sent(_, let line, _) = $0.fact { line } else { nil } }
        #expect(!sent.contains("DATA"))
    }

    @Test("random bytes from the server never trap it and never make it say DATA", arguments: 0..<150)
    func survivesRandomBytes(seed: UInt64) {
        var random = SeededBytes(seed: seed)
        var story = Playbook(plan)
        story.connect()
        story.order(.run(upTo: .recipient))
        if seed % 2 == 0 { story.receive("220 mx\r\n") }
        for _ in 0..<20 {
            story.receive(random.bytes(Int.random(in: 0...200, using: &random)))
            if seed % 5 == 0 { story.receive("250 ok\r\n") }
        }
        story.end(.finished)
        let sent = story.record.events.compactMap { if case .sent(_, let line, _) = $0.fact { line } else { nil } }
        #expect(!sent.contains("DATA"))
        #expect(story.isClosed)
    }

    // MARK: scaffolding

    private var plan: SessionPlan { MessageTests.plan }

    private func greeted(_ plan: SessionPlan = MessageTests.plan) -> Playbook {
        var story = Playbook(plan)
        story.connect()
        story.receive("220 mx ESMTP\r\n")
        return story
    }

    private func received(_ event: SessionEvent) -> (reply: Reply, command: String?, timing: ReplyTiming)? {
        guard case .received(let reply, _, let command, let timing, _) = event.fact else { return nil }
        return (reply, command, timing)
    }
}
