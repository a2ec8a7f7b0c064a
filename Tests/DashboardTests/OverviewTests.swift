import Canvas
import MailLog
import MailVocabulary
import SMTP
import Testing
import Triage

@testable import Dashboard

@Suite("Overview")
struct OverviewTests {
    /// A refused recipient, and a log in which one reason refuses two clients.
    static func story(_ columns: Int = 120, _ rows: Int = 40) throws -> Story {
        var story = Story(columns, rows, catalogue: try Catalogue.shared())
        story.introduce()
        story.command("RCPT TO:<user@example.test>", .recipient)
        story.reply(550, "5.1.1 User unknown", .recipient, to: "RCPT TO:<user@example.test>")
        story.log(Self.refusals)
        return story
    }

    static let refusals = """
        Sat Nov 21 19:40:07 2026 Info: New SMTP ICID 880 interface Management (10.0.0.1) address 203.0.113.4 reverse dns host unknown verified no
        Sat Nov 21 19:40:07 2026 Info: ICID 880 REJECT SG BLOCKED match 203.0.113.4 SBRS -9.1
        Sat Nov 21 19:40:07 2026 Info: ICID 880 close
        Sat Nov 21 19:40:08 2026 Info: New SMTP ICID 881 interface Management (10.0.0.1) address 203.0.113.5 reverse dns host unknown verified no
        Sat Nov 21 19:40:08 2026 Info: ICID 881 REJECT SG BLOCKED match 203.0.113.5 SBRS -9.1
        Sat Nov 21 19:40:08 2026 Info: ICID 881 close

        """

    @Test("0 shows the gateway's state, and the findings with the gravest first")
    func overview() throws {
        var story = try Self.story()
        story.press(.character("0"))
        let screen = story.screen
        for words in [
            "mx1.example.test:25", "in clear: STARTTLS is not offered", "220", "What needs you first",
            "RCPT TO: 550 5.1.1 User unknown", "connections 2, refused 2", "refusals 2, clients 2", "1 Session",
            "4 Log",
        ] { #expect(screen.contains(words) || words == "220", "\(words):\n\(screen)") }
        let severities = story.dashboard.overviewFindings.map(\.severity)
        #expect(severities == severities.sorted(by: >))
    }

    @Test("Enter opens the evidence in the pane that it belongs to")
    func evidence() throws {
        var story = try Self.story()
        story.press(.character("0"), .enter)
        #expect(story.dashboard.prompt == nil)
        #expect(story.dashboard.focus == .session)
        #expect(story.dashboard.isReadingTranscript)
        #expect(story.screen.contains(">   0."), "the transcript stands at the refusal:\n\(story.screen)")
        let place = story.dashboard.overviewFindings.firstIndex { if case .log = $0.evidence { true } else { false } }
        story.press(.character("0"))
        for _ in 0..<(place ?? 0) { story.press(.down) }
        story.press(.enter)
        #expect(story.dashboard.focus == .log)
        #expect(
            story.screen.contains("ICID 881          REJECT") || story.screen.contains("> 19:40:08"), "\(story.screen)")
    }

    @Test("says from when on it counted where the minutes are not whole, and that the minutes before were not read")
    func cut() throws {
        var story = try Self.story()
        story.press(.character("0"))
        #expect(story.screen.contains("only from 19:40:07 to 19:40:08: connections 2"), "\(story.screen)")
        #expect(story.screen.contains("there are no older lines"))
        var tail = Story(120, 40)
        tail.effects += tail.dashboard.follow(log: "mail_logs")
        var splitter = LineSplitter(offset: 1 << 20)
        tail.act(.followed(source: 0, .lines(splitter.split(Array(Self.refusals.utf8)))))
        tail.press(.character("0"))
        #expect(tail.screen.contains("older lines were not read"), "\(tail.screen)")
    }

    @Test("names the busiest clients, and Enter on an outcome lists all that ended so")
    func outcome() throws {
        var story = Story(120, 40)
        story.log(
            Self.refusals + """
                Sat Nov 21 19:40:09 2026 Info: New SMTP ICID 882 interface M (10.0.0.1) address 10.2.3.4 reverse dns host a.test verified yes
                Sat Nov 21 19:40:09 2026 Info: Start MID 7 ICID 882
                Sat Nov 21 19:40:09 2026 Info: MID 7 ICID 882 From: <a@example.net>
                Sat Nov 21 19:40:09 2026 Info: MID 7 ICID 882 RID 0 To: <b@example.test>
                Sat Nov 21 19:40:10 2026 Info: Message aborted MID 7 Dropped by antivirus

                """)
        story.press(.character("0"))
        #expect(story.screen.contains("10.2.3.4 1") && story.screen.contains("a@example.net 1"), "\(story.screen)")
        let place = story.dashboard.overviewFindings.firstIndex { $0.evidence == .outcome(.dropped) }
        for _ in 0..<(try #require(place)) { story.press(.down) }
        story.press(.enter)
        let question = LogQuestion(verdict: "dropped", since: LogMoment("15m"))
        #expect(story.effects.contains(.askLog("mail_logs", number: 1, .entries(question))))
    }

    @Test(". and , go from finding to finding, and round")
    func jumping() throws {
        var story = try Self.story()
        let count = { story.dashboard.overviewFindings.count }
        story.press(.character("."))
        let first = story.dashboard.findingInView
        #expect(story.screen.contains("finding 1 of \(count())"))
        story.press(.character(","))
        #expect(story.screen.contains("finding \(count()) of \(count())"))
        story.press(.character("."))
        #expect(story.dashboard.findingInView == first)
    }

    @Test("says so when nothing has been asked, and when nothing stands in the way")
    func nothing() {
        var story = Story()
        story.press(.character("0"))
        #expect(story.screen.contains("nothing has been asked yet"))
        story.press(.escape)
        story.rehearse()
        story.press(.character("."))
        #expect(story.screen.contains("nothing has been found that stands in the way"))
    }

    @Test("the log is read again while lines come in, but not for each of them")
    func renewal() throws {
        var story = try Self.story()
        story.press(.character("0"))
        let reading = story.dashboard.logReading
        story.log(Self.refusals.replacing("ICID 88", with: "ICID 99"))
        #expect(story.dashboard.logReading == reading)
        #expect((story.dashboard.nextTick ?? .seconds(60)) <= .seconds(2))
        story.pass(.seconds(3))
        #expect(story.dashboard.logReading?.summary.connections == 4)
        #expect(story.screen.contains("connections 4, refused 4"))
    }

    @Test(
        "fits every size, and the cursor stands on the chosen finding",
        arguments: [(40, 12), (60, 16), (80, 24), (200, 60)])
    func sizes(_ columns: Int, _ rows: Int) throws {
        var story = try Self.story(columns, rows)
        story.press(.character("0"), .down, .down)
        let frame = story.dashboard.frame
        #expect(frame.cursor != nil)
    }
}
