import Testing

@testable import Canvas

@Suite("Printable text")
struct PrintableTextTests {
    @Test("shows control characters as their pictures")
    func controls() {
        let text = PrintableText(untrusted: "a\u{1B}[31m\u{7}\0\t\r\u{7F}")
        #expect(text.plain == "a␛[31m␇␀␉␍␡")
        #expect(text.glyphs.filter(\.isControl).map(\.base) == ["␛", "␇", "␀", "␉", "␍", "␡"])
    }

    @Test(
        "shows what could mislead as a replacement character",
        arguments: [
            "\u{80}", "\u{9B}", "\u{202E}", "\u{2066}", "\u{2069}", "\u{200E}", "\u{200F}", "\u{061C}", "\u{E0041}",
            "\u{FEFF}", "\u{E000}", "\u{F0000}", "\u{0378}", "\u{FFFF}", "\u{2028}", "\u{2029}", "\u{3164}",
        ])
    func replaced(_ input: String) {
        let text = PrintableText(untrusted: "a" + input + "b")
        #expect(text.plain == "a\u{FFFD}b")
        #expect(text.glyphs[1].isControl)
        #expect(text.width == 3)
    }

    @Test("replaces bad UTF-8 byte by byte")
    func badUTF8() {
        #expect(PrintableText(untrusted: [0x61, 0x80, 0x9B, 0xFF, 0x62]).plain == "a\u{FFFD}\u{FFFD}\u{FFFD}b")
        #expect(PrintableText(untrusted: [0xE3, 0x81]).plain == "\u{FFFD}\u{FFFD}")
        #expect(PrintableText(untrusted: [0xE3, 0x81, 0x41]).plain == "\u{FFFD}\u{FFFD}A")
        #expect(PrintableText(untrusted: [0xED, 0xA0, 0x80]).plain == "\u{FFFD}\u{FFFD}\u{FFFD}")
        #expect(PrintableText(untrusted: [0xC0, 0xAF]).plain == "\u{FFFD}\u{FFFD}")
        #expect(PrintableText(untrusted: [0xF4, 0x90, 0x80, 0x80]).width == 4)
    }

    @Test("drops zero-width characters and counts them")
    func zeroWidth() {
        let text = PrintableText(untrusted: "pay\u{200B}pal\u{200D}\u{2060}\u{FE0F}")
        #expect(text.plain == "paypal")
        #expect(text.droppedCount == 4)
    }

    @Test("keeps four marks on a base and puts a lone one on a dotted circle")
    func marks() {
        let stacked = PrintableText(untrusted: "x" + String(repeating: "\u{301}", count: 1000) + "y")
        #expect(stacked.width == 2)
        #expect(stacked.glyphs[0].scalars.count == 5)
        #expect(PrintableText(untrusted: "\u{301}a").plain.unicodeScalars.elementsEqual("◌\u{301}a".unicodeScalars))
        let afterControl = PrintableText(untrusted: "\u{1B}\u{301}")
        #expect(afterControl.plain.unicodeScalars.elementsEqual("␛◌\u{301}".unicodeScalars))
    }

    @Test("cuts a line at 8 KiB and says so")
    func cut() {
        let text = PrintableText(untrusted: String(repeating: "a", count: 20_000))
        #expect(text.width == PrintableText.mostBytes + 1)
        #expect(text.glyphs.last?.isControl == true)
        let whole = PrintableText(untrusted: String(repeating: "a", count: PrintableText.mostBytes))
        #expect(whole.width == PrintableText.mostBytes)
        let wide = PrintableText(untrusted: String(repeating: "日", count: 20_000))
        #expect(!wide.plain.contains("\u{FFFD}"))
    }

    @Test("moves to tab stops where a log wants it")
    func tabs() {
        #expect(PrintableText(untrusted: Array("a\tb\t\tc".utf8), tabStops: 4).plain == "a   b       c")
    }

    @Test(
        "knows how many columns text takes",
        arguments: [
            ("550 5.1.1", 9), ("日本語", 6), ("ﾊﾝｶｸ", 4), ("한국어", 6), ("か\u{3099}", 2), ("e\u{301}", 1), ("，。", 4),
            ("ＡＢ", 4), ("─│┏✓✗▾▸▪", 8), ("…±×α", 4), ("📧", 2), ("👨‍👩‍👧", 6), ("각", 2), ("\u{1100}\u{1161}", 2), ("🇯🇵", 2),
        ])
    func widths(_ text: String, _ columns: Int) {
        #expect(PrintableText(untrusted: text).width == columns)
    }

    @Test("takes its parts by columns and never splits a wide glyph")
    func columns() {
        let text: PrintableText = "日本語abc"
        #expect(text.prefix(columns: 3).plain == "日")
        #expect(text.prefix(columns: 4).plain == "日本")
        #expect(text.clipped(to: 9) == text)
        #expect(text.clipped(to: 8).plain == "日本語a>")
        #expect(text.clipped(to: 4).plain == "日 >")
        #expect(text.clipped(to: 4).width == 4)
        #expect(text.clipped(to: 1).plain == ">")
        #expect(text.clipped(to: 0).isEmpty)
        #expect(text.dropping(columns: 1).plain == " 本語abc")
        #expect(text.dropping(columns: 2).plain == "本語abc")
        #expect(text.dropping(columns: 99).isEmpty)
        #expect(text.padded(to: 11).plain == "日本語abc  ")
        #expect(PrintableText(412).rightAligned(in: 5).plain == "  412")
        #expect(("a" + "日" as PrintableText).width == 3)
    }

    @Test("lets nothing through that could act on a terminal, whatever comes in")
    func randomBytes() {
        var random = RandomBytes(seed: 18)
        for _ in 0..<10_000 {
            let bytes = random.bytes(most: 120)
            let text = PrintableText(untrusted: bytes)
            for scalar in text.plain.unicodeScalars {
                switch scalar.properties.generalCategory {
                case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
                    Issue.record("U+\(String(scalar.value, radix: 16)) came out of \(bytes)")
                default: break
                }
            }
            #expect(text.width == text.glyphs.reduce(0) { $0 + Int($1.width) })
            #expect(text.glyphs.allSatisfy { $0.width == 1 || $0.width == 2 })
            let columns = Int(bytes.first ?? 7) % 40
            #expect(text.clipped(to: columns).width <= columns)
            #expect(text.clipped(to: columns).width == min(columns, text.width))
            #expect(text.wrapped(to: max(2, columns)).allSatisfy { $0.width <= max(2, columns) })
            #expect(text.dropping(columns: columns).width == max(0, text.width - columns))
        }
    }
}
