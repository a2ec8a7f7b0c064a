import SMTP
import TestSupport
import Testing

@Suite("Message on the wire")
struct MessageTests {
    @Test(
        "every line ends with CRLF, a leading dot is doubled, and the final dot closes",
        arguments: [
            ("a\nb\n", "a\r\nb\r\n.\r\n", 2), ("a", "a\r\n.\r\n", 1), ("", ".\r\n", 0), (".\n", "..\r\n.\r\n", 1),
            ("a\r\n.b\r\n", "a\r\n..b\r\n.\r\n", 2), ("a\rb", "a\r\nb\r\n.\r\n", 2),
            ("a\n\nb", "a\r\n\r\nb\r\n.\r\n", 3),
            ("a\n\r\n.", "a\r\n\r\n..\r\n.\r\n", 3),
        ])
    func stuffs(text: String, wire: String, lines: Int) {
        let stuffed = DotStuffing.wire(text.utf8)
        #expect(String(decoding: stuffed.bytes, as: UTF8.self) == wire)
        #expect(stuffed.lines == lines)
    }

    @Test("no text can end the message early or smuggle a line", arguments: 0..<300)
    func cannotSmuggle(seed: UInt64) {
        var random = SeededBytes(seed: seed)
        let pieces: [[UInt8]] = [[0x0D], [0x0A], [0x0D, 0x0A], [0x2E], [0x41], [0]]
        let text = (0..<40).flatMap { _ in pieces.randomElement(using: &random) ?? [] }
        let wire = DotStuffing.wire(text).bytes
        for index in wire.indices {
            if wire[index] == 0x0A { #expect(index > 0 && wire[index - 1] == 0x0D) }
            if wire[index] == 0x0D { #expect(index + 1 < wire.count && wire[index + 1] == 0x0A) }
        }
        let end = Array("\r\n.\r\n".utf8)
        let ends = wire.indices.filter { wire[$0...].starts(with: end) }
        #expect(ends.count == (wire.count > 3 ? 1 : 0))
        #expect(wire.suffix(3) == [0x2E, 0x0D, 0x0A])
    }

    @Test("has the fields that make it findable")
    func composes() throws {
        var plan = Self.plan
        plan.message = TestMessage(
            subject: "Porthole test 7F3A", body: "Hello\n", date: "Sat, 21 Nov 2026 19:40:11 +0000",
            messageID: "7f3a@probe.example.net")
        #expect(
            try MessageTests.text(of: plan) == """
                Date: Sat, 21 Nov 2026 19:40:11 +0000
                From: <probe@example.net>
                To: <user@example.test>
                Subject: Porthole test 7F3A
                Message-ID: <7f3a@probe.example.net>
                X-Porthole: test message

                Hello

                """)
    }

    @Test("no field of ours becomes another line", arguments: ["a\r\nQUIT", "a\nb", "a\rb", "a\u{0}b"])
    func refusesLineEnds(text: String) {
        let fields: [WritableKeyPath<SessionPlan, String>] = [
            \.helloName, \.reversePath, \.message.subject, \.message.date, \.message.messageID,
        ]
        for field in fields {
            var plan = Self.plan
            plan[keyPath: field] = text
            #expect(throws: CommandFault.self) { try plan.check() }
            #expect(throws: CommandFault.self) { try MessageComposer.compose(plan) }
            var story = Playbook(plan)
            story.connect()
            story.order(.sendMessage)
            #expect(story.isClosed)
            #expect(story.failures == [])
        }
    }

    @Test("a path cannot carry its own brackets")
    func refusesBrackets() {
        var plan = Self.plan
        plan.recipients = [Recipient("a@b> NOTIFY=NEVER")]
        #expect(throws: CommandFault.self) { try plan.check() }
    }

    /// The composed message with line feeds for CRLF.
    static func text(of plan: SessionPlan) throws -> String {
        let bytes = try MessageComposer.compose(plan).bytes
        return String(decoding: bytes.filter { $0 != 0x0D }, as: UTF8.self)
    }

    static let plan = SessionPlan(
        target: SessionTarget(.host("mx1.example.test")), helloName: "probe.example.net",
        reversePath: "probe@example.net",
        recipients: [Recipient("user@example.test")])
}
