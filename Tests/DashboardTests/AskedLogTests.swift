import Canvas
import Dashboard
import MailLog
import Testing
import Triage

@Suite("Asking a whole log")
struct AskedLogTests {
    private static let log = """
        Mon Feb  2 10:00:00 2026 Info: New SMTP ICID 6 interface M (10.0.0.1) address 10.2.3.4 reverse dns host a.test verified yes
        Mon Feb  2 10:00:01 2026 Info: Start MID 7 ICID 6
        Mon Feb  2 10:00:01 2026 Info: MID 7 ICID 6 From: <a@example.net>
        Mon Feb  2 10:00:02 2026 Info: MID 7 ICID 6 RID 0 To: <b@example.test>
        Mon Feb  2 10:00:02 2026 Info: MID 7 Message-ID '<one@example.net>'
        Mon Feb  2 10:00:03 2026 Info: Message aborted MID 7 Dropped by antivirus
        Mon Feb  2 10:00:04 2026 Info: Message finished MID 7 done

        """

    private func story(_ source: String) -> Story {
        var story = Story(100, 30)
        story.effects += story.dashboard.follow(log: source)
        var splitter = LineSplitter()
        story.act(.followed(source: 0, .opened(name: "mail_logs", size: 0)))
        story.act(.followed(source: 0, .lines(splitter.split(Array(Self.log.utf8)))))
        story.act(.followed(source: 0, .caughtUp))
        return story
    }

    private func ask(_ words: String, _ story: inout Story) {
        story.press(.character(":"))
        story.type("trace \(words)")
        story.press(.enter)
    }

    private var answer: LogAnswer {
        var (index, splitter) = (TraceIndex(), LineSplitter())
        let lines = splitter.split(Array(Self.log.utf8))
        for line in lines { index.append(line) }
        return index.answer(LogQuestion(needle: "10.2.3.4")) { places in places.map { lines[$0.number - 1].bytes } }
    }

    @Test("the file of the log in view is read as a whole, with its progress, and Enter shows the lines of a row")
    func file() {
        var story = story("/var/log/mail_logs")
        ask("10.2.3.4", &story)
        #expect(
            story.effects.contains(
                .askLog("/var/log/mail_logs", number: 1, .entries(LogQuestion(needle: "10.2.3.4")))))
        story.act(.asked(number: 1, .read(512 << 20, of: 1024 << 20)))
        #expect(story.screen.contains("512 of 1024 MiB read, 50 %"))
        story.act(.asked(number: 1, .answered(answer)))
        for words in ["MID 7", "<a@example.net>", "<b@example.test>", "dropped", "1 found"] {
            #expect(story.screen.contains(words), "\(words):\n\(story.screen)")
        }
        story.press(.enter)
        for words in ["New SMTP ICID 6", "Dropped by antivirus", "rows"] {
            #expect(story.screen.contains(words), "\(words):\n\(story.screen)")
        }
        story.press(.escape, .escape)
        #expect(!story.screen.contains("1 found"))
        ask("", &story)
        #expect(story.screen.contains("1 found"), "the last answer can be looked at again")
    }

    @Test("Esc gives a question up while it is read, and what comes of it later is passed over")
    func givenUp() {
        var story = story("/var/log/mail_logs")
        ask("10.2.3.4", &story)
        story.press(.escape)
        #expect(story.effects.contains(.stopAsking))
        story.act(.asked(number: 1, .answered(answer)))
        #expect(!story.screen.contains("1 found"))
        ask("MID 7", &story)
        story.act(.asked(number: 7, .failed("of another question")))
        #expect(!story.screen.contains("of another question"))
    }

    @Test("a source without a file answers from all that was read of it")
    func command() {
        var story = story("cmd:ssh gw tail -F mail_logs")
        ask("verdict=dropped", &story)
        #expect(!story.effects.contains { if case .askLog = $0 { true } else { false } })
        #expect(story.screen.contains("MID 7"), "\(story.screen)")
        story.press(.enter)
        #expect(story.screen.contains("Dropped by antivirus"))
    }

    @Test("a search that finds nothing among the kept lines asks the whole file")
    func search() {
        var story = story("/var/log/mail_logs")
        story.dashboard.focus = .log
        story.press(.character("/"))
        story.type("antivirus")
        story.press(.enter)
        #expect(!story.effects.contains { if case .askLog = $0 { true } else { false } })
        story.press(.character("/"), .control("u"))
        story.type("yesterday")
        story.press(.enter)
        #expect(story.effects.contains(.askLog("/var/log/mail_logs", number: 1, .lines("yesterday"))))
        var found = LineSearch("YESTERDAY")
        found.take(Array("a line of Yesterday".utf8).span, number: 12)
        story.act(.asked(number: 1, .answered(found.answer)))
        #expect(story.screen.contains("a line of Yesterday"), "\(story.screen)")
    }

    @Test("every log that is followed is asked, the one in view first, and each row and each absence names its log")
    func several() {
        var story = story("/var/log/mail_logs")
        story.effects += story.dashboard.follow(log: "/srv/other.log")
        story.effects += story.dashboard.follow(log: "cmd:ssh gw tail -F mail.log")
        story.press(.character("4"), .character("t"), .character("t"))
        #expect(story.screen.contains("no lines yet") || story.screen.contains("opening"))
        ask("10.2.3.4", &story)
        let question = LogRequest.entries(LogQuestion(needle: "10.2.3.4"))
        #expect(!story.effects.contains(.askLog("/var/log/mail_logs", number: 1, question)), "one after the other")
        #expect(story.effects.contains(.askLog("/srv/other.log", number: 1, question)))
        story.act(.asked(number: 1, .failed("cannot read /srv/other.log: permission denied")))
        #expect(story.effects.contains(.askLog("/var/log/mail_logs", number: 1, question)))
        story.act(.asked(number: 1, .answered(answer)))
        for words in [
            "3 logs", "mail_logs: MID 7", "other.log: cannot read", "cmd:ssh gw tail -F mail.log: ", "1 found",
        ] {
            #expect(story.screen.contains(words), "\(words):\n\(story.screen)")
        }
    }

    @Test(
        "the files of a rotated set are named, those that were not asked are counted, and a line says in which it stands"
    )
    func files() {
        var story = story("/var/log/mail_logs")
        ask("10.2.3.4 since=30m", &story)
        var answer = answer
        answer.files = ["/var/log/mail_logs.1", "/var/log/mail_logs"]
        answer.unaskedFiles = 3
        answer.faults = ["cannot read /var/log/mail_logs.2.gz to its end: gzip stopped with status 1"]
        answer.rows[0].lines[6].file = 1
        story.act(.asked(number: 1, .answered(answer)))
        for words in [
            "Trace  10.2.3.4 since=30m  mail_logs", "mail_logs.1, mail_logs", "does not reach back to: 3",
            "100 % understood", "mail_logs.2.gz to its end",
        ] { #expect(story.screen.contains(words), "\(words):\n\(story.screen)") }
        story.press(.enter)
        for words in ["mail_logs.1:1 ", "mail_logs:7 "] {
            #expect(story.screen.contains(words), "\(words):\n\(story.screen)")
        }
    }

    @Test("Enter on a line shows the message that it is of with its lines, Esc goes back to it, E explains its reply")
    func line() {
        var story = story("/var/log/mail_logs")
        story.dashboard.focus = .log
        story.press(.up, .enter)
        for words in ["accepted from the client and then dropped", "New SMTP ICID 6", "Dropped by antivirus"] {
            #expect(story.screen.contains(words), "\(words):\n\(story.screen)")
        }
        #expect(!story.effects.contains { if case .askLog = $0 { true } else { false } }, "all of it was read")
        story.press(.escape)
        #expect(story.dashboard.prompt == nil && story.dashboard.focus == .log)
        story.press(.character("E"))
        #expect(story.screen.contains(":explain"), "a line without a reply leaves it to be typed:\n\(story.screen)")
    }

    @Test("Enter on a line gives up a question that is read for behind the panes")
    func lineInstead() {
        var story = story("/var/log/mail_logs")
        ask("192.0.2.99", &story)
        story.press(.character(":"), .escape)
        #expect(!story.effects.contains(.stopAsking), "it is read for on")
        story.dashboard.focus = .log
        story.press(.up, .enter)
        #expect(story.effects.contains(.stopAsking))
        #expect(story.screen.contains("Dropped by antivirus"))
    }

    @Test("a message that began before what was read of the file is asked of the whole file")
    func cutLine() {
        var story = Story(100, 30)
        story.effects += story.dashboard.follow(log: "/var/log/mail_logs")
        var splitter = LineSplitter(offset: 4096)
        let end = Self.log.split(separator: "\n").suffix(2).joined(separator: "\n") + "\n"
        story.act(.followed(source: 0, .opened(name: "mail_logs", size: 9000)))
        story.act(.followed(source: 0, .lines(splitter.split(Array(end.utf8)))))
        story.dashboard.focus = .log
        story.press(.up, .enter)
        #expect(
            story.effects.contains(.askLog("/var/log/mail_logs", number: 1, .entries(LogQuestion(needle: "MID 7")))))
        story.act(.asked(number: 1, .answered(answer)))
        #expect(story.screen.contains("New SMTP ICID 6"), "a single row is opened at once:\n\(story.screen)")
    }

    @Test("a question that is answered takes back what an older one left in the message row")
    func stale() {
        var story = story("/var/log/mail_logs")
        story.dashboard.focus = .log
        story.press(.character("/"))
        story.type("yesterday")
        #expect(story.dashboard.notice?.text == "not found: yesterday")
        story.press(.enter)
        #expect(story.dashboard.notice == nil)
    }

    @Test(":log top counts everybody, and Enter on a client asks about it")
    func top() throws {
        var story = story("/var/log/mail_logs")
        story.press(.character(":"))
        story.type("log top 30m")
        story.press(.enter)
        let since = try #require(LogMoment("30m"))
        #expect(story.effects.contains(.askLog("/var/log/mail_logs", number: 1, .summary(since: since))))
        var (index, splitter) = (TraceIndex(), LineSplitter())
        for line in splitter.split(Array(Self.log.utf8)) { index.append(line) }
        story.act(.asked(number: 1, .answered(index.answer(summarySince: since))))
        for words in ["Clients with most connections", "10.2.3.4", "Senders of most messages", "a@example.net"] {
            #expect(story.screen.contains(words), "\(words):\n\(story.screen)")
        }
        story.press(.enter)
        let question = LogQuestion(needle: "10.2.3.4", since: since)
        #expect(story.effects.contains(.askLog("/var/log/mail_logs", number: 2, .entries(question))))
    }

    @Test("what cannot be asked is one sentence", arguments: ["", "since=soon", "until=x 10.2.3.4"])
    func faults(_ words: String) {
        var story = story("/var/log/mail_logs")
        ask(words, &story)
        #expect(!story.effects.contains { if case .askLog = $0 { true } else { false } })
        #expect(story.screen.contains(words.isEmpty ? "what to look for?" : "is no moment"))
    }
}
