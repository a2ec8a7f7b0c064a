import Canvas
import DNS
import MailVocabulary
import Testing
import Triage

@testable import Dashboard

@Suite("MX/DNS pane")
struct ExchangerPaneTests {
    private static let records: [String: [String]] = [
        "example.test TXT": ["v=spf1 a:mail.example.test include:other.test ip4:192.0.2.0/24 -all"],
        "other.test TXT": ["v=spf1 include:gone.test -all"], "mail.example.test A": ["192.0.2.8"],
        "_smtp._tls.example.test TXT": ["v=TLSRPTv1; rua=mailto:a@example.test"],
    ]

    /// Answers everything that the story asks about the subject, until nothing more is asked.
    private func answer(_ story: inout Story, _ subject: DNSSubject) {
        story.dashboard.incident.forget(subject)
        story.effects = story.dashboard.examine(subject)
        for _ in 0..<10 {
            let asked = story.effects.flatMap { effect -> [DNSQuestion] in
                guard case .ask(subject, let questions) = effect else { return [] }
                return questions
            }
            story.effects = []
            for question in asked {
                let found = (Self.records[question.description] ?? []).map { text in
                    ResourceRecord(
                        question.name, question.type, ttl: 60,
                        IPAddress(text).map { .address($0) } ?? .text([Array(text.utf8)]))
                }
                let outcome = found.isEmpty ? DNSAnswer.Outcome.absent(.noSuchName) : .found(found)
                let server = Endpoint(IPAddress(v4: 192, 0, 2, 53), 53)
                story.act(.answered(subject, DNSAnswer(question, from: server, outcome, took: .milliseconds(7))))
            }
        }
    }

    private func text(_ story: Story) -> [String] {
        Pane.exchangers.content(story.dashboard, 100).map { row in
            (row.spans + row.trailing).map(\.text.plain).joined()
        }
    }

    @Test("shows the lookups of the SPF record as a tree, with their numbers")
    func tree() throws {
        var story = Story()
        answer(&story, .domain(try DNSName(reading: "example.test")))
        let rows = text(story)
        #expect(rows.contains { $0.contains("3 of 10 lookups, 1 of 2 void") })
        #expect(rows.contains { $0.contains("1  a:mail.example.test  192.0.2.8") })
        #expect(rows.contains { $0.contains("3  include:gone.test  no SPF record") })
        #expect(rows.contains { $0.contains("RPT") && $0.contains("TLSRPTv1") })
    }

    @Test("shows what SPF says of a sender, and by which terms")
    func sender() throws {
        var story = Story()
        let address = IPAddress(v4: 192, 0, 2, 8)
        let arguments = try #require(SPFSender(source: address, reversePath: "a@example.test", helloName: "x.test"))
        answer(&story, .sender(arguments))
        let rows = text(story)
        #expect(rows.contains { $0.contains("192.0.2.8 for example.test   SPF pass") })
        #expect(rows.contains { $0.contains("by    example.test a:mail.example.test") })
        let other = SPFSender(source: IPAddress(v4: 203, 0, 113, 1), domain: try DNSName(reading: "example.test"))
        answer(&story, .sender(other))
        #expect(text(story).contains { $0.contains("203.0.113.1 for example.test   SPF permerror") })
    }

    @Test("shows a block list's answer, and says first what is wrong")
    func listing() throws {
        var story = Story()
        answer(&story, .listing(IPAddress(v4: 192, 0, 2, 8), on: [try DNSName(reading: "list.test")]))
        #expect(text(story)[0].contains("list.test is dead"))
    }
}
