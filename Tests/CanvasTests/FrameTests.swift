import Testing

@testable import Canvas

@Suite("Frame")
struct FrameTests {
    private let size = Size(columns: 24, rows: 5)

    @Test("draws boxes with titles in their borders")
    func boxes() {
        var frame = Frame(Size(columns: 40, rows: 6))
        frame.box(
            Rect(x: 0, y: 0, width: 40, height: 3), title: [Span("1 Session", .titleFocus)],
            trailing: [Span("step 6/8")], focused: true)
        frame.box(Rect(x: 0, y: 3, width: 40, height: 3), title: [Span("2 Explain"), Span("  4 Log +2", .badge)])
        #expect(
            frame.text() == """
                ┏━ 1 Session ━━━━━━━━━━━━━━━ step 6/8 ━┓
                ┃                                      ┃
                ┗━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┛
                ┌─ 2 Explain  4 Log +2 ────────────────┐
                │                                      │
                └──────────────────────────────────────┘

                """)
    }

    @Test("draws boxes in ASCII")
    func asciiBoxes() {
        var frame = Frame(Size(columns: 16, rows: 3))
        frame.box(size.rect, title: [Span("Log")], borders: .ascii)
        frame.box(Rect(x: 0, y: 0, width: 16, height: 3), title: [Span("Log")], borders: .ascii)
        #expect(frame.text() == "+- Log --------+\n|              |\n+--------------+\n")
    }

    @Test("cuts a title before its tail, and both at the corner")
    func tightTitles() {
        for width in 0...40 {
            var frame = Frame(Size(columns: 40, rows: 2))
            frame.box(
                Rect(x: 0, y: 0, width: width, height: 2), title: [Span("a long title", .title)],
                trailing: [Span("1.24 s", .stepTime)])
            let top = frame.text().split(separator: "\n", omittingEmptySubsequences: false).first ?? ""
            #expect(top.count == (width < 2 ? 0 : width))
            if width >= 2 { #expect(top.first == "┌" && top.last == "┐") }
            if width >= 12 { #expect(top.contains("1.24 s")) }
        }
    }

    @Test("keeps the room of what is right-aligned and marks what was cut")
    func trailing() {
        var frame = Frame(size)
        frame.draw(
            Row([Span("RCPT TO"), Span("  550 5.1.1 User unknown", .permanent)], trailing: [Span("19 ms")]), at: 0,
            x: 0, width: 24)
        frame.draw(Row([Span("DATA")], trailing: [Span("704 ms")]), at: 1, x: 0, width: 24)
        frame.draw(Row([Span("exactly"), Span(" twelve")], trailing: []), at: 2, x: 0, width: 12)
        frame.draw(Row([Span("no room at all")], trailing: [Span("longer than all that")]), at: 3, x: 0, width: 10)
        #expect(
            frame.text() == """
                RCPT TO  550 5.1.> 19 ms
                DATA              704 ms
                exactly twe>
                longer th>


                """)
    }

    @Test("marks a cut even when the first span fills the room to the last column")
    func cutBetweenSpans() {
        var frame = Frame(Size(columns: 10, rows: 1))
        frame.draw(Row([Span("0123456789"), Span("more")]), at: 0, x: 0, width: 10)
        #expect(frame.text() == "012345678>\n")
    }

    @Test("puts wide glyphs right and leaves no half of one behind")
    func wide() {
        var frame = Frame(Size(columns: 8, rows: 2))
        frame.draw(Row("日本語日本語"), at: 0, x: 0, width: 8)
        #expect(frame.text() == "日本語 >\n\n")
        frame.draw(Row("x"), at: 0, x: 1, width: 1)
        #expect(frame.text() == " x本語 >\n\n")
        frame.draw(Row("y"), at: 0, x: 2, width: 1)
        #expect(frame.text() == " xy 語 >\n\n")
        frame.draw(Row("語"), at: 1, x: 7, width: 2)
        #expect(frame.text() == " xy 語 >\n\n")
    }

    @Test("shows roles, the selection and stand-ins for control characters")
    func roles() {
        var frame = Frame(Size(columns: 20, rows: 2))
        var row = Row([Span("> ✗ ", .permanent), Span(PrintableText(untrusted: "a\u{1B}b"))])
        row.isSelected = true
        frame.draw(row, at: 0, x: 1, width: 18)
        frame.draw(Row("muted", .muted), at: 1, x: 0, width: 20)
        #expect(frame.cursor == Frame.Position(x: 1, y: 0))
        #expect(
            frame.roleMap() == """
                 qqqq.K.fffffffffff  <- selected 1...18  <- cursor 1
                aaaaa
                . ui.text
                a ui.muted
                f ui.selection
                q verdict.perm
                K text.control

                """)
    }

    @Test("draws nothing outside itself")
    func outside() {
        var frame = Frame(Size(columns: 4, rows: 2))
        frame.draw(Row("far left and on"), at: 0, x: -4, width: 20)
        frame.draw(Row("below"), at: 2, x: 0, width: 4)
        frame.draw(Row("above"), at: -1, x: 0, width: 4)
        frame.fill(Rect(x: -5, y: -5, width: 100, height: 100), .overlay)
        frame.box(Rect(x: -1, y: -1, width: 99, height: 99), title: [Span("t")])
        #expect(frame.text() == "\n\n")
        var empty = Frame(Size(columns: 0, rows: 0))
        empty.draw(Row("a"), at: 0, x: 0, width: 1)
        #expect(empty.text().isEmpty)
        #expect(empty.differences(from: nil).isEmpty)
    }

    @Test("names the cells that changed, and whole wide glyphs")
    func differences() {
        var old = Frame(Size(columns: 10, rows: 2))
        old.draw(Row("ab日本"), at: 0, x: 0, width: 10)
        var new = old
        #expect(new.differences(from: old).isEmpty)
        new.draw(Row("日"), at: 0, x: 4, width: 2)
        #expect(
            new.differences(from: old)
                == [Frame.Run(x: 4, y: 0, width: 2)])
        new.draw(Row("z"), at: 1, x: 9, width: 1)
        #expect(new.differences(from: old).count == 2)
        #expect(new.differences(from: nil).map(\.width) == [10, 10])
        #expect(new.differences(from: Frame(Size(columns: 9, rows: 2))).count == 2)
    }

    @Test("painting the differences over the old frame gives the new one")
    func differencesAreEnough() {
        var random = RandomBytes(seed: 3)
        let words: [PrintableText] = ["日本語", "abc", "e\u{301}x", "─│", "  ", "ﾊﾝ", "> ✗ 6"]
        var old = Frame(Size(columns: 30, rows: 4))
        for _ in 0..<2_000 {
            var new = old
            for _ in 0..<3 {
                let word = words[Int.random(in: 0..<words.count, using: &random)]
                new.draw(
                    Row(word, Bool.random(using: &random) ? .text : .error),
                    at: Int.random(in: 0..<4, using: &random), x: Int.random(in: -2..<31, using: &random),
                    width: Int.random(in: 1..<8, using: &random))
            }
            var cells = old.cells
            for run in new.differences(from: old) {
                for x in run.x..<(run.x + run.width) { cells[run.y * 30 + x] = new[x, run.y] }
                #expect(new[run.x, run.y].glyph.width > 0)
            }
            #expect(cells == new.cells)
            old = new
        }
    }
}
