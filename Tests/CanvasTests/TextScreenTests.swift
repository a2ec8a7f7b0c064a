import Canvas
import Testing

@Suite("Text screen")
struct TextScreenTests {
    @Test("plays its script, keeps what it was shown, and ends by hanging up")
    func script() {
        let screen = TextScreen(size: Size(columns: 10, rows: 1), script: [[.woken]])
        screen.type([.character("q"), .enter])
        screen.resize(to: Size(columns: 20, rows: 1))
        #expect(screen.wait(upTo: nil) == [.resized])
        #expect(screen.wait(upTo: .seconds(1)) == [.woken])
        #expect(screen.wait(upTo: nil) == [.key(.character("q"))])
        #expect(screen.wait(upTo: nil) == [.key(.enter)])
        #expect(screen.wait(upTo: nil) == [.hungUp])
        #expect(screen.waits == [nil, .seconds(1), nil, nil, nil])
        var frame = Frame(screen.size)
        frame.draw(Row("550 5.1.1"), at: 0, x: 0, width: 20)
        screen.present(frame)
        screen.close()
        #expect(screen.lastText == "550 5.1.1\n")
        #expect(screen.isClosed)
    }
}
