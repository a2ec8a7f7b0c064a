import Canvas
import MailVocabulary
import SMTP
import Testing

@testable import Dashboard

@Suite("Palette")
struct PaletteTests {
    @Test("some letters of a name find it, and Enter writes it out before it runs")
    func fuzzy() {
        #expect(Palette.candidates(for: "ckh").first?.name == "checkhealth")
        #expect(Palette.candidates(for: "expl").first?.name == "explain")
        #expect(Palette.candidates(for: "qqq").isEmpty)
        var story = Story()
        story.press(.character(":"))
        story.type("zm")
        #expect(story.screen.contains("zoom"))
        story.press(.enter)
        #expect(!story.dashboard.isZoomed)
        #expect(story.screen.contains(":zoom"))
        story.press(.enter)
        #expect(story.dashboard.isZoomed)
    }

    @Test("what was typed whole stands first and is what Enter runs")
    func exact() {
        #expect(Palette.candidates(for: "q").first?.name == "q")
        #expect(Palette.candidates(for: "log open x").first?.name == "log open")
        #expect(Palette.candidates(for: "set to user@example.test").first?.name == "set")
    }

    @Test("every action of the keys has a name of its own that : takes")
    func names() {
        let intents = Set(KeyMap.all.map(\.intent))
        #expect(Set(intents.map(\.name)).count == intents.count)
        for intent in intents { #expect(Palette.match(intent.name) != nil, "\(intent)") }
    }

    @Test("Ctrl-R finds the newest line with what was typed, then older ones")
    func history() {
        var editor = LineEditor("dns", history: ["dns one.test", "connect a.test", "dns two.test", "theme mono"])
        _ = editor.take(.control("r"))
        #expect(editor.line == "dns two.test")
        _ = editor.take(.control("r"))
        #expect(editor.line == "dns one.test")
        _ = editor.take(.control("r"))
        #expect(editor.line == "dns one.test")
    }

    @Test("a secret that was typed after :send is not remembered")
    func secrets() {
        var story = Story()
        story.connect()
        story.press(.character(":"))
        story.type("send AUTH PLAIN AHVzZXIAcGFzc3dvcmQ=")
        story.press(.enter, .character(":"), .up)
        #expect(!story.screen.contains("AHVzZXI"))
    }

    @Test("the list stands above the line at every size", arguments: [(40, 12), (80, 24), (200, 60)])
    func sizes(_ columns: Int, _ rows: Int) {
        var story = Story(columns, rows)
        story.press(.character(":"))
        #expect(story.screen.contains("connect"))
    }
}
