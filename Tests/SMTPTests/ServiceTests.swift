import MailVocabulary
import SMTP
import TestSupport
import Testing

@Suite("Service extensions of a transaction")
struct ServiceTests {
    // MARK: BDAT

    @Test("a message goes by BDAT in chunks of the size asked for, one after another, the last one marked")
    func sendsChunks() {
        var story = opened("250-mx\r\n250 CHUNKING\r\n") { $0.services.chunk = 50 }
        let message = story.takeChunk("BDAT 50")
        story.receive("250 2.0.0 50 octets\r\n")
        let more = story.takeChunk("BDAT 50")
        #expect(story.failures == [])
        story.receive("250 2.0.0 ok\r\n")
        let rest = story.takeLastChunk()
        story.receive("250 2.0.0 queued as 3F2A\r\n")
        #expect(story.failures == [])
        #expect((message + more + rest).hasSuffix("\r\n.dotted\r\n"))
        #expect(story.record.progress.isPlanDone)
        #expect(story.record.recipients.map(\.isTaken) == [true])
        #expect(story.record.acceptances.map(\.description) == ["3F2A"])
        #expect(story.record.steps.contains { $0.name == "DATA" && $0.verdict == .done })
    }

    @Test("chunks are pipelined where PIPELINING is offered and asked for")
    func pipelinesChunks() {
        var story = opened("250-mx\r\n250-PIPELINING\r\n250 CHUNKING\r\n", isPipelined: true) {
            ($0.services.chunk, $0.pipelines) = (50, true)
        }
        _ = story.takeChunk("BDAT 50")
        _ = story.takeChunk("BDAT 50")
        _ = story.takeLastChunk()
        story.receive("250 ok\r\n250 ok\r\n250 queued\r\n")
        #expect(story.failures == [])
        #expect(story.record.progress.isPlanDone)
    }

    @Test("a refused chunk is followed by RSET and by no other chunk")
    func resetsAfterRefusedChunk() {
        var story = opened("250-mx\r\n250 CHUNKING\r\n") { $0.services.chunk = 50 }
        _ = story.takeChunk("BDAT 50")
        story.receive("552 5.3.4 too big\r\n")
        story.expect("RSET")
        story.receive("250 flushed\r\n")
        #expect(story.failures == [])
        #expect(story.machine.isAtRest)
        #expect(story.record.messagesAccepted == 0)
        guard let index = story.record.decidingRefusal,
            case .received(_, let stage, let command, _, _) = story.record.events[index].fact
        else {
            Issue.record("the refusal decides")
            return
        }
        #expect(stage == .chunk)
        #expect(command == "BDAT 50")
        #expect(stage.explained(by: command) == .endOfData)
    }

    @Test("pipelined chunks behind a refused one get their replies before RSET")
    func resetsAfterPipelinedChunks() {
        var story = opened("250-mx\r\n250-PIPELINING\r\n250 CHUNKING\r\n", isPipelined: true) {
            ($0.services.chunk, $0.pipelines) = (50, true)
        }
        _ = story.takeChunk("BDAT 50")
        _ = story.takeChunk("BDAT 50")
        _ = story.takeLastChunk()
        story.receive("451 4.3.0 no room\r\n")
        #expect(story.failures == [])
        story.receive("503 5.5.1 no\r\n503 5.5.1 no\r\n")
        story.expect("RSET")
        #expect(story.failures == [])
    }

    @Test("a connection lost in the middle of the chunks leaves nothing unknown, one lost after the last does")
    func knowsOutcome() {
        var lost = opened("250-mx\r\n250 CHUNKING\r\n") { $0.services.chunk = 50 }
        _ = lost.takeChunk("BDAT 50")
        lost.end(.reset)
        #expect(lost.record.closed?.leavesOutcomeUnknown(at: lost.record.stage) == false)
        var late = opened("250-mx\r\n250 CHUNKING\r\n") { $0.services.chunk = 100_000 }
        _ = late.takeLastChunk()
        late.end(.reset)
        #expect(late.record.closed?.leavesOutcomeUnknown(at: late.record.stage) == true)
    }

    @Test("in LMTP the last chunk has a reply for each accepted recipient")
    func chunksInLMTP() {
        var plan = plan
        (plan.isLMTP, plan.services.chunk) = (true, 100_000)
        plan.recipients = [Recipient("a@x.test"), Recipient("b@x.test")]
        var story = Playbook(plan)
        story.connect()
        story.receive("220 mx\r\n")
        story.order(.sendMessage)
        story.expect("LHLO probe.example.net")
        story.receive("250-mx\r\n250 CHUNKING\r\n")
        story.expect("MAIL FROM:<probe@example.net>")
        story.receive("250 ok\r\n")
        for path in ["a@x.test", "b@x.test"] {
            story.expect("RCPT TO:<\(path)>")
            story.receive("250 ok\r\n")
        }
        _ = story.takeLastChunk()
        story.receive("250 a has it\r\n452 4.2.2 b is full\r\n")
        #expect(story.failures == [])
        #expect(story.record.recipients.map(\.isTaken) == [true, false])
    }

    // MARK: PRDR

    @Test("after a 353 each accepted recipient has a reply, and the last one is that of the message")
    func repliesPerRecipient() {
        var story = prdr("250-mx\r\n250 PRDR\r\n")
        story.receive("353 content analysis has started\r\n")
        #expect(!story.machine.isAtRest)
        story.receive("250 a wants it\r\n550 5.7.1 b does not\r\n")
        #expect(story.record.progress.messagesTaken == 0)
        story.receive("250 2.0.0 OK id=1abc\r\n")
        #expect(story.failures == [])
        #expect(story.record.recipients.map(\.isTaken) == [true, false])
        #expect(story.record.messagesAccepted == 1)
        #expect(story.machine.isAtRest)
    }

    @Test("a refusal of the whole message ends what recipients had been granted")
    func refusesForAll() {
        var story = prdr("250-mx\r\n250 PRDR\r\n")
        story.receive("353 wait\r\n250 a\r\n250 b\r\n550 5.7.1 but not this message\r\n")
        #expect(story.record.recipients.map(\.isTaken) == [false, false])
        #expect(story.record.messagesAccepted == 0)
        #expect(!story.record.progress.isPlanDone)
    }

    @Test(
        "a server may answer for all at once although it offers PRDR, and a 353 that nobody asked for is no acceptance")
    func answersAtOnce() {
        var story = prdr("250-mx\r\n250 PRDR\r\n")
        story.receive("250 2.0.0 queued\r\n")
        #expect(story.record.recipients.map(\.isTaken) == [true, true])
        var stranger = prdr("250 mx\r\n", isOffered: false)
        #expect(stranger.notes.contains("left out: PRDR, because the server does not offer PRDR"))
        stranger.receive("353 what\r\n")
        #expect(stranger.record.messagesAccepted == 0)
        #expect(stranger.machine.isAtRest)
    }

    // MARK: parameters of MAIL

    @Test("what is asked for and offered stands in MAIL")
    func writesParameters() {
        let list =
            "250-mx\r\n250-DELIVERBY 60\r\n250-MT-PRIORITY MIXER\r\n250-FUTURERELEASE 86400 2026-12-31T00:00:00Z\r\n"
        var story = greeted(list + "250-CHUNKING\r\n250 BINARYMIME\r\n") {
            $0.services.deliverBy = .init(seconds: 120, mode: .giveUp, traces: true)
            ($0.services.priority, $0.services.hold) = (-3, .seconds(3600))
            ($0.services.chunk, $0.mail.body) = (1000, .binary)
        }
        story.expect("MAIL FROM:<probe@example.net> BODY=BINARYMIME BY=120;RT MT-PRIORITY=-3 HOLDFOR=3600")
        #expect(story.failures == [])
    }

    @Test("REQUIRETLS is said under TLS only, and never to a server that does not offer it")
    func requiresTLS() {
        let clear = greeted("250-mx\r\n250 REQUIRETLS\r\n") { $0.services.requiresTLS = true }
        #expect(clear.failures == [])
        #expect(clear.record.progress.obstacle == "stopped: REQUIRETLS needs TLS, and the session is in the clear")
        var story = greeted("250-mx\r\n250 STARTTLS\r\n") { ($0.tls, $0.services.requiresTLS) = (.offered, true) }
        story.expect("STARTTLS")
        story.receive("220 go\r\n")
        story.handshake()
        story.expect("EHLO probe.example.net")
        story.receive("250-mx\r\n250 REQUIRETLS\r\n")
        story.expect("MAIL FROM:<probe@example.net> REQUIRETLS")
        #expect(story.failures == [])
    }

    @Test(
        "what would not be kept stops the run before MAIL, with a sentence",
        arguments: [
            ("chunk", "stopped: BDAT was asked for, and the server does not offer CHUNKING"),
            ("by", "stopped: BY was asked for, and the server does not offer DELIVERBY"),
            ("hold", "stopped: holding the message back was asked for, and the server does not offer FUTURERELEASE"),
        ])
    func stops(what: String, sentence: String) {
        let story = greeted("250 mx\r\n") {
            switch what {
            case "chunk": $0.services.chunk = 100
            case "by": $0.services.deliverBy = .init(seconds: 60, mode: .giveUp)
            default: $0.services.hold = .seconds(60)
            }
        }
        #expect(story.failures == [])
        #expect(story.notes == [sentence])
        #expect(story.machine.isAtRest)
        #expect(!story.record.progress.isPlanDone)
    }

    @Test("what only asks for a favour is left out, and the transcript says so")
    func leavesOut() {
        var story = greeted("250 mx\r\n") {
            $0.services.priority = 5
            $0.services.deliverBy = .init(seconds: 60, mode: .notify)
        }
        story.expect("MAIL FROM:<probe@example.net>")
        #expect(story.failures == [])
        #expect(
            story.notes == [
                "left out: MT-PRIORITY, because the server does not offer MT-PRIORITY",
                "left out: BY, because the server does not offer DELIVERBY",
            ])
    }

    @Test("a time beyond what the server names is not asked for")
    func keepsRanges() {
        let early = greeted("250-mx\r\n250 DELIVERBY 240\r\n") {
            $0.services.deliverBy = .init(seconds: 60, mode: .giveUp)
        }
        #expect(early.notes == ["stopped: BY=60;R is less than the 240 seconds that the server's DELIVERBY names"])
        let long = greeted("250-mx\r\n250 FUTURERELEASE 3600 2026-12-31T00:00:00Z\r\n") {
            $0.services.hold = .seconds(7200)
        }
        #expect(long.notes.first?.contains("more than the 3600 seconds") == true)
        let late = greeted("250-mx\r\n250 FUTURERELEASE 3600 2026-12-31T00:00:00Z\r\n") {
            $0.services.hold = .until("2027-01-01T00:00:00Z")
        }
        #expect(late.notes.first?.contains("later than the 2026-12-31T00:00:00Z") == true)
    }

    @Test("the limits that the server names are kept to, or gone beyond when told so")
    func keepsLimits() {
        let list = "250-mx\r\n250 LIMITS RCPTMAX=1 MAILMAX=2 RCPTDOMAINMAX=1\r\n"
        let many = greeted(list) { $0.recipients = [Recipient("a@x.test"), Recipient("b@x.test")] }
        #expect(many.notes == ["stopped: there are 2 recipients, and the server's LIMITS have RCPTMAX=1"])
        let domains = greeted("250-mx\r\n250 LIMITS RCPTDOMAINMAX=1\r\n") {
            $0.recipients = [Recipient("a@x.test"), Recipient("b@y.test")]
        }
        #expect(domains.notes.first?.hasSuffix("RCPTDOMAINMAX=1") == true)
        var told = greeted(list) {
            $0.recipients = [Recipient("a@x.test"), Recipient("b@x.test")]
            $0.services.ignoresLimits = true
        }
        told.expect("MAIL FROM:<probe@example.net>")
        #expect(told.failures == [])
    }

    @Test("MAILMAX counts the MAIL commands of the connection")
    func countsMessages() {
        var story = opened("250-mx\r\n250 LIMITS MAILMAX=1\r\n") { $0.messages = 2 }
        story.expect("DATA")
        story.receive("354 go\r\n")
        story.expectMessage()
        story.receive("250 queued\r\n")
        #expect(story.failures == [])
        #expect(story.notes == ["stopped: 1 MAIL commands were said, and the server's LIMITS have MAILMAX=1"])
    }

    @Test("BY is read as RFC 2852 writes it, and nothing else is")
    func readsBy() {
        #expect(ServiceDemands.DeliverBy("120;r") == .init(seconds: 120, mode: .giveUp))
        #expect(ServiceDemands.DeliverBy("-5;NT") == .init(seconds: -5, mode: .notify, traces: true))
        for wrong in ["", "120", "120;", ";R", "0;R", "-1;R", "1;X", "1;RTT", "1;R;T", "9999999999;N"] {
            #expect(ServiceDemands.DeliverBy(wrong) == nil)
        }
        #expect(ServiceDemands.Hold.isDateTime("2026-11-22T09:00:00Z"))
        #expect(ServiceDemands.Hold.isDateTime("2026-11-22T09:00:00+09:00"))
        for wrong in ["", "2026-11-22", "2026-11-22T09:00:00", "2026-11-22T09:00:00X", "2026-11-22 09:00:00Z"] {
            #expect(!ServiceDemands.Hold.isDateTime(wrong))
        }
    }

    // MARK: scaffolding

    private var plan: SessionPlan {
        var plan = MessageTests.plan
        (plan.tls, plan.stopAfter) = (.never, .endOfData)
        plan.message.body = "A line\n.dotted\n"
        return plan
    }

    private func greeted(_ hello: String, _ change: (inout SessionPlan) -> Void) -> Playbook {
        var plan = plan
        change(&plan)
        var story = Playbook(plan)
        story.connect()
        story.receive("220 mx ESMTP\r\n")
        story.order(.sendMessage)
        story.expect("EHLO probe.example.net")
        story.receive(hello)
        return story
    }

    /// One recipient, accepted.
    private func opened(
        _ hello: String, isPipelined: Bool = false, _ change: (inout SessionPlan) -> Void
    ) -> Playbook {
        var story = greeted(hello, change)
        story.expect("MAIL FROM:<probe@example.net>")
        if !isPipelined { story.receive("250 ok\r\n") }
        story.expect("RCPT TO:<user@example.test>")
        story.receive(isPipelined ? "250 ok\r\n250 ok\r\n" : "250 ok\r\n")
        return story
    }

    /// Two recipients, accepted, and the message is out.
    private func prdr(_ hello: String, isOffered: Bool = true) -> Playbook {
        var story = greeted(hello) {
            $0.services.wantsRecipientReplies = true
            $0.recipients = [Recipient("a@x.test"), Recipient("b@x.test")]
        }
        story.expect("MAIL FROM:<probe@example.net>" + (isOffered ? " PRDR" : ""))
        story.receive("250 ok\r\n")
        for path in ["a@x.test", "b@x.test"] {
            story.expect("RCPT TO:<\(path)>")
            story.receive("250 ok\r\n")
        }
        story.expect("DATA")
        story.receive("354 go\r\n")
        story.expectMessage()
        return story
    }
}
