import SMTP
import TestSupport
import Testing

@Suite("Content of the message")
struct MessageContentTests {
    @Test("plain ASCII has no field of MIME, and goes as it is")
    func plain() throws {
        let text = try MessageTests.text(of: MessageTests.plan)
        #expect(!text.contains("MIME-Version") && !text.contains("Content-"))
    }

    @Test("text that is not ASCII goes as 8bit where the server has 8BITMIME, and is encoded where it has not")
    func eightBits() throws {
        var plan = MessageTests.plan
        plan.message.body = "Grüße, and so on in English\n"
        let wide = try MessageComposer.compose(plan, for: .eightBit)
        #expect(wide.transparency == .eightBit && Self.reading(wide).body == "Grüße, and so on in English\r\n")
        let narrow = try MessageComposer.compose(plan, for: .sevenBit)
        #expect(narrow.transparency == .sevenBit)
        #expect(Self.reading(narrow).field("Content-Transfer-Encoding") == "quoted-printable")
        #expect(Self.reading(narrow).content == Array("Grüße, and so on in English\r\n".utf8))
        plan.mail.body = .sevenBit
        #expect(try MessageComposer.compose(plan, for: .eightBit) == narrow)
    }

    @Test("text that is mostly not ASCII becomes base64, and a long line is never sent as it is")
    func choosesEncoding() throws {
        var plan = MessageTests.plan
        plan.message.body = String(repeating: "日本語", count: 50) + "\n"
        #expect(try Self.reading(plan).field("Content-Transfer-Encoding") == "base64")
        plan.message.body = String(repeating: "a", count: 999) + "\n"
        let reading = try Self.reading(plan)
        #expect(reading.field("Content-Transfer-Encoding") == "quoted-printable")
        #expect(reading.content == Array((String(repeating: "a", count: 999) + "\r\n").utf8))
        plan.message.encoding = .sevenBit
        #expect(throws: CommandFault.self) { try MessageComposer.compose(plan) }
    }

    @Test("any text comes back from every encoding", arguments: 0..<60)
    func roundTrips(seed: UInt64) throws {
        var random = SeededBytes(seed: seed)
        let pieces = ["a", "=", ".", " ", "\t", "\n", "ü", "日", "\n.", "From ", String(repeating: "x", count: 80)]
        let body = (0..<80).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
        var plan = MessageTests.plan
        for encoding in [TransferEncoding.quotedPrintable, .base64, nil] {
            plan.message.encoding = encoding
            plan.message.body = body
            let message = try MessageComposer.compose(plan)
            #expect(message.transparency == .sevenBit)
            #expect(Self.reading(message).content == DotStuffing.canonical(Array(body.utf8)))
            let encoded = Self.reading(message)
            guard encoding == .quotedPrintable else { continue }
            for line in encoded.body.split(separator: "\r\n") {
                #expect(line.utf8.count <= 76 && !line.hasSuffix(" ") && !line.hasSuffix("\t"))
            }
        }
    }

    @Test("text in another charset is named as such and not touched")
    func foreignText() throws {
        var plan = MessageTests.plan
        let bytes: [UInt8] = [0x1B, 0x24, 0x42, 0x25, 0x46, 0x1B, 0x28, 0x42, 0x0A]
        plan.message.foreignText = try .init(charset: "iso-2022-jp", bytes: bytes)
        let reading = try Self.reading(plan)
        #expect(reading.field("Content-Type") == "text/plain; charset=iso-2022-jp")
        #expect(reading.content == DotStuffing.canonical(bytes))
        #expect(throws: CommandFault.self) { try TestMessage.ForeignText(charset: "a\r\nb", bytes: []) }
    }

    @Test("HTML, a picture inside it and files make alternative in mixed, related inside; every byte comes back")
    func parts() throws {
        var plan = MessageTests.plan
        let picture = (0...255).map { UInt8($0) }
        plan.message.html = Array("<p>Hello <img src=\"cid:p1@x\">\n".utf8)
        plan.message.attachments = [
            try Attachment(name: "p.png", bytes: picture, contentID: "p1@x"),
            try Attachment(name: "Übersicht \"1\".pdf", bytes: picture.reversed()),
            try Attachment(name: "eicar.com", bytes: []),
        ]
        let message = try MessageComposer.compose(plan)
        #expect(message.transparency == .sevenBit)
        let mixed = Self.reading(message)
        #expect(mixed.field("MIME-Version") == "1.0")
        #expect(mixed.field("Content-Type")?.hasPrefix("multipart/mixed") == true)
        try #require(mixed.parts.count == 3)
        let alternative = try #require(mixed.parts.first)
        try #require(alternative.parts.count == 2 && alternative.parts[1].parts.count == 2)
        #expect(alternative.field("Content-Type")?.hasPrefix("multipart/alternative") == true)
        #expect(alternative.parts[0].field("Content-Type") == "text/plain; charset=us-ascii")
        let related = alternative.parts[1]
        #expect(related.parts[0].field("Content-Type") == "text/html; charset=us-ascii")
        #expect(related.parts[1].field("Content-ID") == "<p1@x>" && related.parts[1].content == picture)
        #expect(mixed.parts[1].content == picture.reversed())
        #expect(
            mixed.parts[1].field("Content-Disposition")
                == "attachment; filename*=utf-8''%C3%9Cbersicht%20%221%22.pdf")
        #expect(mixed.parts[2].field("Content-Type") == "application/octet-stream; name=\"eicar.com\"")
        #expect(mixed.parts[2].content.isEmpty)
    }

    @Test("a boundary never stands in a part")
    func boundaries() throws {
        var plan = MessageTests.plan
        plan.message.body = "--=_porthole_alternative_1\n--=_porthole_alternative_2--\n"
        plan.message.html = Array("x".utf8)
        #expect(try Self.reading(plan).parts.map { String(decoding: $0.content, as: UTF8.self) }[0].contains("_2--"))
    }

    @Test(
        "a long name is continued, RFC 2231",
        arguments: [String(repeating: "n", count: 200), String(repeating: "é", count: 90)])
    func longNames(name: String) throws {
        var plan = MessageTests.plan
        plan.message.attachments = [try Attachment(name: name, bytes: [1])]
        let text = String(decoding: try MessageComposer.compose(plan).bytes, as: UTF8.self)
        for line in text.split(separator: "\r\n") { #expect(line.utf8.count <= 90) }
        #expect(text.contains("filename*0") && text.contains("filename*1"))
    }

    @Test("an attached message is not encoded, and is refused where it would have to be")
    func attachedMessage() throws {
        var plan = MessageTests.plan
        plan.message.attachments = [try Attachment(name: "a.eml", bytes: Array("Subject: ü\n\nx\n".utf8))]
        #expect(throws: CommandFault.self) { try MessageComposer.compose(plan) }
        let message = try MessageComposer.compose(plan, for: .eightBit)
        #expect(message.transparency == .eightBit)
        #expect(Self.reading(message).field("Content-Transfer-Encoding") == "8bit")
    }

    @Test(
        "a type, name or id that would become something else is refused",
        arguments: [
            ("a\nb", nil, nil), ("a", "pdf", nil), ("a", "a/b\r\nX: y", nil), ("a", "multipart/mixed", nil),
            ("a", nil, "x y"), ("a", nil, ""),
        ] as [(String, String?, String?)])
    func refusesAttachment(name: String, type: String?, id: String?) {
        #expect(throws: CommandFault.self) { try Attachment(name: name, type: type, bytes: [], contentID: id) }
    }

    @Test("a journal names the files of a message, and what was read back is not sent")
    func journal() throws {
        var plan = MessageTests.plan
        plan.message.html = [65]
        plan.message.headerEdits = [.add(try HeaderField(parsing: "X: y")), .remove("Date")]
        plan.message.encoding = .base64
        let back = try #require(SessionJournal(SessionJournal.header(plan))).plan
        #expect(back.message.headerEdits == plan.message.headerEdits && back.message.encoding == .base64)
        #expect(back.message.withheld == "HTML of 1 octets")
        #expect(throws: CommandFault.self) { try MessageComposer.compose(back) }
        plan.message.html = nil
        #expect(try #require(SessionJournal(SessionJournal.header(plan))).plan == plan)
    }

    private static func reading(_ plan: SessionPlan) throws -> MIMEReading {
        reading(try MessageComposer.compose(plan))
    }

    private static func reading(_ message: ComposedMessage) -> MIMEReading {
        MIMEReading(String(decoding: message.bytes, as: UTF8.self))
    }
}
