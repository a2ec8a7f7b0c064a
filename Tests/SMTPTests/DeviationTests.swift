import MailVocabulary
import SMTP
import TestSupport
import Testing

/// One test for each deviation that was seen on real servers and made other clients hang, guess or lie: each is named, kept with
/// its bytes, tied to its command, and never success by mistake.
@Suite("Deviations of real servers")
struct DeviationTests {
    // MARK: lines

    @Test("row 1: a bare 250 is a reply")
    func bareCode() {
        let story = answered("MAIL", "250\r\n")
        #expect(story.record.progress.sender == .accepted)
        #expect(story.latest?.oddities == [])
    }

    @Test("row 2: text right behind the code is a reply, and named")
    func noSpace() {
        let story = answered("MAIL", "250OK\r\n")
        #expect(story.record.progress.sender == .accepted)
        #expect(story.latest?.oddities.map(\.kind) == [.noSpaceAfterCode])
        #expect(story.latest?.raw == Array("250OK\r\n".utf8))
    }

    @Test("row 3: a tab behind the code is a reply, and named")
    func tab() {
        let story = answered("MAIL", "250\tok\r\n")
        #expect(story.record.progress.sender == .accepted)
        #expect(story.latest?.oddities.map(\.kind) == [.tabAfterCode])
    }

    @Test("row 4: LF alone and CR CR LF end a line, and are named", arguments: ["250 ok\n", "250 ok\r\r\n"])
    func lineEnds(line: String) {
        let story = answered("MAIL", line)
        #expect(story.record.progress.sender == .accepted)
        #expect(
            story.latest?.oddities.map(\.kind) == [line.utf8.count == 9 ? .carriageReturnsDoubled : .bareLineFeed])
        #expect(story.latest?.raw == Array(line.utf8))
    }

    @Test("row 5: codes that change within a class are named, and the reply counts")
    func codeChanges() {
        let story = answered("EHLO", "250-a\r\n220-b\r\n250 c\r\n")
        #expect(story.record.progress.isGreeted)
        #expect(story.latest?.oddities.contains { $0.kind == .codeChangedMidReply } == true)
    }

    @Test("row 6: a reply that refuses and grants at once is contradictory, and no success")
    func contradicts() {
        let story = answered("RCPT", "550-no\r\n250 ok\r\n")
        #expect(story.record.progress.recipients["user@example.test"] != .accepted)
        #expect(story.latest?.oddities.map(\.kind) == [.contradictoryCodes])
        #expect(story.record.decidingRefusal != nil)
    }

    @Test(
        "row 7: a teaser line long before the banner is told apart from a slow banner, and nothing is said in between")
    func greetTest() {
        var story = Playbook(plan)
        story.connect()
        story.order(.run(upTo: .recipient))
        story.receive("220-mx.example.test\r\n")
        story.wait(.seconds(4))
        #expect(story.failures == [])
        story.receive("220 mx.example.test ESMTP\r\n")
        story.expect("EHLO probe.example.net")
        #expect(story.timing?.firstByte == .milliseconds(10))
        #expect(story.timing?.pauses == [.init(afterLine: 1, length: .milliseconds(4010))])
    }

    @Test("row 8: a reply behind the banner that nobody asked for stops the run, and answers nothing")
    func unasked() {
        var story = Playbook(plan)
        story.connect()
        story.order(.run(upTo: .recipient))
        story.receive("220 mx ESMTP\r\n250 early\r\n")
        #expect(story.failures == [])
        #expect(story.latest?.oddities.map(\.kind) == [.unsolicited])
        #expect(!story.record.progress.isGreeted)
    }

    // MARK: ends

    @Test("row 9: 421 in the middle ends the session and keeps its text")
    func serviceCloses() {
        let story = answered("RCPT", "421 #4.4.5 Too many connections\r\n")
        #expect(story.record.closed == .serviceClosing(421))
        #expect(story.latest?.texts == ["#4.4.5 Too many connections"])
        #expect(story.latest?.status?.description == "4.4.5")
    }

    @Test("row 10: FIN in place of a reply names its stage and the bytes so far")
    func closesInsteadOfReply() {
        var story = at("RCPT")
        story.receive("250-half")
        story.end(.finished)
        #expect(story.record.closed == .closedByServer(during: .recipient))
        #expect(story.oddities.contains { $0.kind == .notAReply && $0.evidence.contains("250-half") })
    }

    @Test("row 11: RST after the final dot leaves the outcome unknown, and is no FIN")
    func resetAfterDot() {
        var story = at("EOD")
        story.end(.reset)
        #expect(story.record.closed == .reset(during: .endOfData))
        #expect(story.record.closed?.leavesOutcomeUnknown(at: story.record.stage) == true)
    }

    @Test("row 12: silence after the final dot can be waited out, and the stream is not used again when it is not")
    func silenceAfterDot() {
        var story = at("EOD")
        story.order(.keepWaiting)
        story.wait(.seconds(3600))
        #expect(!story.isClosed)
        story.receive("250 2.0.0 queued as AB12\r\n")
        #expect(story.record.messagesAccepted == 1)
        var impatient = at("EOD")
        impatient.wait(.seconds(601))
        #expect(impatient.record.closed == .replyTimedOut(.endOfData))
        #expect(impatient.failures == [])
    }

    @Test("row 13: EHLO refused offers HELO and does not take it in silence")
    func offersHELO() {
        let story = answered("EHLO", "500 #5.5.1 what\r\n")
        #expect(story.record.suggestion?.line == "HELO probe.example.net")
        #expect(story.failures == [])
    }

    @Test("row 14: a connection closed on EHLO says that HELO on a new one may get further")
    func closesOnEHLO() {
        var story = at("EHLO")
        story.end(.finished)
        #expect(story.record.closed == .closedByServer(during: .hello))
        #expect(story.notes == ["the server ended on EHLO: HELO on a new connection may get further"])
    }

    @Test("row 15: 421 to EHLO ends the session")
    func closesServiceOnEHLO() {
        let story = answered("EHLO", "421 4.3.2 busy\r\n")
        #expect(story.record.closed == .serviceClosing(421))
        #expect(story.failures == [])
    }

    @Test("row 16: after a banner of 554 only QUIT is left, after one of 421 nothing", arguments: ["554", "421"])
    func refusesAtOnce(code: String) {
        var story = Playbook(plan)
        story.connect()
        story.order(.run(upTo: .recipient))
        story.receive("\(code) no service\r\n")
        #expect(story.failures == [])
        #expect(story.record.suggestion?.line == (code == "554" ? "QUIT" : nil))
        #expect((story.record.closed == .serviceClosing(421)) == (code == "421"))
    }

    // MARK: size and bytes

    @Test("row 17: a thousand lines of EHLO are read, more than the cap are counted and named")
    func manyLines() {
        let long = answered("EHLO", (0..<1000).map { "250-X\($0)\r\n" }.joined() + "250 END\r\n")
        #expect(long.record.capabilities.count == 1000)
        let longer = answered("EHLO", (0..<3000).map { "250-X\($0)\r\n" }.joined() + "250 END\r\n")
        #expect(longer.record.progress.isGreeted)
        #expect(
            longer.latest?.oddities.contains { $0.kind == .replyCut && $0.evidence.hasPrefix("3001 lines") } == true)
    }

    @Test("row 18: long lines are taken and marked, giant ones are cut and counted", arguments: [600, 5000, 100_000])
    func longLines(length: Int) {
        let story = answered("MAIL", "250 " + String(repeating: "x", count: length - 4) + "\r\n")
        #expect(story.record.progress.sender == .accepted)
        #expect(story.latest?.oddities.contains { $0.kind == .lineTooLong } == true)
        #expect(story.latest?.oddities.contains { $0.kind == .lineCut } == (length > 65_536))
    }

    @Test("row 19: NUL in the text is kept, named, and written as an escape")
    func nul() {
        let story = answered("MAIL", "250 a\0b\r\n")
        #expect(story.latest?.lines == [[0x61, 0, 0x62]])
        #expect(story.latest?.oddities.map(\.kind) == [.controlBytes])
        #expect(story.transcript.contains("250 a\\x00b"))
    }

    @Test("row 20: the charset that the octets are probably in is named with them, and so is that it is not known")
    func charsets() {
        // "user unknown" in Japanese, in Shift_JIS, EUC-JP and ISO-2022-JP.
        let texts: [(bytes: [UInt8], kind: Oddity.Kind, words: String)] = [
            (
                [0x88, 0xB6, 0x90, 0xE6, 0x95, 0x73, 0x96, 0xBE, 0x82, 0xC5, 0x82, 0xB7], .eightBitBytes,
                "probably Shift_JIS"
            ),
            (
                [0xB0, 0xB8, 0xC0, 0xE8, 0xC9, 0xD4, 0xCC, 0xC0, 0xA4, 0xC7, 0xA4, 0xB9], .eightBitBytes,
                "probably EUC-JP"
            ),
            ([0x1B, 0x24, 0x42, 0x30, 0x38, 0x40, 0x68, 0x1B, 0x28, 0x42], .controlBytes, "ISO-2022-JP"),
            ([0xFF, 0x20, 0xFE, 0x81], .eightBitBytes, "the charset is none that is known here"),
        ]
        for (bytes, kind, words) in texts {
            let oddity = answered("RCPT", bytes: Array("550 5.1.1 ".utf8) + bytes + [13, 10]).latest?.oddities.first
            #expect(oddity?.kind == kind)
            #expect(oddity?.evidence.hasSuffix("; " + words) == true, "\(oddity?.evidence ?? "")")
        }
    }

    @Test("row 20: octets outside ASCII are kept as they came, and named")
    func eightBits() {
        let story = answered("MAIL", bytes: Array("250 ".utf8) + [0x83, 0x81, 0xE9] + [13, 10])
        #expect(story.latest?.lines == [[0x83, 0x81, 0xE9]])
        #expect(story.latest?.oddities.map(\.kind) == [.eightBitBytes])
    }

    @Test("row 21: escapes for the terminal never leave the engine as they came")
    func escapes() {
        let story = answered("MAIL", "250 \u{1B}[2J\u{1B}]0;owned\u{7}\r\n")
        #expect(story.latest?.oddities.map(\.kind) == [.controlBytes])
        #expect(!story.transcript.utf8.contains { $0 < 0x20 && $0 != 0x0A })
        #expect(story.transcript.contains("\\x1b[2J"))
    }

    @Test("row 22: an enhanced status code with a hash is read, and named")
    func hash() {
        let story = answered("RCPT", "550 #5.1.0 Address rejected.\r\n")
        #expect(story.latest?.status?.description == "5.1.0")
        #expect(story.latest?.oddities.map(\.kind) == [.statusWithHash])
    }

    @Test("row 23: a 354 of several lines opens the message")
    func manyLined354() {
        let story = answered("DATA", "354-go\r\n354 on\r\n")
        #expect(story.record.progress.repliesDue == 1)
        #expect(story.record.stage == .endOfData)
    }

    @Test("row 24: 250 to DATA opens no message, and is no success")
    func dataAnsweredBy250() {
        let story = answered("DATA", "250 ok\r\n")
        #expect(story.latest?.oddities.map(\.kind) == [.unexpectedCode])
        #expect(!story.record.progress.isDataOpen)
        #expect(story.record.decidingRefusal != nil)
    }

    @Test("row 25: a reply that drips is ended by its one deadline, and its silences are kept")
    func drips() {
        var dripping = plan
        dripping.deadlines.command = .seconds(5)
        var story = at("MAIL", dripping)
        for byte in "250 dripping".utf8 {
            story.receive([byte])
            story.wait(.milliseconds(490))
        }
        #expect(story.record.closed == .replyTimedOut(.sender))
        var patient = at("MAIL")
        for byte in "250 drip\r\n".utf8 {
            patient.wait(.milliseconds(490))
            patient.receive([byte])
        }
        #expect(patient.timing?.pauses.count == 9)
        #expect(patient.timing.map { $0.lastByte - $0.firstByte } == .milliseconds(4500))
    }

    @Test("row 26: an endless reply is cut at the cap, ends at its deadline, and can be dropped at any time")
    func endless() {
        var story = at("EHLO")
        for _ in 0..<200 { story.receive(String(repeating: "250-more and more of it\r\n", count: 20)) }
        story.order(.drop)
        #expect(story.record.closed == .droppedByOperator)
        #expect(story.record.events.count < 20)
    }

    @Test("row 27: a close in place of 221 is a note, not a fault")
    func closesInsteadOf221() {
        var story = at("QUIT")
        story.end(.finished)
        #expect(story.record.closed == .closedAfterQuit)
        #expect(story.record.closed?.isOrderly == true)
    }

    @Test(
        "row 28: what is no code is named and not taken for one; the next valid line is the reply",
        arguments: ["600 what", "25", "2500 ok", " 250 ok", ""])
    func strangeCodes(line: String) {
        var story = at("MAIL")
        story.receive(line + "\r\n")
        let isCode = line.hasPrefix("600")
        #expect(story.record.progress.sender != .accepted)
        if isCode {
            #expect(story.latest?.oddities.contains { $0.kind == .undefinedCode } == true)
        } else {
            #expect(story.oddities.contains { $0.kind == .notAReply })
            story.receive("250 ok\r\n")
            #expect(story.record.progress.sender == .accepted)
        }
    }

    @Test("row 29: a status class against the code is named, and the code counts")
    func classMismatch() {
        let story = answered("MAIL", "250 5.7.1 ok\r\n")
        #expect(story.record.progress.sender == .accepted)
        #expect(story.latest?.oddities.map(\.kind) == [.statusContradictsCode])
    }

    @Test("row 30: a device that masks the banner or the keywords is named")
    func masks() {
        var story = Playbook(plan)
        story.connect()
        story.order(.run(upTo: .recipient))
        story.receive("220 ****0*2*******************\r\n")
        #expect(story.latest?.oddities.map(\.kind) == [.maskedBanner])
        story.expect("EHLO probe.example.net")
        story.receive("250-mx\r\n250-SIZE 1000\r\n250 XXXXXXXA\r\n")
        #expect(
            story.latest?.oddities == [
                Oddity(.maskedBanner, "a device on the way writes over keywords, 1 in all: XXXXXXXA")
            ])
        #expect(
            story.notes == [
                "the banner is masked and STARTTLS is not offered: a device in between may have taken it away"
            ])
    }

    @Test("row 31: telnet's IAC bytes are shown and obeyed by nobody")
    func telnetBytes() {
        let story = answered("MAIL", bytes: Array("250 a".utf8) + [0xFF, 0xFB, 0x01] + Array("b\r\n".utf8))
        #expect(story.record.progress.sender == .accepted)
        #expect(story.latest?.raw.contains(0xFF) == true)
        #expect(story.transcript.contains("\\xff\\xfb\\x01"))
    }

    @Test("row 32: plaintext behind the 220 of STARTTLS stops the session, and is shown")
    func injection() {
        var secure = plan
        secure.tls = .offered
        var story = at("EHLO", secure)
        story.receive("250-mx\r\n250 STARTTLS\r\n")
        story.expect("STARTTLS")
        story.receive("220 go\r\n250 injected\r\n")
        guard case .protocolViolation(let oddity)? = story.record.closed else {
            Issue.record("the session is stopped")
            return
        }
        #expect(oddity.kind == .bytesAfterStartTLS)
        #expect(oddity.evidence.contains("250 injected"))
        #expect(story.failures == [])
    }

    @Test("row 33: what a later EHLO list has more and less is said")
    func listChanges() {
        var secure = plan
        secure.tls = .offered
        var story = at("EHLO", secure)
        story.receive("250-mx\r\n250-STARTTLS\r\n250 SIZE 1\r\n")
        story.expect("STARTTLS")
        story.receive("220 go\r\n")
        story.handshake()
        story.expect("EHLO probe.example.net")
        story.receive("250-mx\r\n250-AUTH PLAIN\r\n250 SIZE 1\r\n")
        #expect(story.notes == ["EHLO list under TLS: +AUTH PLAIN, -STARTTLS"])
    }

    @Test("row 34: a reply that comes late is that of its own command, and said to be late")
    func late() {
        var story = at("MAIL")
        story.order(.stopWaiting)
        story.order(.type("NOOP"))
        story.expect("NOOP")
        story.receive("550 5.7.1 sender refused\r\n250 noop\r\n")
        #expect(story.record.progress.sender == .refused(550))
        let late = story.record.events.compactMap { event -> String? in
            guard case .received(let reply, _, let command, _, _) = event.fact,
                reply.oddities.contains(where: { $0.kind == .lateReply })
            else { return nil }
            return command
        }
        #expect(late == ["MAIL FROM:<probe@example.net>"])
    }

    // MARK: beside the rows

    @Test("a refused connection shows how long that took")
    func refusedShowsTime() {
        var machine = SessionStateMachine(plan: plan)
        var record = SessionRecord(plan: plan)
        var actions = machine.started(at: .zero)
        actions += machine.resolved(
            Resolution(candidates: [.init(host: "mx", addresses: [.loopback])]), took: .zero, at: .zero)
        actions += machine.connecting(host: "mx", to: Endpoint(.loopback, 25), at: .milliseconds(5))
        actions += machine.failedToConnect(.refused, at: .milliseconds(12))
        for case .report(let event) in actions { record.append(event) }
        let row = record.steps.first { $0.stage == .connect }
        #expect(row?.verdict == .failed)
        #expect(row?.took == .milliseconds(7))
    }

    @Test("two attempts of AUTH have two rows, each with its own end")
    func twoAttempts() {
        var story = at("MAIL")
        story.receive("530 5.7.0 who are you\r\n")
        story.order(.type("AUTH LOGIN"))
        story.receive("334 VXNlcm5hbWU6\r\n")
        story.order(.type("YWJj"))
        story.receive("535 5.7.8 no\r\n")
        story.order(.type("AUTH PLAIN AGFiYwBhYmNkZQ=="))
        story.receive("235 2.7.0 yes\r\n")
        let rows = story.record.steps.filter { $0.stage == .authenticate }
        #expect(rows.map(\.verdict) == [.refused, .done])
        #expect(rows.map { $0.request.split(separator: " ").first } == ["AUTH", "AUTH"])
    }

    @Test("every kind of deviation is explained in words", arguments: Oddity.Kind.allCases)
    func explains(kind: Oddity.Kind) {
        #expect(kind.meaning.key.utf8.count > 30)
        #expect(kind.meaning.key.hasSuffix("."))
    }

    // MARK: scaffolding

    private var plan: SessionPlan {
        var plan = MessageTests.plan
        (plan.tls, plan.stopAfter) = (.never, .endOfData)
        return plan
    }

    /// A session in which the command of `stage` has just gone out.
    private func at(_ stage: String, _ given: SessionPlan? = nil) -> Playbook {
        var story = Playbook(given ?? plan)
        story.connect()
        story.receive("220 mx ESMTP\r\n")
        if stage == "QUIT" {
            story.order(.quit)
            story.expect("QUIT")
            return story
        }
        story.order(.sendMessage)
        for (name, line, reply) in [
            ("EHLO", "EHLO probe.example.net", "250 mx"), ("MAIL", "MAIL FROM:<probe@example.net>", "250 ok"),
            ("RCPT", "RCPT TO:<user@example.test>", "250 ok"), ("DATA", "DATA", "354 go"),
        ] {
            story.expect(line)
            if name == stage { return story }
            story.receive(reply + "\r\n")
        }
        story.expectMessage()
        return story
    }

    private func answered(_ stage: String, _ reply: String) -> Playbook { answered(stage, bytes: Array(reply.utf8)) }

    private func answered(_ stage: String, bytes: [UInt8]) -> Playbook {
        var story = at(stage)
        story.receive(bytes)
        return story
    }
}

extension Playbook {
    fileprivate var latest: Reply? {
        record.latestReplyEvent.flatMap { index in
            if case .received(let reply, _, _, _, _) = record.events[index].fact { reply } else { nil }
        }
    }

    fileprivate var timing: ReplyTiming? {
        record.latestReplyEvent.flatMap { index in
            if case .received(_, _, _, let timing, _) = record.events[index].fact { timing } else { nil }
        }
    }

    fileprivate var oddities: [Oddity] {
        record.events.compactMap { if case .oddity(let oddity, _) = $0.fact { oddity } else { nil } }
    }

    fileprivate var transcript: String { TranscriptText.text(of: record.events) }
}
