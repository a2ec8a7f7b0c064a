import Canvas
import DNS
import MailVocabulary
import SMTP
import Testing
import Triage

@testable import Dashboard

@Suite("What the explanation proposes")
struct ProbeTests {
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

    @Test("every check but the signature's has a key")
    func complete() {
        for check in CauseCheck.allCases { #expect((check.key == nil) == (check == .signature)) }
    }
}
