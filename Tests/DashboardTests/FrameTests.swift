import Canvas
import Dashboard
import FoundationEssentials
import Glibc
import MailVocabulary
import SMTP
import Testing
import Triage

/// Screens as text, in `Frames/`. `RECORD=1` writes them anew; look at the difference before you commit it.
@Suite("Frames")
struct FrameTests {
    @Test("a refused recipient at 80x24")
    func refused() throws {
        var story = Story(80, 24, catalogue: try Catalogue.shared())
        story.dashboard.settings.recipients = [Recipient("nobody@example.test")]
        story.introduce()
        story.command("RCPT TO:<nobody@example.test>", .recipient)
        story.reply(550, "5.1.1 User unknown", .recipient, to: "RCPT TO:<nobody@example.test>", after: 19)
        try compare(story, "refused-recipient-80x24")
    }

    @Test("a sent message followed to its end at 120x40")
    func sent() throws {
        var story = Story(120, 40, catalogue: try Catalogue.shared())
        story.rehearse()
        story.deliver()
        story.log(Logs.delivered)
        try compare(story, "sent-message-120x40")
    }

    @Test("a sent message at 200x60 has boxes of their own for transcript and envelope")
    func wide() throws {
        var story = Story(200, 60, catalogue: try Catalogue.shared())
        story.rehearse()
        story.deliver()
        story.log(Logs.delivered)
        try compare(story, "sent-message-200x60")
    }

    @Test("the walkthrough at 80x24")
    func walkthrough() throws {
        var story = Story(80, 24, catalogue: try Catalogue.shared())
        story.press(.character("w"))
        try compare(story, "walkthrough-80x24")
    }

    @Test("the explanation in Japanese at 100x30")
    func japanese() throws {
        var story = Story(100, 30, catalogue: try Catalogue.shared(), language: .japanese)
        story.dashboard.settings.recipients = [Recipient("nobody@example.test")]
        story.introduce()
        story.command("RCPT TO:<nobody@example.test>", .recipient)
        story.reply(550, "5.1.1 User unknown", .recipient, to: "RCPT TO:<nobody@example.test>", after: 19)
        try compare(story, "refused-recipient-japanese-100x30")
    }

    @Test("a refused recipient in Japanese at 80x24")
    func refusedInJapanese() throws {
        var story = Story(80, 24, catalogue: try Catalogue.shared(), language: .japanese)
        story.dashboard.settings.recipients = [Recipient("nobody@example.test")]
        story.introduce()
        story.command("RCPT TO:<nobody@example.test>", .recipient)
        story.reply(550, "5.1.1 User unknown", .recipient, to: "RCPT TO:<nobody@example.test>", after: 19)
        try compare(story, "refused-recipient-japanese-80x24")
    }

    @Test("a sent message in Japanese at 120x40")
    func sentInJapanese() throws {
        var story = Story(120, 40, catalogue: try Catalogue.shared(), language: .japanese)
        story.rehearse()
        story.deliver()
        story.log(Logs.delivered)
        try compare(story, "sent-message-japanese-120x40")
    }

    @Test("the first start, the dialog, the help and the walkthrough in Japanese at 80x24")
    func dialogsInJapanese() throws {
        var start = Story(80, 24, language: .japanese)
        start.dashboard.settings.target = nil
        _ = start.dashboard.start(logs: [], connect: false)
        try compare(start, "first-start-japanese-80x24")
        var story = Story(80, 24, catalogue: try Catalogue.shared(), language: .japanese)
        story.press(.character("?"))
        try compare(story, "help-japanese-80x24")
        story.press(.escape, .character("w"))
        try compare(story, "walkthrough-japanese-80x24")
        story.press(.escape)
        story.rehearse()
        story.press(.character("S"))
        try compare(story, "send-dialog-japanese-80x24")
    }

    @Test("J puts the whole screen into the other language, the message row included")
    func otherLanguage() throws {
        var story = Story(80, 24, catalogue: try Catalogue.shared())
        story.rehearse()
        let english = story.screen
        #expect(english.contains("rehearsal: no message is sent in this run"))
        story.press(.character("J"))
        #expect(story.screen.contains("予行: この実行ではメールを送信しません"))
        story.press(.character("J"))
        #expect(story.screen == english)
    }

    @Test("the first start at 80x24")
    func start() throws {
        var story = Story(80, 24)
        story.dashboard.settings.target = nil
        _ = story.dashboard.start(logs: [], connect: false)
        try compare(story, "first-start-80x24")
    }

    @Test("the dialog before sending at 80x24")
    func dialog() throws {
        var story = Story(80, 24, catalogue: try Catalogue.shared())
        story.rehearse()
        story.press(.character("S"))
        try compare(story, "send-dialog-80x24")
    }

    @Test("one pane and a tab strip at 50x14, one line at 39x9")
    func small() throws {
        var story = Story(50, 14, catalogue: try Catalogue.shared())
        story.rehearse()
        try compare(story, "rehearsal-50x14")
        story.act(.resized(Size(columns: 39, rows: 9)))
        #expect(story.screen.contains("Porthole needs 40x10; this is 39x9"))
    }

    @Test("no size from 1x1 to 220x70 traps")
    func sizes() throws {
        var story = Story(80, 24, catalogue: try Catalogue.shared())
        story.rehearse()
        story.deliver()
        story.log(Logs.delivered)
        for columns in stride(from: 1, through: 220, by: 7) {
            for rows in stride(from: 1, through: 70, by: 3) {
                story.act(.resized(Size(columns: columns, rows: rows)))
                #expect(story.dashboard.frame.size == Size(columns: columns, rows: rows))
            }
        }
    }

    @Test("nothing that a server says reaches the screen as it is")
    func hostile() throws {
        var story = Story(120, 40, catalogue: try Catalogue.shared())
        story.connect()
        story.command("EHLO probe.example.net", .hello)
        story.reply(
            250, "\u{1B}]0;PWN\u{07}\u{9B}31m\u{202E}evil\u{0}\n\u{1B}[2J", .hello, to: "EHLO probe.example.net")
        story.log("\u{1B}[2J Sat Nov 21 19:40:07 2026 Info: MID 1 Subject '\u{1B}]0;PWN\u{07}\u{202E}'\n")
        for scalar in story.screen.unicodeScalars where scalar != "\n" {
            let value = scalar.value
            #expect(value >= 0x20 && !(0x7F...0x9F).contains(value) && !(0x202A...0x202E).contains(value))
        }
    }

    func compare(_ story: Story, _ name: String) throws {
        let path = Frames.folder + "/\(name).txt"
        let actual = story.screen + "\n"
        if unsafe getenv("RECORD") != nil {
            try actual.write(toFile: path, atomically: true, encoding: .utf8)
            return
        }
        let expected = try? String(contentsOfFile: path, encoding: .utf8)
        if expected != actual { try actual.write(toFile: path + ".actual", atomically: true, encoding: .utf8) }
        #expect(expected == actual, "the frame differs from Frames/\(name).txt; see \(name).txt.actual beside it")
    }
}

enum Frames {
    static let folder: String = {
        var parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        parts.removeLast()
        return parts.joined(separator: "/") + "/Frames"
    }()
}
