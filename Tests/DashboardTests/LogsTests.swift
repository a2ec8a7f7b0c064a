import Canvas
import Dashboard
import MailLog
import Testing
import Triage

@Suite("Logs")
struct LogsTests {
    private func lines(_ text: String) -> LogSourceEvent {
        var splitter = LineSplitter()
        return .lines(splitter.split(Array(text.utf8)))
    }

    private func story() -> Story {
        var story = Story(120, 40)
        story.effects += story.dashboard.follow(log: "/var/log/one.log")
        story.effects += story.dashboard.follow(log: "cmd:ssh gw tail -F mail.log")
        for source in 0...1 {
            story.act(.followed(source: source, .opened(name: source == 0 ? "one.log" : "cmd", size: 0)))
            story.act(.followed(source: source, .caughtUp))
        }
        return story
    }

    @Test("each log is followed once, has its state, and t turns from one to the next")
    func several() {
        var story = story()
        #expect(story.effects.contains(.follow(source: 0, "/var/log/one.log")))
        #expect(story.effects.contains(.follow(source: 1, "cmd:ssh gw tail -F mail.log")))
        #expect(story.dashboard.follow(log: "/var/log/one.log").isEmpty)
        story.act(.followed(source: 1, lines("a line of the other log\n")))
        story.act(
            .followed(
                source: 1,
                .gap(
                    "cmd:ssh gw stopped with status 255: starting it again in 1 s; lines that are written meanwhile are missing here"
                )))
        story.press(.character(":"))
        story.type("log")
        story.press(.enter)
        for words in ["/var/log/one.log", "in view", "+1 new", "stopped with status 255"] {
            #expect(story.screen.contains(words), "\(words):\n\(story.screen)")
        }
        story.press(.down, .enter)
        #expect(story.screen.contains("a line of the other log"))
        story.press(.character("t"))
        #expect(!story.screen.contains("a line of the other log"))
    }

    @Test("the pane says where lines may be missing, as long as the lines around that place are there to be read")
    func gaps() {
        var story = story()
        story.press(.character("4"), .character("t"))
        story.act(.followed(source: 0, lines("one\ntwo\n")))
        #expect(!story.screen.contains("missing"))
        story.act(
            .followed(source: 0, .gap("a file that was /var/log/one.log came and went before anybody could read it")))
        #expect(
            story.screen.contains("lines may be missing behind the last line: a file"), "\(story.screen)")
        story.act(.followed(source: 0, .rotated))
        story.act(.followed(source: 0, .opened(name: "one.log", size: 6)))
        story.act(.followed(source: 0, .lines([RawLogLine(number: 1, offset: 0, bytes: Array("three".utf8))])))
        #expect(story.screen.contains("lines may be missing before line 1: a file"))
        story.act(.followed(source: 0, .lost(bytes: 512)))
        story.act(.followed(source: 0, .truncated))
        #expect(
            story.screen.contains("2 gaps; the last: lines may be missing"))
    }

    @Test("the pane says how much of a log it understood, and of a file without a known line that it may be no log")
    func share() {
        var story = story()
        story.act(.followed(source: 1, lines("Feb  2 10:00:00 mx postfix/smtpd[1]: connect from a[192.0.2.1]\nwhat\n")))
        #expect(story.screen.contains("Postfix log 50 %   2 lines"))
        story.press(.character("4"), .character("t"))
        story.act(.followed(source: 0, lines(String(repeating: "noise\n", count: 19))))
        #expect(!story.screen.contains("is this the mail log?"))
        story.act(.followed(source: 0, lines("noise\n")))
        #expect(story.screen.contains("none of 20 lines is of a log format that is known here: is this the mail log?"))
        #expect(story.screen.contains("format unknown 0 %   20 lines"))
    }

    @Test("a pattern is written out before it is followed, and the first of its logs is shown")
    func pattern() {
        var story = story()
        story.press(.character(":"))
        story.type("log open /srv/esa*/mail.log*")
        story.press(.enter)
        #expect(story.effects.contains(.findLogs("/srv/esa*/mail.log*")))
        story.act(.foundLogs(["/srv/esa1/mail.log", "/srv/esa2/mail.log"]))
        #expect(story.effects.contains(.follow(source: 3, "/srv/esa2/mail.log")))
        #expect(story.dashboard.logs[story.dashboard.logInView].source == "/srv/esa1/mail.log")
    }

    @Test(
        "the title says that only the end of a file was read, names the log at 80 columns, and tells a command from a file"
    )
    func title() {
        var story = Story(80, 24)
        story.effects += story.dashboard.follow(log: "cmd:cat /tmp/one.log")
        story.effects += story.dashboard.follow(log: "/var/log/two.log")
        story.press(.character("4"))
        var splitter = LineSplitter(offset: 700)
        story.act(.followed(source: 1, .lines(splitter.split(Array("one\ntwo\n".utf8)))))
        #expect(story.screen.contains("2/2 two.log   0 %   last 2 lines"), "\(story.screen)")
        story.press(.home)
        #expect(story.screen.contains("/ and :trace ask the whole file"), "\(story.screen)")
        story.press(.character("t"))
        story.act(.followed(source: 0, lines("one\n")))
        #expect(story.screen.contains("1/2 cmd:cat /tmp/>") && story.screen.contains("1 line "), "\(story.screen)")
    }

    @Test("lines of several hosts say whose they are")
    func hosts() {
        var story = Story(80, 24)
        let line = "postfix/smtpd[7]: connect from x.example[203.0.113.5]"
        story.log("Feb  2 10:00:00 alpha \(line)\n")
        story.press(.character("4"))
        #expect(!story.screen.contains("alpha"))
        story.act(.followed(source: 0, lines("Feb  2 10:00:01 beta \(line)\n")))
        #expect(story.screen.contains("10:00:00 alpha ") && story.screen.contains("10:00:01 beta "), "\(story.screen)")
    }

    @Test("a command that came to its end has ended, and where one was started again a line is marked")
    func ended() {
        var story = story()
        story.press(.character("4"))
        story.act(.followed(source: 1, lines("Feb  2 10:00:00 mx postfix/smtpd[1]: connect from a[192.0.2.1]\n")))
        story.act(.followed(source: 1, .gap("cmd:ssh stopped with status 255: starting it again in 1 s")))
        #expect(story.dashboard.notice?.text == "cmd:ssh stopped with status 255: starting it again in 1 s")
        story.act(.followed(source: 1, .opened(name: "cmd", size: 0)))
        #expect(story.dashboard.notice == nil, "it has come back")
        story.act(.followed(source: 1, lines("Feb  2 10:09:00 mx postfix/smtpd[2]: connect from b[192.0.2.2]\nx\n")))
        #expect(story.screen.contains("~ 10:09:00"), "\(story.screen)")
        #expect(story.screen.contains("FOLLOW"))
        story.act(.followed(source: 1, .ended))
        #expect(story.screen.contains("ENDED"))
        story.press(.character(":"))
        story.type("log")
        story.press(.enter)
        #expect(story.screen.contains("there will be no more lines"), "\(story.screen)")
    }

    @Test("closing a log ends its following and leaves the others as they were")
    func closing() {
        var story = story()
        _ = story.dashboard.follow(log: "/var/log/one.log")
        story.act(.followed(source: 1, lines("a line of the other log\n")))
        story.press(.character(":"))
        story.type("log close")
        story.press(.enter)
        #expect(story.effects.contains(.unfollow(source: 0)))
        #expect(story.screen.contains("a line of the other log"))
        story.act(.followed(source: 0, lines("too late\n")))
        #expect(!story.screen.contains("too late"))
        story.press(.character(":"))
        story.type("log close")
        story.press(.enter)
        #expect(story.dashboard.logs.isEmpty && story.dashboard.incident.log == nil)
    }

    @Test("the message that the server took is found in the log that holds it")
    func message() {
        var story = story()
        story.rehearse()
        story.deliver()
        story.act(.followed(source: 1, lines(Logs.delivered)))
        #expect(story.dashboard.logInView == 1)
        #expect(story.dashboard.logFilter == .message)
        #expect(story.screen.contains("MID 214"))
    }

    @Test("the line that the log stands still at stays the same when older lines are dropped")
    func standing() {
        var story = Story(120, 40)
        let capacity = LogBook.capacity
        story.log((1...capacity).map { "line \($0) of many\n" }.joined())
        story.press(.character("4"), .up, .up)
        let before = story.screen.split(separator: "\n").first { $0.contains("> ") && $0.contains("of many") }
        #expect(before?.contains("line \(capacity - 2) of many") == true)
        story.act(.followed(source: 0, lines((1...capacity / 4 + 10).map { "more \($0)\n" }.joined())))
        #expect(story.dashboard.incident.log.map { $0.firstOrdinal > 0 } == true)
        #expect(
            story.screen.contains("> line \(capacity - 2) of many")
                || story.screen.contains(">   line \(capacity - 2) of many")
                || story.screen.split(separator: "\n").contains {
                    $0.contains(">") && $0.contains("line \(capacity - 2) of many")
                })
    }

    @Test("Esc in a search goes back to where it began, typing goes to the first hit")
    func search() {
        var story = Story(120, 40)
        story.log((1...200).map { "line \($0) of many\n" }.joined())
        story.press(.character("4"))
        #expect(story.screen.contains("FOLLOW"))
        story.press(.character("/"))
        story.type("line 17 ")
        #expect(story.screen.contains("line 17 of many") && story.screen.contains("PAUSED"))
        story.press(.escape)
        #expect(story.screen.contains("FOLLOW") && !story.screen.contains("line 17 of many"))
        story.press(.character("/"))
        story.type("line 17 ")
        story.press(.enter)
        #expect(story.screen.contains("line 17 of many"))
    }

    @Test("at 80x24 the log says how many lines it has, whatever else stands in its border")
    func count() {
        var story = Story()
        story.rehearse()
        story.log(Logs.delivered)
        story.press(.character("4"))
        #expect(story.screen.contains("15 lines"))
        story.press(.character("f"))
        #expect(story.screen.contains("/15"), "\(story.screen)")
    }

    @Test("without a log its pane is one line high, and the others have the room")
    func room() {
        var story = Story(120, 40)
        #expect(story.dashboard.layout.log?.height == 3)
        story.log("one line\n")
        #expect(story.dashboard.layout.log.map { $0.height > 10 } == true)
    }
}
