import MailVocabulary
import SMTP
import TestSupport
import Testing

@Suite("Session record")
struct SessionRecordTests {
    @Test("lists what is to come before anything has happened")
    func listsPlan() {
        var plan = MessageTests.plan
        plan.target = SessionTarget(.domain("example.test"))
        let record = SessionRecord(plan: plan)
        #expect(
            record.steps.map(\.name) == ["DNS", "CONNECT", "EHLO", "STARTTLS", "MAIL FROM", "RCPT TO", "DATA", "QUIT"])
        #expect(record.steps[0].request == "MX example.test")
        #expect(record.steps[0].verdict == .running)
        #expect(record.steps[6].outcome == "not sent: the rehearsal stops at RCPT")
        #expect(record.isWaiting)
        #expect(!record.isOpen)
    }

    @Test("TLS voids the capabilities and keeps them to compare; its row tells version and certificate")
    func comparesCapabilities() {
        var story = Playbook(MessageTests.plan)
        story.connect()
        story.order(.run(upTo: .startTLS))
        story.receive("220 mx ESMTP\r\n")
        story.expect("EHLO probe.example.net")
        story.receive("250-mx\r\n250-SIZE 1\r\n250 STARTTLS\r\n")
        story.expect("STARTTLS")
        story.receive("220 go\r\n")
        #expect(story.record.isWaiting)
        #expect(story.record.suggestion == nil)
        story.handshake(
            TLSFacts(
                version: "TLSv1.3", cipher: "X",
                objections: [TLSFacts.Objection(depth: 0, code: 10, text: "certificate has expired")]))
        #expect(story.record.capabilities == [])
        #expect(story.record.capabilitiesBeforeTLS?.map(\.name) == ["SIZE", "STARTTLS"])
        let row = story.record.steps.first { $0.stage == .startTLS }
        #expect(row?.outcome == "220, TLSv1.3, certificate has expired")
        #expect(row?.verdict == .warning)
        #expect(row?.took == .milliseconds(30))
        story.expect("EHLO probe.example.net")
        #expect(story.failures == [])
    }

    @Test("counts what was waited for, without the pauses of whoever types, and steps by their place in the list")
    func waits() {
        var story = Playbook(MessageTests.plan)
        #expect(story.record.stepReached == 1)
        story.connect()
        story.receive("220 mx ESMTP\r\n")
        let greeted = story.record.waited
        #expect(greeted > .zero && greeted <= story.record.elapsed)
        story.wait(.seconds(30))
        story.order(.type("EHLO probe.example.net"))
        story.expect("EHLO probe.example.net")
        story.receive("250 mx\r\n")
        #expect(story.record.elapsed > .seconds(30))
        #expect(story.record.waited < greeted + .seconds(1))
        story.order(.type("RCPT TO:<nobody@example.test>"))
        story.receive("503 5.5.1 MAIL first\r\n")
        let reached = story.record.steps.firstIndex { $0.stage == .recipient }.map { $0 + 1 }
        #expect(story.record.stepReached == reached)
    }

    @Test("points to the latest reply and to the first refusal, and says what may come next")
    func points() {
        var story = Playbook(MessageTests.plan)
        story.connect()
        story.receive("220 mx ESMTP\r\n")
        story.order(.type("RCPT TO:<nobody@example.test>"))
        story.expect("RCPT TO:<nobody@example.test>")
        #expect(story.record.stage == .recipient)
        #expect(story.record.waitingSince == .milliseconds(20))
        story.receive("503 5.5.1 MAIL first\r\n")
        let record = story.record
        #expect(record.latestReplyEvent == record.events.count - 1)
        #expect(record.firstRefusal == record.latestReplyEvent)
        #expect(
            record.steps.map(\.name) == [
                "DNS", "CONNECT", "RCPT TO", "EHLO", "STARTTLS", "MAIL FROM", "RCPT TO", "DATA", "QUIT",
            ])
        #expect(record.steps[2].verdict == .refused)
        #expect(record.suggestion?.line == "EHLO probe.example.net")
        #expect(!record.isWaiting)
    }

    @Test("commands of no stage have rows of their own, in the order of time")
    func listsOthers() {
        var story = Playbook(MessageTests.plan)
        story.connect()
        story.receive("220 mx ESMTP\r\n")
        story.order(.type("NOOP"))
        story.expect("NOOP")
        story.receive("250 ok\r\n")
        story.order(.type("HELP me"))
        story.expect("HELP me")
        story.receive("502 no\r\n")
        #expect(story.record.steps[2...3].map(\.request) == ["NOOP", "HELP me"])
        #expect(story.record.steps[2...3].map(\.verdict) == [.done, .refused])
    }

    @Test("only DATA and the final dot are not safe to suggest")
    func marksUnsafe() throws {
        let text = """
            plan: tls never
            > run RCPT
            S: 220 mx ESMTP
            C: EHLO probe.example.net
            S: 250 mx
            C: MAIL FROM:<probe@example.net>
            S: 250 ok
            C: RCPT TO:<user@example.test>
            S: 250 ok
            """
        #expect(
            try Conversation(text).play().record.suggestion == SuggestedStep(stage: .data, line: "DATA", isSafe: false))
        let open = try Conversation(text + "\n> type DATA\nC: DATA\nS: 354-go\nS: 354 on\n").play()
        #expect(open.failures == [])
        #expect(open.record.suggestion == SuggestedStep(stage: .endOfData, line: ".", isSafe: false))
    }

    @Test("no answer after the final dot leaves the outcome unknown")
    func knowsUnknown() throws {
        let text = """
            plan: tls never
            plan: send
            > send
            S: 220 mx ESMTP
            C: EHLO probe.example.net
            S: 250 mx
            C: MAIL FROM:<probe@example.net>
            S: 250 ok
            C: RCPT TO:<user@example.test>
            S: 250 ok
            C: DATA
            S: 354 go
            C: [message]
            -- waits 600 s
            """
        let record = try Conversation(text).play().record
        #expect(record.closed == .replyTimedOut(.endOfData))
        #expect(record.closed?.leavesOutcomeUnknown(at: record.stage) == true)
        #expect(record.messagesAccepted == 0)
    }

    @Test("an EHLO list of a thousand lines is read, a greeting of 421 ends at once")
    func readsLongList() {
        var story = Playbook(MessageTests.plan)
        story.connect()
        story.order(.run(upTo: .hello))
        story.receive("220 mx ESMTP\r\n")
        story.expect("EHLO probe.example.net")
        story.receive((0..<1000).map { "250-X\($0)\r\n" }.joined() + "250 END\r\n")
        #expect(story.record.capabilities.count == 1000)
        var busy = Playbook(MessageTests.plan)
        busy.connect()
        busy.order(.run(upTo: .recipient))
        busy.receive("421 #4.4.5 Too many connections to this host\r\n")
        #expect(busy.record.closed == .serviceClosing(421))
        #expect(busy.failures == [])
    }
}
