import MailVocabulary
import SMTP
import Testing

@testable import Wire

@Suite("Text in other charsets")
struct ForeignTextTests {
    private static func reply(_ lines: [[UInt8]]) -> SessionEvent {
        let timing = ReplyTiming(firstByte: .zero, lastByte: .zero)
        return SessionEvent(
            at: .zero,
            .received(Reply(code: 550, lines: lines), stage: .recipient, command: nil, timing: timing, tls: false))
    }

    private static func reading(_ event: SessionEvent) -> ReplyReading? {
        guard case .received(let reply, _, _, _, _) = event.fact else { return nil }
        return reply.reading
    }

    @Test("every charset that is guessed is one that the system decodes")
    func all() {
        for charset in Charset.allCases {
            #expect(ForeignText.decoded(Array("5.1.1 User unknown".utf8), from: charset) == "5.1.1 User unknown")
        }
        #expect(ForeignText.decoded([0xB0, 0xB8, 0xC0, 0xE8], from: .eucJP) == "\u{5B9B}\u{5148}")
        #expect(ForeignText.decoded([0x87, 0x40], from: .shiftJIS) == "\u{2460}", "as Windows has it")
        #expect(ForeignText.decoded([0xC6, 0xD4], from: .koi8R) == "\u{0444}\u{0442}")
    }

    @Test("a reply in Shift_JIS is read line by line, and its bytes stay what they are")
    func shiftJIS() {
        let line: [UInt8] = [0x88, 0xB6, 0x90, 0xE6, 0x95, 0x73, 0x96, 0xBE, 0x82, 0xC5, 0x82, 0xB7]
        let event = Self.reply([line, Array("5.1.1 unknown".utf8)])
        let read = ForeignText.read(event)
        #expect(
            Self.reading(read)
                == ReplyReading(.shiftJIS, ["\u{5B9B}\u{5148}\u{4E0D}\u{660E}\u{3067}\u{3059}", "5.1.1 unknown"]))
        guard case .received(let reply, _, _, _, _) = read.fact else { return }
        #expect(reply.lines[0] == line)
        #expect(reply.texts[0] == "\u{5B9B}\u{5148}\u{4E0D}\u{660E}\u{3067}\u{3059}")
    }

    @Test("what is ASCII, UTF-8, or in no charset that is known well enough stays as it came")
    func others() {
        for line: [UInt8] in [Array("ok".utf8), Array("\u{5B9B}\u{5148}".utf8), [0xFF, 0x20, 0xFE, 0x81]] {
            #expect(Self.reading(ForeignText.read(Self.reply([line]))) == nil)
        }
    }

    @Test("bytes that break off or are no text of the charset are not decoded")
    func broken() {
        #expect(ForeignText.decoded([0x88], from: .shiftJIS) == nil)
        #expect(ForeignText.decoded([0x81], from: .windows1252) == nil)
        #expect(ForeignText.decoded([], from: .eucJP)?.isEmpty == true)
    }

    @Test("a secret that the charset hid is taken out of what was decoded")
    func secrets() {
        let line: [UInt8] = Array("Empf".utf8) + [0xE4] + Array("nger geheim unbekannt".utf8)
        let read = ForeignText.read(Self.reply([line])) {
            $0.split(separator: "geheim").joined(separator: "[redacted]")
        }
        #expect(Self.reading(read)?.texts == ["Empf\u{E4}nger [redacted] unbekannt"])
        // Nor is it left for whoever decodes the journal's bytes later.
        guard case .received(let kept, _, _, _, _) = read.fact else { return }
        #expect(!String(decoding: kept.raw + kept.lines.joined(), as: UTF8.self).contains("geheim"))
        #expect(kept.texts == ["Empf\u{E4}nger [redacted] unbekannt"])
    }

    @Test("escapes for the terminal within such text are escaped again where it is printed")
    func escapes() {
        let line: [UInt8] = [0x82, 0xB7, 0x82, 0xC5, 0x1B, 0x5B, 0x32, 0x4A, 0x82, 0xB7, 0x07, 0x82, 0xA0]
        let lines = TranscriptText.lines(of: ForeignText.read(Self.reply([line])))
        #expect(lines.contains { $0.contains("Shift_JIS: ") && $0.contains("\\x1b[2J") }, "\(lines)")
        #expect(!lines.joined().unicodeScalars.contains { $0.value < 0x20 })
    }
}
