import MailVocabulary
import SMTP
import TestSupport
import Testing

@Suite("The way a conversation takes")
struct CourseTests {
    // MARK: probes

    @Test("probes are said before MAIL in their order, each with a row of its own, and a refused one stops nothing")
    func probes() {
        var story = greeted {
            $0.probes = [
                ServerProbe(.noop), ServerProbe(.help), ServerProbe(.verify, "user@example.test"),
                ServerProbe(.expand, "staff"), ServerProbe(.turn, "example.test"), ServerProbe(.reset),
            ]
        }
        for (line, reply) in [
            ("NOOP", "250 ok"), ("HELP", "214 no help"), ("VRFY user@example.test", "550 5.1.1 unknown"),
            ("EXPN staff", "502 5.5.1 no"), ("ETRN example.test", "458 4.3.0 no node"), ("RSET", "250 flushed"),
        ] {
            story.expect(line)
            story.receive(reply + "\r\n")
        }
        story.expect("MAIL FROM:<probe@example.net>")
        #expect(story.failures == [])
        let rows = story.record.steps.filter { $0.stage == .other || $0.stage == .reset }
        #expect(rows.map(\.verdict) == [.done, .done, .refused, .refused, .refusedForNow, .done])
        #expect(rows.map(\.request).prefix(3) == ["NOOP", "HELP", "VRFY user@example.test"])
        #expect(SessionStage.other.explained(by: "VRFY user@example.test") == .recipient)
        #expect(SessionStage.other.explained(by: "ETRN example.test") == .other)
    }

    @Test("a probe that would be two lines is refused with the plan")
    func refusesTwoLines() {
        var plan = MessageTests.plan
        plan.probes = [ServerProbe(.verify, "a\r\nQUIT")]
        var story = Playbook(plan)
        story.connect()
        #expect(story.isClosed)
        #expect(story.failures == [])
    }

    @Test("XFORWARD stands before MAIL; where it is not offered, or refused, the run ends")
    func forwards() {
        var story = greeted("250-mx\r\n250 XFORWARD NAME ADDR\r\n") { $0.forwardAttributes = "ADDR=192.0.2.1" }
        story.expect("XFORWARD ADDR=192.0.2.1")
        story.receive("250 ok\r\n")
        story.expect("MAIL FROM:<probe@example.net>")
        #expect(story.failures == [])
        let missing = greeted { $0.forwardAttributes = "ADDR=192.0.2.1" }
        #expect(missing.failures == [])
        #expect(missing.notes == ["XFORWARD is not tried: the server does not offer it"])
        var refused = greeted("250-mx\r\n250 XFORWARD ADDR\r\n") { $0.forwardAttributes = "ADDR=192.0.2.1" }
        refused.expect("XFORWARD ADDR=192.0.2.1")
        refused.receive("550 5.7.0 no\r\n")
        #expect(refused.failures == [])
        #expect(refused.record.decidingRefusal != nil)
    }

    // MARK: hello

    @Test("HELO alone, EHLO alone, or HELO after a refused EHLO: as the plan says, and said aloud")
    func greets() {
        var plain = begun { $0.greeting = .plain }
        plain.expect("HELO probe.example.net")
        plain.receive("250 mx\r\n")
        plain.expect("MAIL FROM:<probe@example.net>")
        #expect(plain.failures == [])
        var strict = begun { $0.greeting = .extended }
        strict.expect("EHLO probe.example.net")
        strict.receive("502 5.5.2 what\r\n")
        #expect(strict.failures == [])
        #expect(strict.record.suggestion?.line == "HELO probe.example.net")
        var either = begun { $0.greeting = .either }
        either.expect("EHLO probe.example.net")
        either.receive("502 5.5.2 what\r\n")
        either.expect("HELO probe.example.net")
        either.receive("250 mx\r\n")
        either.expect("MAIL FROM:<probe@example.net>")
        either.receive("250 ok\r\n")
        either.expect("RCPT TO:<user@example.test>")
        either.receive("250 ok\r\n")
        #expect(either.failures == [])
        #expect(either.notes == ["EHLO was refused: HELO is tried"])
        #expect(either.record.decidingRefusal == nil)
        #expect(either.record.progress.isPlanDone)
    }

    @Test("421 to EHLO ends the session even where HELO may follow")
    func endsOnClosing() {
        var story = begun { $0.greeting = .either }
        story.expect("EHLO probe.example.net")
        story.receive("421 4.3.2 busy\r\n")
        #expect(story.failures == [])
        #expect(story.record.closed == .serviceClosing(421))
    }

    @Test("EHLO again after AUTH shows what the list has gained and lost")
    func greetsAgain() {
        var plan = MessageTests.plan
        (plan.tls, plan.greetsAgain) = (.never, true)
        plan.authentication = AuthenticationPlan(mechanism: .plain, user: "probe", channel: .any)
        var story = Playbook(plan, credentials: AuthenticationTests.credentials)
        story.connect()
        story.receive("220 mx ESMTP\r\n")
        story.order(.run(upTo: .recipient))
        story.expect("EHLO probe.example.net")
        story.receive("250-mx\r\n250-SIZE 1000\r\n250 AUTH PLAIN\r\n")
        story.expect("AUTH PLAIN AHByb2JlAHMzY3IzdHBhc3M=")
        story.receive("235 ok\r\n")
        story.expect("EHLO probe.example.net")
        story.receive("250-mx\r\n250-SIZE 9000\r\n250 AUTH PLAIN\r\n")
        story.expect("MAIL FROM:<probe@example.net>")
        #expect(story.failures == [])
        #expect(story.notes == ["EHLO list after AUTH: +SIZE 9000, -SIZE 1000"])
        #expect(story.record.latestCapabilityChange?.cause == .authentication)
    }

    @Test("the list after XCLIENT is compared with the one before it")
    func comparesAfterXCLIENT() {
        var story = greeted("250-mx\r\n250 XCLIENT ADDR\r\n") { $0.clientAttributes = ["ADDR=192.0.2.1"] }
        story.expect("XCLIENT ADDR=192.0.2.1")
        story.receive("220 mx ESMTP\r\n")
        story.expect("EHLO probe.example.net")
        story.receive("250-mx\r\n250-SIZE 1\r\n250 XCLIENT ADDR\r\n")
        #expect(story.notes == ["EHLO list after XCLIENT: +SIZE 1"])
    }

    // MARK: ends

    @Test(
        "the connection is dropped before the reply of any stage, its command being out",
        arguments: [
            (SessionStage.hello, "EHLO probe.example.net"), (.sender, "MAIL FROM:<probe@example.net>"),
            (.recipient, "RCPT TO:<user@example.test>"), (.data, "DATA"), (.endOfData, ""),
        ])
    func dropsBeforeReply(stage: SessionStage, last: String) {
        var plan = MessageTests.plan
        (plan.tls, plan.stopAfter, plan.dropsBeforeReply) = (.never, .endOfData, stage)
        var story = Playbook(plan)
        story.connect()
        story.receive("220 mx\r\n")
        story.order(.sendMessage)
        for (line, reply) in [
            ("EHLO probe.example.net", "250 mx"), ("MAIL FROM:<probe@example.net>", "250 ok"),
            ("RCPT TO:<user@example.test>", "250 ok"), ("DATA", "354 go"),
        ] {
            story.expect(line)
            if line == last { break }
            story.receive(reply + "\r\n")
        }
        if stage == .endOfData { story.expectMessage() }
        #expect(story.failures == [])
        #expect(story.isClosed)
        #expect(story.record.closed == .droppedByOperator)
        #expect(story.record.progress.isPlanDone)
    }

    @Test("dropped before the greeting, nothing was said")
    func dropsBeforeGreeting() {
        var plan = MessageTests.plan
        plan.dropsBeforeReply = .connect
        var story = Playbook(plan)
        story.connect()
        #expect(story.isClosed)
        #expect(story.failures == [])
    }

    @Test("the time of the whole session ends it wherever it is, whatever each reply may take")
    func endsInTime() {
        var plan = MessageTests.plan
        plan.maximumTime = .seconds(3)
        var story = Playbook(plan)
        story.connect()
        story.receive("220 mx\r\n")
        story.order(.run(upTo: .recipient))
        story.expect("EHLO probe.example.net")
        story.receive("250-still\r\n")
        story.wait(.seconds(4))
        #expect(story.record.closed == .timeIsUp(during: .hello))
        #expect(story.record.elapsed == .seconds(3))
        #expect(story.record.closed?.isOrderly == false)
        var idle = Playbook(plan)
        idle.connect()
        idle.receive("220 mx\r\n")
        idle.wait(.seconds(4))
        #expect(idle.record.closed == .timeIsUp(during: .idle))
    }

    // MARK: waiting

    @Test("a wait that is given up lets other commands go, and its reply is late when it comes: never the next one's")
    func namesLateReply() {
        var story = greeted { _ in }
        story.expect("MAIL FROM:<probe@example.net>")
        story.wait(.seconds(6))
        story.order(.stopWaiting)
        #expect(story.record.waitingSince == nil)
        #expect(story.machine.isAtRest)
        story.order(.type("NOOP"))
        story.expect("NOOP")
        story.receive("250 2.1.0 sender ok\r\n")
        #expect(!story.machine.isAtRest)
        story.receive("250 2.0.0 noop\r\n")
        let replies = story.record.events.compactMap { event -> String? in
            guard case .received(let reply, _, let command, _, _) = event.fact else { return nil }
            let late = reply.oddities.contains { $0.kind == .lateReply }
            return "\(command ?? "-"): \(reply.texts[0])\(late ? ", late" : "")"
        }
        #expect(replies.suffix(2) == ["MAIL FROM:<probe@example.net>: 2.1.0 sender ok, late", "NOOP: 2.0.0 noop"])
        #expect(story.machine.isAtRest)
        #expect(story.failures == [])
        #expect(story.record.progress.sender == .accepted)
    }

    @Test("a late reply answers nothing of the plan: nothing more is sent because of it")
    func sendsNothingAfterLateReply() {
        var story = greeted { _ in }
        story.expect("MAIL FROM:<probe@example.net>")
        story.order(.stopWaiting)
        story.receive("250 2.1.0 ok\r\n")
        #expect(story.failures == [])
        story.order(.proceed)
        story.expect("RCPT TO:<user@example.test>")
        #expect(story.failures == [])
    }

    @Test("the wait for the answer to STARTTLS cannot be given up: the session is dropped")
    func dropsDuringSTARTTLS() {
        var story = begun { $0.tls = .required }
        story.expect("EHLO probe.example.net")
        story.receive("250-mx\r\n250 STARTTLS\r\n")
        story.expect("STARTTLS")
        story.order(.stopWaiting)
        #expect(story.record.closed == .droppedByOperator)
    }

    @Test("told to keep waiting, a reply has no limit, and the one after it has its own again")
    func keepsWaiting() {
        var story = greeted { $0.deadlines.command = .seconds(60) }
        story.expect("MAIL FROM:<probe@example.net>")
        story.wait(.seconds(30))
        story.order(.keepWaiting)
        story.wait(.seconds(600))
        #expect(!story.isClosed)
        story.receive("250 ok\r\n")
        story.expect("RCPT TO:<user@example.test>")
        story.wait(.seconds(60))
        #expect(story.record.closed == .replyTimedOut(.recipient))
        #expect(story.failures == [])
    }

    @Test("every new option comes back from the journal, and so do the events")
    func journals() throws {
        var plan = MessageTests.plan
        (plan.dropsBeforeReply, plan.maximumTime, plan.greeting, plan.greetsAgain) = (.quit, .seconds(9), .either, true)
        plan.probes = [ServerProbe(.verify, "a b"), ServerProbe(.noop)]
        plan.forwardAttributes = "NAME=x"
        plan.services.chunk = 77
        (plan.services.wantsRecipientReplies, plan.services.requiresTLS, plan.services.ignoresLimits) = (
            true, true, true
        )
        plan.services.deliverBy = .init(seconds: 9, mode: .notify, traces: true)
        (plan.services.priority, plan.services.hold) = (-9, .until("2026-11-22T09:00:00Z"))
        let pause = ReplyTiming.Pause(afterLine: 3, length: .milliseconds(1234))
        let events: [SessionFact] = [
            .gaveUp(stage: .sender, after: .seconds(3), replies: 2), .closed(.timeIsUp(during: .idle), during: .idle),
            .connecting(host: "/run/lmtp", nil), .connected(local: nil, remote: nil, took: .milliseconds(1)),
            .received(
                Reply(code: 250, lines: [[]]), stage: .chunk, command: "BDAT 5",
                timing: ReplyTiming(firstByte: .zero, lastByte: .seconds(2), pauses: [pause]), tls: true),
        ]
        let stamped = events.map { SessionEvent(at: .seconds(1), $0) }
        let text = SessionJournal.header(plan) + stamped.map { SessionJournal.line($0) }.joined()
        let journal = try #require(SessionJournal(text))
        #expect(journal.plan == plan)
        #expect(journal.events == stamped)
        plan.services.hold = .seconds(5)
        #expect(SessionJournal(SessionJournal.header(plan))?.plan == plan)
    }

    // MARK: scaffolding

    private func begun(_ change: (inout SessionPlan) -> Void) -> Playbook {
        var plan = MessageTests.plan
        plan.tls = .never
        change(&plan)
        var story = Playbook(plan)
        story.connect()
        story.receive("220 mx ESMTP\r\n")
        story.order(.run(upTo: .recipient))
        return story
    }

    private func greeted(_ hello: String = "250 mx\r\n", _ change: (inout SessionPlan) -> Void) -> Playbook {
        var story = begun(change)
        story.expect("EHLO probe.example.net")
        story.receive(hello)
        return story
    }
}
