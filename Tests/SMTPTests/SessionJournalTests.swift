import MailVocabulary
import SMTP
import TestSupport
import Testing

@Suite("Session journal")
struct SessionJournalTests {
    private static let v6 = IPAddress("2001:db8::25") ?? .loopback
    private static let hostile = "a\tb\nc\\d\u{1B}[2J'é了\u{202E}"
    private static let oddity = Oddity(.bytesAfterStartTLS, hostile)

    static let facts: [SessionFact] =
        [
            .resolved(
                exchangers: ["10 mx1", hostile], host: "mx1", addresses: [.loopback, v6], took: .nanoseconds(31_000_001)
            ),
            .connecting(host: hostile, Endpoint(v6, 25)),
            .connected(local: Endpoint(.loopback, 1), remote: Endpoint(v6, 25), took: .zero),
            .sent(stage: .other, line: hostile, tls: true),
            .sentMessage(bytes: 412, lines: 9, subject: hostile, tls: false),
            .replyBegan(stage: .connect, after: .seconds(31)),
            .received(
                Reply(
                    code: 550, lines: [[0, 255, 9, 10], []], status: EnhancedStatusCode(5, 1, 1),
                    raw: Array(UInt8.min...UInt8.max), oddities: [oddity, Oddity(.bareLineFeed)]), stage: .recipient,
                command: hostile, timing: ReplyTiming(firstByte: .milliseconds(1), lastByte: .seconds(2)), tls: true),
            .received(
                Reply(code: 220, lines: []), stage: .connect, command: nil,
                timing: ReplyTiming(firstByte: .zero, lastByte: .zero), tls: false),
            .secured(
                TLSFacts(
                    version: "TLSv1.3", cipher: "X", cipherBits: 256, group: "X25519", signature: nil, isResumed: true,
                    chain: [
                        TLSFacts.Certificate(
                            subject: hostile, issuer: "i", names: ["a", "b"], notBefore: "n", notAfter: "m",
                            daysLeft: -3,
                            keyBits: 2048, fingerprint: "ab")
                    ], objections: [TLSFacts.Objection(depth: 1, code: 19, text: hostile)]), took: .milliseconds(96)),
            .oddity(oddity, stage: .startTLS),
            .waiting(stage: .endOfData, .seconds(40)),
            .note(hostile),
        ] + reasons.map { .closed($0, during: .idle) }

    static let reasons: [CloseReason] = [
        .notResolved(hostile), .nullMX, .refused, .connectTimedOut, .unreachable(hostile), .replyTimedOut(.data), .quit,
        .closedAfterQuit, .closedByServer(during: .hello), .reset(during: .endOfData), .serviceClosing(421),
        .tls(hostile),
        .protocolViolation(oddity), .droppedByOperator, .unreadable(hostile), .failed(hostile),
    ]

    @Test("every fact comes back as it was, from one line of printable ASCII", arguments: facts)
    func roundTrips(fact: SessionFact) {
        let event = SessionEvent(at: Duration(secondsComponent: 3, attosecondsComponent: 7), fact)
        let line = SessionJournal.line(event)
        #expect(line.utf8.dropLast().allSatisfy { (0x20..<0x7F).contains($0) || $0 == 0x09 })
        #expect(line.last == "\n")
        #expect(SessionEvent(journalLine: line.dropLast()) == event)
    }

    @Test("the plan comes back as it was")
    func roundTripsPlan() throws {
        var plan = MessageTests.plan
        plan.target = SessionTarget(
            .domain("example.test"), port: 465, implicitTLS: true, recipient: Mailbox(localPart: "a\t", domain: "b"))
        plan.recipients = [Recipient("a@b", notify: [.success, .delay]), Recipient("")]
        plan.tls = .required
        plan.message.body = Self.hostile
        plan.deadlines.quit = .milliseconds(7)
        #expect(try #require(SessionJournal(SessionJournal.header(plan))).plan == plan)
    }

    @Test("a last line that was cut is counted, and the rest is read", arguments: 1..<40)
    func countsCutLine(cut: Int) throws {
        let whole = SessionEvent(at: .zero, .note("one"))
        let line = SessionJournal.line(
            SessionEvent(at: .seconds(1), .sent(stage: .hello, line: "EHLO probe.example.net", tls: false)))
        let text = SessionJournal.header(MessageTests.plan) + SessionJournal.line(whole) + line.dropLast(cut + 1)
        let journal = try #require(SessionJournal(text))
        #expect(journal.events == [whole])
        #expect(journal.unreadableLines == (line.count > cut + 1 ? 1 : 0))
    }

    @Test(
        "what is no journal is not opened",
        arguments: ["", "porthole session 2\nplan", "220 mx ESMTP\n", "porthole session 1\n"])
    func refusesOthers(text: String) { #expect(SessionJournal(text) == nil) }

    @Test("random lines never trap the reader", arguments: 0..<200)
    func survivesRandomLines(seed: UInt64) {
        var random = SeededBytes(seed: seed)
        let words = [
            "0:0", "received", "closed", "secured", "250", "-1", "99999999999999999999", "'\\x", "'a", "EHLO", "yes",
            "plan",
        ]
        let line = (0..<12).map { _ in words.randomElement(using: &random) ?? "" }.joined(separator: "\t")
        #expect(SessionEvent(journalLine: line) == nil || !line.isEmpty)
        #expect(SessionJournal("\(SessionJournal.version)\n\(line)\n") == nil)
    }
}
