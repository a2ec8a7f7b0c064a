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

    @Test("Enter lists every answer, the one under the cursor with how it came")
    func answers() throws {
        var story = Story(100, 30)
        let subject = DNSSubject.domain(try DNSName(reading: "example.test"))
        answer(&story, subject)
        var lost = DNSAnswer(
            DNSQuestion(try DNSName(reading: "example.test"), .mx), from: Endpoint(IPAddress(v4: 192, 0, 2, 53), 53),
            .silent, took: .seconds(10), attempts: 5, ignored: 2)
        lost.serverID = "ns1"
        story.act(.answered(subject, lost))
        story.press(.character("3"), .enter)
        for words in ["DNS answers", "> example.test MX", "5 attempts", "192.0.2.53:53", "NSID", "2 datagrams"] {
            #expect(story.screen.contains(words), "\(words):\n\(story.screen)")
        }
        story.press(.down)
        #expect(!story.screen.contains("5 attempts"))
        story.press(.escape)
        #expect(story.dashboard.prompt == nil)
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

    @Test("the domain asked for last comes first, its records and its findings")
    func lastFirst() throws {
        var story = Story()
        for name in ["other.test", "example.test"] {
            let domain = try DNSName(reading: name)
            story.dashboard.incident.domain = domain
            answer(&story, .domain(domain))
        }
        let rows = text(story)
        let first = try #require(rows.firstIndex { $0.hasSuffix("example.test") })
        let second = try #require(rows.firstIndex { $0.hasSuffix(" other.test") })
        #expect(first < second)
        let findings = rows.filter { $0.contains("does not exist") }
        #expect(findings.count == 2 && findings[0].contains("example.test"))
    }

    @Test("shows a block list's answer, and says first what is wrong")
    func listing() throws {
        var story = Story()
        answer(&story, .listing(IPAddress(v4: 192, 0, 2, 8), on: [try DNSName(reading: "list.test")]))
        #expect(text(story)[0].contains("list.test is dead"))
    }
}

@Suite("The names in the dashboard")
struct DashboardNamesTests {
    private let server = Endpoint(IPAddress(v4: 192, 0, 2, 53), 53)

    /// A story that knows the MX of `example.test`.
    private func story(_ verdict: DNSSECVerdict? = nil) throws -> (story: Story, answer: DNSAnswer) {
        var story = Story()
        let domain = try DNSName(reading: "example.test")
        story.dashboard.incident.forget(.domain(domain))
        _ = story.dashboard.lookUp("example.test")
        let record = ResourceRecord(domain, .mx, ttl: 300, .exchange(MailExchanger(10, domain)))
        var answer = DNSAnswer(DNSQuestion(domain, .mx), from: server, .found([record]), took: .milliseconds(7))
        story.act(.answered(.domain(domain), answer))
        if verdict != nil {
            answer.verdict = verdict
            story.act(.answered(.domain(domain), answer))
        }
        return (story, answer)
    }

    private func text(_ story: Story) -> [String] {
        Pane.exchangers.content(story.dashboard, 100).map { row in
            (row.spans + row.trailing).map(\.text.plain).joined()
        }
    }

    @Test("count the TTL of a record down from when its answer came")
    func countdown() throws {
        var story = try story(.secure).story
        #expect(text(story).contains { $0.contains("10 example.test") && $0.contains("ttl 300") })
        story.act(.ticked(now: story.dashboard.now + .seconds(42)))
        #expect(text(story).contains { $0.contains("10 example.test") && $0.contains("ttl 258") })
        story.act(.ticked(now: story.dashboard.now + .seconds(400)))
        #expect(text(story).contains { $0.contains("ttl 0") })
    }

    @Test(
        "say beside an answer what DNSSEC makes of it",
        arguments: [(DNSSECVerdict.secure, "signed  "), (.insecure, "unsigned  "), (.bogus("expired"), "bogus  ")])
    func verdicts(_ verdict: DNSSECVerdict, _ word: String) throws {
        let story = try story(verdict).story
        #expect(text(story).contains { $0.contains("10 example.test" + word) })
    }

    @Test("are put beside what another resolver says")
    func compare() throws {
        var (story, answer) = try story()
        let effects = story.dashboard.compareResolver("192.0.2.99")
        #expect(effects == [.askBeside(server: "192.0.2.99", [answer.question])])
        #expect(text(story).contains { $0.contains("asking 192.0.2.99 too: 0 of 1 answered") })
        var same = answer
        same.server = Endpoint(IPAddress(v4: 192, 0, 2, 99), 53)
        // An answer of a resolver that was asked before this one counts for nothing.
        story.act(.answeredBeside(server: "192.0.2.98", same))
        #expect(text(story).contains { $0.contains("0 of 1 answered") })
        story.act(.answeredBeside(server: "192.0.2.99", same))
        #expect(text(story).contains { $0.contains("192.0.2.99 says the same to 1 questions") })
        same.outcome = .absent(.noSuchRecord)
        story.act(.answeredBeside(server: "192.0.2.99", same))
        #expect(text(story).contains { $0.contains("resolvers differ about example.test MX") })
        #expect(story.dashboard.compareResolver("").isEmpty && story.dashboard.notice != nil)
    }

    @Test("are written to a file as text")
    func copy() throws {
        var story = try story().story
        guard case .export(let path, false, let text)? = story.dashboard.copyNames(to: "").first else {
            Issue.record("nothing is written")
            return
        }
        #expect(path.hasPrefix("porthole-") && path.hasSuffix("-dns.txt"))
        #expect(text.contains("10 example.test") && text.contains("ttl 300"))
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 }, "no wider than it needs:\n\(text)")
        story.dashboard.incident = Incident()
        #expect(story.dashboard.copyNames(to: "").isEmpty && story.dashboard.notice != nil)
    }

    @Test("may be any name, also one that is not written in ASCII")
    func anyName() throws {
        var story = Story()
        story.dashboard.focus = .exchangers
        story.act(.pressed(.character("d")))
        guard case .palette(let editor)? = story.dashboard.prompt else {
            Issue.record("d asks for no name")
            return
        }
        #expect(editor.line == "dns ")
        #expect(story.dashboard.lookUp("例え.test") == [.spell("例え.test")])
        let effects = story.dashboard.spelled("例え.test", "xn--r8jz45g.test")
        guard case .ask(.domain(let domain), _)? = effects.first else {
            Issue.record("the name is not looked up")
            return
        }
        #expect(domain == DNSName("xn--r8jz45g.test"))
    }
}
