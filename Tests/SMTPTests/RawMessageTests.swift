import SMTP
import TestSupport
import Testing

@Suite("Raw message")
struct RawMessageTests {
    @Test(
        "goes out unchanged but for the dots of lines, and with its end",
        arguments: [
            ("a\r\n.b\r\n", "a\r\n..b\r\n.\r\n"), ("a\nb", "a\nb\r\n.\r\n"), ("\n.b\n", "\n.b\n\r\n.\r\n"),
            (".\r\n", "..\r\n.\r\n"), ("", ".\r\n"), ("a\r", "a\r\r\n.\r\n"), ("a\u{0}\r\n", "a\u{0}\r\n.\r\n"),
        ])
    func unchanged(text: String, wire: String) throws {
        var plan = MessageTests.plan
        plan.message.raw = RawMessage(Array(text.utf8))
        let message = try MessageComposer.compose(plan)
        #expect(message.bytes == Array(text.utf8))
        #expect(String(decoding: message.wire, as: UTF8.self) == wire)
        plan.message.raw?.isStuffed = false
        let bare = try MessageComposer.compose(plan).wire
        #expect(bare.starts(with: text.utf8))
    }

    @Test(
        "names a dot that could end it early",
        arguments: [
            ("a\n.\nb", true), ("a\n.\r\nb", true), ("a\r\n.\nb", true), ("a\r.\rb", true), ("a\r\n.\rb", true),
            (".\nb", true), ("a\n\u{0}.\n", true), ("a\n.\u{0}\nb", true), ("a\r\n.\r\nb", false),
            ("a\r\n..\r\n", false), ("a\n.b\n", false), ("a.\n", false), ("a\r\n.", false),
            // The CRLF that the last line lacks comes to it.
            ("a\n.", true), ("a\r.", true), (".", false), ("a.", false),
        ])
    func mayEndEarly(text: String, isSo: Bool) {
        #expect(RawMessage(Array(text.utf8)).mayEndEarly == isSo)
        // A NUL beside the dot is no line end: CRLF alone does not make it safe.
        let hasNUL = text.contains("\u{0}")
        #expect(RawMessage(Array(text.utf8)).canonical.mayEndEarly == hasNUL)
    }

    @Test("without stuffing even a proper dot ends it")
    func unstuffed() {
        #expect(RawMessage(Array("a\r\n.\r\nb".utf8), isStuffed: false).mayEndEarly)
        #expect(!RawMessage(Array("a\r\n.b\r\n".utf8), isStuffed: false).mayEndEarly)
    }

    @Test("its own Subject and Message-ID are how it is found again")
    func fields() {
        var message = TestMessage()
        message.raw = RawMessage(Array("subject: one\n two\r\nMESSAGE-ID: <a@b>\n\nSubject: no\n".utf8))
        #expect(message.ownSubject == "one two" && message.ownMessageID == "a@b")
        message.raw = RawMessage(Array("X: y\n\nMessage-ID: <a@b>\n".utf8))
        #expect(message.ownMessageID == nil)
    }

    @Test("at its very end a dot that is not doubled ends it too")
    func unstuffedEnd() {
        #expect(RawMessage(Array("a\r\n.".utf8), isStuffed: false).mayEndEarly)
    }

    @Test("is looked at once, and as no text")
    func survey() {
        let raw = RawMessage(Array("Subject: ü\r\n\r\nü\r\n".utf8))
        #expect(raw.survey.transparency == .eightBit && !raw.survey.isUTF8)
        #expect(Mirror(reflecting: raw).children.contains { $0.value is ContentSurvey })
    }

    @Test("counts line ends that are no CRLF")
    func bareLineEnds() {
        #expect(RawMessage(Array("a\nb\r\nc\rd\r".utf8)).bareLineEnds == 3)
    }

    @Test("no bytes at all trap it", arguments: 0..<200)
    func random(seed: UInt64) throws {
        var random = SeededBytes(seed: seed)
        let bytes = (0..<60).map { _ in ([13, 10, 46, 0, 58, 32, 65] as [UInt8]).randomElement(using: &random) ?? 0 }
        var plan = MessageTests.plan
        plan.message.raw = RawMessage(bytes)
        let message = try MessageComposer.compose(plan)
        _ = (plan.message.ownSubject, plan.message.raw?.canonical, message.lines)
        // Whoever reads it by the RFC finds one end, and every byte.
        let end = Array("\r\n.\r\n".utf8)
        let wire = Array("\r\n".utf8) + message.wire
        #expect(wire.indices.filter { wire[$0...].starts(with: end) } == [wire.count - end.count])
    }
}
