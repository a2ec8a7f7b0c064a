import MailVocabulary
import SMTP
import TestSupport
import Testing

@Suite("Smuggling probes")
struct SmugglingTests {
    @Test("every probe has a name of its own and a sequence")
    func registry() {
        #expect(Set(SmugglingProbe.all.map(\.name)).count == SmugglingProbe.all.count)
        #expect(Set(SmugglingProbe.all.map(\.sequence)).count == SmugglingProbe.all.count)
        for probe in SmugglingProbe.all { #expect(SmugglingProbe(named: probe.name.uppercased()) == probe) }
        #expect(SmugglingProbe(named: "x") == nil)
        #expect(SmugglingProbe(named: "crlf-dot-nul-crlf")?.sequence == "<CRLF>.<NUL><CRLF>")
    }

    @Test("the bytes are exact: the false end stands once, behind it commands, and the true end is the last")
    func bytes() throws {
        let probe = try #require(SmugglingProbe(named: "lf-dot-crlf"))
        let wire = String(decoding: try MessageComposer.compose(Self.plan(probe)).wire, as: UTF8.self)
        let parts = wire.split(separator: "<LF>.<CRLF>\n.\r\n", omittingEmptySubsequences: false)
        #expect(parts.count == 2)
        #expect(parts[0].contains("(probe lf-dot-crlf, 1 of 2)\r\n"))
        #expect(
            parts[1].hasPrefix("MAIL FROM:<probe@example.net>\r\nRCPT TO:<user@example.test>\r\nDATA\r\n"))
        #expect(parts[1].contains("Message-ID: <smuggled.7f@x>\r\n"))
        #expect(wire.hasSuffix("\r\n.\r\n"))
        #expect(wire.ranges(of: "\r\n.\r\n").count == 1)
    }

    @Test("a probe goes to exactly one recipient")
    func oneRecipient() throws {
        var plan = Self.plan(try #require(SmugglingProbe.all.first))
        plan.recipients.append(Recipient("b@example.test"))
        #expect(throws: CommandFault.self) { try MessageComposer.compose(plan) }
    }

    @Test("the replies before the 221 are counted and judged", arguments: answers)
    func judges(answer: (replies: String, outcome: SmugglingVerdict.Outcome, taken: Int)) throws {
        let plan = Self.plan(try #require(SmugglingProbe(named: "lf-dot-lf")))
        var story = Playbook(plan)
        story.connect()
        story.order(.sendMessage)
        story.receive("220 mx\r\n")
        story.expect("EHLO probe.example.net")
        story.receive("250 mx\r\n")
        story.openData()
        story.expectMessage()
        story.expect("QUIT")
        for reply in answer.replies.split(separator: "\n") { story.receive("\(reply)\r\n") }
        story.receive("221 bye\r\n")
        #expect(story.failures == [] && story.isClosed)
        let verdict = try #require(SmugglingVerdict(story.record))
        #expect(verdict.outcome == answer.outcome && verdict.messagesTaken == answer.taken)
        #expect(verdict.isFooled == (answer.outcome == .twoMessages || answer.outcome == .endedEarly))
        #expect(!verdict.words.isEmpty)
    }

    static let answers: [(replies: String, outcome: SmugglingVerdict.Outcome, taken: Int)] = [
        ("250 ok queued as 1", .oneMessage, 1),
        ("250 1\n250 2\n250 3\n354 go\n250 queued as 2", .twoMessages, 2),
        ("250 1\n250 2\n250 3\n354 go\n554 no", .endedEarly, 1),
        ("250 1\n503 improper use of pipelining\n503 a\n503 b\n500 c", .endedEarly, 1),
        ("521 5.5.2 bare <LF> received", .refused, 0),
        ("451 4.3.0 later", .refused, 0),
    ]

    @Test("a server that closes after the message leaves the outcome open")
    func closes() throws {
        let plan = Self.plan(try #require(SmugglingProbe.all.last))
        var story = Playbook(plan)
        story.connect()
        #expect(SmugglingVerdict(story.record)?.outcome == .notSent)
        #expect(SmugglingVerdict(SessionRecord(plan: MessageTests.plan)) == nil)
    }

    private static func plan(_ probe: SmugglingProbe) -> SessionPlan {
        var plan = MessageTests.plan
        (plan.tls, plan.stopAfter, plan.message.probe) = (.never, .endOfData, probe)
        plan.message.messageID = "7f@x"
        return plan
    }
}
