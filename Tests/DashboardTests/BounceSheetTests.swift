import Canvas
import Dashboard
import Testing
import Triage

@Suite("Bounce sheet")
struct BounceSheetTests {
    private static let text = """
        Reporting-MTA: dns; relay.example.net
        X-Postfix-Queue-ID: 4Qx1Yz0abc

        Final-Recipient: rfc822; user@example.test
        Action: failed
        Status: 5.1.1
        Remote-MTA: dns; mx1.example.test
        Diagnostic-Code: smtp; 550 5.1.1 User unknown

        Final-Recipient: rfc822; other@example.test
        Action: delivered
        Status: 2.0.0
        """

    private func story() throws -> Story {
        var story = Story(80, 24)
        story.act(.learned(try Catalogue.shared()))
        story.act(.bounced(try #require(Bounce(reading: Array(Self.text.utf8)))))
        return story
    }

    @Test(":bounce reads a file, and without one says what it wants")
    func asks() {
        var story = Story()
        story.press(.character(":"))
        story.type("bounce mail.eml")
        story.press(.enter)
        #expect(story.effects.contains { if case .readBounce("mail.eml") = $0 { true } else { false } })
        story.press(.character(":"))
        story.type("bounce")
        story.press(.enter)
        #expect(story.screen.contains("which file? :bounce FILE"))
    }

    @Test("each recipient stands with what became of it, the server's words and their meaning")
    func shows() throws {
        let screen = try story().screen
        for words in [
            "2 recipients", "bounce by relay.example.net", "> user@example.test: not delivered, says mx1.example.test",
            "550 5.1.1 User unknown", "no such recipient", "other@example.test: delivered", ":trace 4Qx1Yz0abc",
        ] { #expect(screen.contains(words), "\(words):\n\(screen)") }
    }

    @Test(
        "Enter explains the reply in the explanation pane, as said to the server that wrote the bounce; :bounce comes back"
    )
    func explains() throws {
        var story = try story()
        story.press(.enter)
        #expect(story.dashboard.prompt == nil)
        #expect(story.screen.contains("from a bounce"), "\(story.screen)")
        #expect(story.screen.contains("550 5.1.1 User unknown"))
        story.press(.character(":"))
        story.type("bounce")
        story.press(.enter)
        #expect(story.screen.contains("2 recipients"))
    }

    @Test("the last row asks the log in view for the message")
    func traces() throws {
        var story = try story()
        story.press(.end, .enter)
        #expect(story.screen.contains("no log is open"), "\(story.screen)")
    }
}
