import Canvas
import Testing

@testable import Dashboard

@Suite("Line editor")
struct LineEditorTests {
    private func typed(_ text: String, _ keys: Key...) -> LineEditor {
        var editor = LineEditor(text)
        for key in keys { _ = editor.take(key) }
        return editor
    }

    @Test("deletes a word, a half line, a character")
    func deleting() {
        #expect(typed("MAIL FROM:<a@b>", .control("w")).line == "MAIL ")
        #expect(typed("EHLO x", .left, .control("u")).line == "x")
        #expect(typed("EHLO x", .home, .control("k")).line == "")
        #expect(typed("EHLO x", .left, .backspace).line == "EHLOx")
        #expect(typed("EHLO x", .home, .delete).line == "HLO x")
    }

    @Test("a paste becomes one line and runs nothing")
    func paste() {
        #expect(typed("", .paste("EHLO a\r\nQUIT\r\n\u{1B}[31m")).line == "EHLO a QUIT [31m")
    }

    @Test("recalls what was submitted, and the draft after it")
    func history() {
        var editor = LineEditor("NOOP")
        _ = editor.submit()
        _ = editor.take(.character("x"))
        _ = editor.take(.up)
        #expect(editor.line == "NOOP")
        _ = editor.take(.down)
        #expect(editor.line == "x")
    }

    @Test("forgets what it was told to forget")
    func secrets() {
        var editor = LineEditor("AUTH PLAIN xyz")
        #expect(editor.submit(remember: false) == "AUTH PLAIN xyz")
        #expect(editor.history.isEmpty)
    }

    @Test("keeps Japanese characters whole")
    func wide() {
        #expect(typed("件名", .backspace).line == "件")
    }
}
