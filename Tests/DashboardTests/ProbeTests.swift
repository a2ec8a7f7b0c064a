import Canvas
import DNS
import MailVocabulary
import SMTP
import Testing
import Triage

@testable import Dashboard

@Suite("What the explanation proposes")
struct ProbeTests {
    @Test("is offered only where it does something")
    func offered() throws {
        var story = Story(120, 40, catalogue: try Catalogue.shared())
        story.introduce()
        story.press(.character("2"))
        let bar = { (story: Story) in story.screen.split(separator: "\n").last.map(String.init) ?? "" }
        let explanation = try #require(story.dashboard.explanation?.explanation)
        #expect(bar(story).contains("probe") == (story.dashboard.proposedStep(of: explanation) != nil))
        story.command("RCPT TO:<user@example.test>", .recipient)
        story.reply(450, "4.7.1 greylisted, try again in 300 seconds", .recipient, to: "RCPT TO:<user@example.test>")
        #expect(bar(story).contains("p probe"), "\(story.screen)")
    }

    @Test("p asks the block list that the reply names, and no other")
    func blockList() throws {
        var story = Story(120, 40, catalogue: try Catalogue.shared())
        story.introduce()
        story.command("RCPT TO:<user@example.test>", .recipient)
        story.reply(
            554, "5.7.1 Service unavailable; Client host [198.51.100.7] blocked using zen.example.org", .recipient,
            to: "RCPT TO:<user@example.test>")
        story.effects = []
        story.press(.character("p"))
        let lists = story.dashboard.incident.subjects.compactMap { subject -> [DNSName]? in
            if case .listing(_, let lists) = subject { lists } else { nil }
        }
        #expect(lists == [[try #require(DNSName("zen.example.org"))]])
        #expect(!story.effects.isEmpty)
    }

    @Test("p on a step to come back later waits as long as the reply says, then does it by itself")
    func retryTimer() throws {
        var story = try Self.greylisted()
        story.press(.character("p"))
        #expect(story.effects.isEmpty && story.screen.contains("AGAIN IN 0:11"), "\(story.screen)")
        story.pass(.seconds(9))
        #expect(story.effects.isEmpty && story.screen.contains("AGAIN IN 0:02"), "\(story.screen)")
        story.pass(.seconds(2))
        #expect(story.effects.contains { if case .converse = $0 { true } else { false } })
        #expect(!story.screen.contains("AGAIN IN") && story.dashboard.retryTimer == nil)
    }

    @Test("a retry that is due waits while the server is waited for, and is given up for a message that is sent")
    func retryBeside() throws {
        var story = try Self.greylisted()
        story.press(.character("p"))
        story.command("NOOP", .other)
        story.pass(.seconds(60))
        #expect(!story.effects.contains { if case .converse = $0 { true } else { false } })
        story.reply(250, "ok", .other, to: "NOOP")
        story.pass(.seconds(2))
        #expect(story.effects.contains { if case .converse = $0 { true } else { false } })
        story = try Self.greylisted()
        story.press(.character("p"))
        _ = story.dashboard.order(.type("DATA"))
        #expect(story.dashboard.retryTimer == nil)
    }

    @Test("a retry that is due and would ask for a password says so once, and asks for none by itself")
    func retryWithPassword() throws {
        var story = try Self.greylisted()
        story.press(.character("p"))
        story.dashboard.settings.authentication = AuthenticationPlan(user: "probe")
        story.pass(.seconds(60))
        #expect(story.dashboard.prompt == nil && story.dashboard.retryTimer == nil)
        #expect(story.dashboard.notice?.text.contains("r asks for the password") == true)
    }

    @Test("p a second time retries at once, and :every off not at all")
    func retryNowOrNever() throws {
        var story = try Self.greylisted()
        story.press(.character("p"))
        story.press(.character("p"))
        #expect(story.effects.contains { if case .converse = $0 { true } else { false } })
        story = try Self.greylisted()
        story.press(.character("p"))
        story.press(.character(":"))
        story.type("every off")
        story.press(.enter)
        story.pass(.seconds(100))
        #expect(!story.effects.contains { if case .converse = $0 { true } else { false } })
        #expect(story.dashboard.notice?.text.contains("no longer") == true)
    }

    @Test(
        "p tells why a check cannot say anything here",
        arguments: [
            ("5.3.4 Message size exceeds fixed limit", "the size of our message is known when it is sent"),
            ("5.7.23 SPF validation failed", "192.168.7.7 is private: SPF is about"),
            ("5.7.1 blocked using zen.example.org", "192.168.7.7 is no public address"),
        ])
    func unanswerable(reply: String, notice: String) throws {
        var story = Story(160, 40, catalogue: try Catalogue.shared())
        story.press(.character("o"))
        story.fact(
            .connected(
                local: Endpoint(try #require(IPAddress("192.168.7.7")), 1),
                remote: Endpoint(try #require(IPAddress("192.168.7.25")), 25), took: .milliseconds(1)))
        story.reply(220, "mx1.example.test ESMTP", .connect, to: nil)
        story.command("EHLO probe.example.net", .hello)
        story.reply(250, "mx1.example.test\nSIZE 1000000", .hello, to: "EHLO probe.example.net")
        story.command("RCPT TO:<user@example.test>", .recipient)
        story.reply(552, reply, .recipient, to: "RCPT TO:<user@example.test>")
        story.press(.character("p"))
        #expect(story.screen.contains(notice), "\(story.screen)")
    }

    /// A story whose recipient is to be tried again in ten seconds; its effects so far are forgotten.
    private static func greylisted() throws -> Story {
        var story = Story(120, 40, catalogue: try Catalogue.shared())
        story.introduce()
        story.command("RCPT TO:<user@example.test>", .recipient)
        story.reply(
            451, "4.7.1 greylisted, please try again in 10 seconds", .recipient, to: "RCPT TO:<user@example.test>")
        story.press(.character("2"))
        story.press(.character("z"))
        #expect(story.screen.contains("seconds to wait: 10") && !story.screen.contains("some:"), "\(story.screen)")
        story.effects = []
        return story
    }

    @Test("d also looks up the sender's domain when the explanation rests on it")
    func senderDomain() throws {
        var story = Story(120, 40, catalogue: try Catalogue.shared())
        story.connect()
        story.command("MAIL FROM:<probe@example.net>", .sender)
        story.reply(
            550, "5.1.8 Sender address rejected: Domain not found", .sender, to: "MAIL FROM:<probe@example.net>")
        let domain = DNSSubject.domain(try #require(DNSName("example.net")))
        #expect(!story.dashboard.incident.subjects.contains(domain))
        story.press(.character("d"))
        #expect(story.dashboard.incident.subjects.contains(domain))
    }

    @Test("each cause names the key of its check until the verdict is known")
    func keys() throws {
        var story = Story(120, 40, catalogue: try Catalogue.shared())
        story.introduce()
        story.command("RCPT TO:<user@example.test>", .recipient)
        story.reply(
            554, "5.7.1 Service unavailable; Client host [198.51.100.7] blocked using zen.example.org", .recipient,
            to: "RCPT TO:<user@example.test>")
        story.press(.character("2"), .character("z"))
        #expect(story.screen.contains("[p: the list named]"))
        #expect(story.screen.contains("198.51.100.7"))
    }

    @Test("p goes on to the next check when the first has marked its cause")
    func nextProbe() throws {
        var story = Story(120, 40, catalogue: try Catalogue.shared())
        story.introduce()
        story.command("AUTH PLAIN", .authenticate)
        story.reply(503, "#5.3.3 AUTH not available", .authenticate, to: "AUTH PLAIN")
        let explanation = try #require(story.dashboard.explanation?.explanation)
        #expect(explanation.next.first?.deed == .check(.offersAuthentication))
        // The EHLO list was seen, and there was no AUTH in it: that check has nothing new to tell.
        let proposed = try #require(story.dashboard.proposedStep(of: explanation))
        #expect(explanation.next[proposed].deed == .send("STARTTLS"))
    }

    @Test("every check but the signature's has a key")
    func complete() {
        for check in CauseCheck.allCases { #expect((check.key == nil) == (check == .signature)) }
    }
}
