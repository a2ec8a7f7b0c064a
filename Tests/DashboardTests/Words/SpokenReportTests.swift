import Canvas
import Dashboard
import MailVocabulary
import SMTP
import Testing
import Triage

@Suite("Japanese beside the panes")
struct SpokenReportTests {
    @Test("a report in Japanese has our words in Japanese and the server's as they came")
    func report() throws {
        var story = Story(100, 30, catalogue: try Catalogue.shared(), language: .japanese)
        story.introduce()
        story.command("RCPT TO:<user@example.test>", .recipient)
        story.reply(550, "5.1.1 User unknown", .recipient, to: "RCPT TO:<user@example.test>")
        let report = story.dashboard.report(as: .text)
        #expect(report.hasPrefix("Porthole 報告書"))
        #expect(report.contains("<probe@example.net> から <user@example.test> へ"))
        #expect(report.contains("5.1.1 User unknown"))
        for english in ["Porthole report", " to <user", " extensions", "pending", "skipped", "not sent:"] {
            #expect(!report.contains(english), "\(english) stands in\n\(report)")
        }
    }

    @Test("the first line of an explanation is Japanese where no server said it")
    func event() throws {
        let reason = "mx1.example.test does not exist (NXDOMAIN)"
        var story = Story(100, 30, catalogue: try Catalogue.shared(), language: .japanese)
        story.press(.character("o"))
        story.fact(.closed(.notResolved(reason), during: .resolve))
        #expect(!story.screen.contains("does not exist"), "\(story.screen)")
        #expect(story.screen.contains("NXDOMAIN"), "\(story.screen)")
    }
}
