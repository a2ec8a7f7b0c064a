import Testing

@testable import Canvas

@Suite("Layout")
struct LayoutTests {
    private func parts(_ layout: Layout) -> [Rect] {
        [layout.title, layout.message, layout.hint, layout.main]
            + [
                layout.tabs, layout.secondary, layout.explain, layout.exchangers, layout.log, layout.transcript,
                layout.envelope,
            ].compactMap(\.self)
    }

    @Test("puts nothing outside the screen and nothing over something else, at any size")
    func everySize() {
        for columns in 0...300 {
            for rows in 0...100 {
                let size = Size(columns: columns, rows: rows)
                for zoomed in [false, true] {
                    let layout = Layout.arrange(size: size, zoomed: zoomed)
                    let parts = parts(layout).filter { !$0.isEmpty }
                    for (index, part) in parts.enumerated() {
                        guard part.x >= 0, part.y >= 0, part.maxX <= columns, part.maxY <= rows else {
                            Issue.record("\(part) sticks out of \(columns)x\(rows)")
                            return
                        }
                        for other in parts.dropFirst(index + 1) where part.overlaps(other) {
                            Issue.record("\(part) and \(other) overlap at \(columns)x\(rows)")
                            return
                        }
                    }
                }
            }
        }
    }

    @Test("leaves no cell without an owner where there are boxes")
    func noGaps() {
        for (columns, rows) in [(60, 16), (80, 24), (99, 29), (100, 30), (120, 40), (159, 44), (160, 45), (200, 60)] {
            let layout = Layout.arrange(size: Size(columns: columns, rows: rows))
            #expect(parts(layout).reduce(0) { $0 + $1.width * $1.height } == columns * rows)
        }
    }

    @Test(
        "chooses by size alone",
        arguments: [
            (1, 1, Layout.Kind.tiny, true), (39, 10, .tiny, true), (40, 9, .tiny, true), (40, 10, .tiny, false),
            (59, 16, .tiny, false), (60, 15, .tiny, false), (60, 16, .narrow, false), (99, 60, .narrow, false),
            (200, 29, .narrow, false), (100, 30, .medium, false), (159, 45, .medium, false), (160, 44, .medium, false),
            (160, 45, .wide, false),
        ])
    func limits(_ columns: Int, _ rows: Int, _ kind: Layout.Kind, _ isNotice: Bool) {
        let layout = Layout.arrange(size: Size(columns: columns, rows: rows))
        #expect(layout.kind == kind)
        #expect(layout.isNotice == isNotice)
    }

    @Test("draws the narrow screen as the mock-up does")
    func narrow() {
        let layout = Layout.arrange(size: Size(columns: 80, rows: 24))
        #expect(layout.title == Rect(x: 0, y: 0, width: 80, height: 1))
        #expect(layout.main == Rect(x: 0, y: 1, width: 80, height: 12))
        #expect(layout.secondary == Rect(x: 0, y: 13, width: 80, height: 9))
        #expect(layout.message.y == 22)
        #expect(layout.hint.y == 23)
    }

    @Test("draws the medium screen as the mock-up does")
    func medium() {
        let layout = Layout.arrange(size: Size(columns: 120, rows: 40))
        #expect(layout.main == Rect(x: 0, y: 1, width: 70, height: 24))
        #expect(layout.explain == Rect(x: 70, y: 1, width: 50, height: 12))
        #expect(layout.exchangers == Rect(x: 70, y: 13, width: 50, height: 12))
        #expect(layout.log == Rect(x: 0, y: 25, width: 120, height: 13))
    }

    @Test("draws the wide screen as the mock-up does")
    func wide() {
        let layout = Layout.arrange(size: Size(columns: 200, rows: 60))
        #expect(layout.main == Rect(x: 0, y: 1, width: 62, height: 13))
        #expect(layout.envelope == Rect(x: 0, y: 14, width: 62, height: 23))
        #expect(layout.transcript == Rect(x: 62, y: 1, width: 76, height: 36))
        #expect(layout.explain?.x == 138)
        #expect(layout.log == Rect(x: 0, y: 37, width: 200, height: 21))
    }

    @Test("gives a choice that does not fit the largest layout that does")
    func choice() {
        let small = Size(columns: 80, rows: 24)
        let large = Size(columns: 200, rows: 60)
        #expect(Layout.arrange(size: small, choice: .wide).kind == .narrow)
        #expect(Layout.arrange(size: large, choice: .medium).kind == .medium)
        #expect(Layout.arrange(size: large, choice: .narrow).kind == .narrow)
        #expect(Layout.arrange(size: Size(columns: 120, rows: 40), choice: .wide).kind == .medium)
        #expect(Layout.arrange(size: Size(columns: 20, rows: 5), choice: .wide).kind == .tiny)
    }

    @Test("gives the zoomed pane the whole body")
    func zoom() {
        let layout = Layout.arrange(size: Size(columns: 120, rows: 40), zoomed: true)
        #expect(layout.main == Rect(x: 0, y: 1, width: 120, height: 37))
        #expect(layout.log == nil)
    }
}
