import SMTP
import Testing

@Suite("Header of the message")
struct MessageHeaderTests {
    @Test("a field is replaced where it stood, added at the end, or removed")
    func edits() throws {
        var plan = MessageTests.plan
        plan.message = TestMessage(subject: "one", body: "Hello\n", date: "Sat, 21 Nov 2026 19:40:11 +0000")
        plan.message.headerEdits = [
            .remove("x-porthole"), .replace(try HeaderField(parsing: "subject: two")),
            .replace(try HeaderField(parsing: "X-New: a")), .add(try HeaderField(parsing: "X-New: b")),
        ]
        #expect(
            try MessageTests.text(of: plan) == """
                Date: Sat, 21 Nov 2026 19:40:11 +0000
                From: <probe@example.net>
                To: <user@example.test>
                subject: two
                X-New: a
                X-New: b

                Hello

                """)
    }

    @Test(
        "a text that is no header field is refused with a sentence",
        arguments: ["Subject", "", ": x", "Sub ject: x", "A: b\r\nC: d", "A: b\nC", "A: \u{0}", "A: \u{1B}[2J", "Ä: b"])
    func refuses(text: String) {
        #expect(throws: CommandFault.self) { try HeaderField(parsing: text) }
    }

    @Test("text that is not ASCII becomes encoded words, and decodes to itself", arguments: subjects)
    func encodesSubject(subject: String) throws {
        var plan = MessageTests.plan
        plan.message.subject = subject
        let message = try MessageComposer.compose(plan)
        #expect(!message.isInternational)
        let text = String(decoding: message.bytes, as: UTF8.self)
        for line in text.split(separator: "\r\n") { #expect(line.utf8.count <= 78, "\(line)") }
        #expect(MIMEReading(text).field("Subject").map(MIMEReading.decoded) == subject)
    }

    static let subjects = [
        "Grüße", "テストメールです", "plain then ü then plain", "a =?utf-8?Q?fake?= ü",
        String(repeating: "ü ", count: 60) + "x",
        String(repeating: "件名", count: 80), "👩‍👩‍👧‍👧 " + String(repeating: "é", count: 100),
    ]

    @Test("the phrase before an address is encoded, the address is not")
    func encodesPhrases() throws {
        var plan = MessageTests.plan
        plan.message.headerEdits = [
            .replace(try HeaderField(parsing: "To: \"Müller, Jörg\" <a@b.test>, plain <c@d.test>")),
            .replace(try HeaderField(parsing: "From: Дима <дима@пример.test>")),
        ]
        let message = try MessageComposer.compose(plan)
        let reading = MIMEReading(String(decoding: message.bytes, as: UTF8.self))
        let recipients = try #require(reading.field("To"))
        #expect(recipients.hasPrefix("=?utf-8?") && recipients.hasSuffix("?= <a@b.test>, plain <c@d.test>"))
        #expect(MIMEReading.decoded(recipients) == "Müller, Jörg <a@b.test>, plain <c@d.test>")
        #expect(reading.field("From")?.hasSuffix(" <дима@пример.test>") == true)
        #expect(message.isInternational)
    }

    @Test("long fields are folded at blanks, and unfold to themselves")
    func folds() throws {
        let value = (1...60).map { "word\($0)" }.joined(separator: " ") + "  end"
        var plan = MessageTests.plan
        plan.message.headerEdits = [.add(try HeaderField(parsing: "X-Long: \(value)"))]
        let text = String(decoding: try MessageComposer.compose(plan).bytes, as: UTF8.self)
        for line in text.split(separator: "\r\n") { #expect(line.utf8.count <= 78) }
        #expect(MIMEReading(text).field("X-Long") == value)
    }

    @Test("a word that fits on no line is refused, one of 998 octets is not")
    func longest() throws {
        var plan = MessageTests.plan
        plan.message.headerEdits = [.add(try HeaderField(parsing: "X: " + String(repeating: "a", count: 995)))]
        #expect(try MessageComposer.compose(plan).transparency == .sevenBit)
        plan.message.headerEdits = [.add(try HeaderField(parsing: "X: " + String(repeating: "a", count: 996)))]
        #expect(throws: CommandFault.self) { try MessageComposer.compose(plan) }
    }

    @Test("tokens are filled in when asked, and only then")
    func tokens() throws {
        var plan = MessageTests.plan
        plan.message = TestMessage(subject: "to %to%", body: "%number% %from% 100%\n", messageID: "7f@x")
        plan.message.headerEdits = [.add(try HeaderField(parsing: "X-Id: %message-id%"))]
        #expect(try MessageTests.text(of: plan).contains("Subject: to %to%\n"))
        plan.message.fillsTokens = true
        let text = String(decoding: try MessageComposer.compose(plan, number: 3).bytes, as: UTF8.self)
        #expect(text.contains("Subject: to user@example.test\r\n"))
        #expect(text.contains("X-Id: 3.7f@x\r\n"))
        #expect(text.hasSuffix("\r\n3 probe@example.net 100%\r\n"))
    }

    @Test("a token that brings a line feed into a field is refused")
    func tokenInjection() throws {
        var plan = MessageTests.plan
        plan.message.fillsTokens = true
        plan.message.headerEdits = [.add(try HeaderField(parsing: "X-To: %helo%"))]
        plan.helloName = "a\nBcc: x"
        #expect(throws: CommandFault.self) { try MessageComposer.compose(plan) }
    }
}
