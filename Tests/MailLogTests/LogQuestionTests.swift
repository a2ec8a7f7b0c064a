import MailLog
import MailVocabulary
import Testing

@Suite("Asking a log about everybody")
struct LogQuestionTests {
    static func connection(_ icid: Int, _ address: String) -> String {
        "New SMTP ICID \(icid) interface D (192.0.2.25) address \(address) reverse dns host mx\(icid).test verified yes"
    }

    static func message(_ mid: Int, _ icid: Int, _ sender: String, _ recipient: String, _ end: String) -> [String] {
        [
            "Start MID \(mid) ICID \(icid)", "MID \(mid) ICID \(icid) From: <\(sender)>",
            "MID \(mid) ICID \(icid) RID 0 To: <\(recipient)>", "MID \(mid) Message-ID '<\(mid)@x.test>'",
            "MID \(mid) Subject 'Invoice \(mid)'", "MID \(mid) queued for delivery", end,
        ]
    }

    static let words =
        [connection(6, "198.51.100.4")]
        + message(214, 6, "a@sender.test", "b@corp.test", "Message done DCID 3 MID 214 to RID [0] ")
        + message(
            215, 6, "a@sender.test", "c@corp.test",
            "Bounced: DCID 3 MID 215 to RID 0 - 5.1.0 - Unknown address error ('550', ['5.1.1 <c@corp.test>: User unknown']) []"
        )
        + [
            connection(7, "203.0.113.9"), "ICID 7 REJECT SG BLACKLIST match sbrs[-10.0:-3.0] SBRS -7.4 country Japan",
            "ICID 7 close",
        ]
        + [
            connection(8, "203.0.113.10"),
            "ICID 8 REJECT SG BLACKLIST match sbrs[-10.0:-3.0] SBRS -9.1 country Viet Nam",
            "ICID 8 close",
        ]

    static let index = LogStory.gateway(words).index
    static let log = words.enumerated().map { LogStory.gatewayStamp($0) + $1 + "\n" }.joined()

    @Test(
        "is typed as words and conditions; a status code alone asks for the replies that have it",
        arguments: [
            ("5.1.1", LogQuestion(reply: "5.1.1")),
            ("b@corp.test reply=5.1.1", LogQuestion(needle: "b@corp.test", reply: "5.1.1")),
            ("192.0.2.7", LogQuestion(needle: "192.0.2.7")), ("550", LogQuestion(needle: "550")),
            ("verdict=bounced 5.1.1", LogQuestion(verdict: "bounced", reply: "5.1.1")),
        ])
    func typed(text: String, question: LogQuestion) throws {
        #expect(try LogRequest(typed: text) == .entries(question))
    }

    @Test("without a needle lists every message, and every connection that brought none, in file order")
    func everything() {
        let rows = Self.index.entries(LogQuestion())
        #expect(rows.map { $0.key?.description } == ["MID 214", "MID 215", "ICID 7", "ICID 8"])
        #expect(rows.map(\.verdict) == ["delivered", "bounced", "hat-rejected", "hat-rejected"])
        #expect(rows.map(\.outcome) == [.delivered, .bounced, nil, nil])
        #expect(rows[0].began.dateAndTime == "2026-02-02 10:00:01")
        #expect(rows[0].connection == .icid(6))
    }

    @Test("gives each row the lines of its own connection, when two hosts or two days have the same numbers")
    func namesakes() {
        let stamps = ["esa1", "esa2", "esa1"]
        let log = stamps.enumerated().flatMap { place, host in
            [
                Self.connection(6, "198.51.100.\(place + 1)"), "Start MID 214 ICID 6",
                "Message finished MID 214 aborted",
                "ICID 6 close",
            ].map { "Feb  2 10:0\(place):00 \(host) mail_logs: Info: \($0)\n" }
        }
        let lines = log.map { Array($0.dropLast().utf8) }
        let index = LogStory(log.joined()).index
        for place in stamps.indices {
            let answer = index.answer(LogQuestion(needle: "198.51.100.\(place + 1)")) {
                $0.map { lines[$0.number - 1] }
            }
            #expect(answer.rows.map { $0.lines.map(\.number) } == [Array((place * 4 + 1)...(place * 4 + 4))])
        }
        #expect(index.hostCount == 2)
    }

    @Test(
        "asks by address, network, domain, id, Message-ID and subject",
        arguments: [
            ("198.51.100.4", ["MID 214", "MID 215"]), ("203.0.113.0/24", ["ICID 7", "ICID 8"]),
            ("b@corp.test", ["MID 214"]),
            ("corp.test", ["MID 214", "MID 215"]), ("MID 215", ["MID 215"]), ("<214@x.test>", ["MID 214"]),
            ("invoice 215", ["MID 215"]), ("ICID 7", ["ICID 7"]), ("nobody@x.test", []),
        ])
    func needles(_ needle: String, _ keys: [String]) {
        #expect(Self.index.entries(LogQuestion(needle: needle)).compactMap { $0.key?.description } == keys)
    }

    @Test("asks by verdict, outcome and reply code")
    func filters() {
        func keys(_ question: LogQuestion) -> [String] {
            Self.index.entries(question).compactMap { $0.key?.description }
        }
        #expect(keys(LogQuestion(verdict: "hat-rejected")) == ["ICID 7", "ICID 8"])
        #expect(keys(LogQuestion(verdict: "bounced")) == ["MID 215"])
        #expect(keys(LogQuestion(reply: "550")) == ["MID 215"])
        #expect(keys(LogQuestion(reply: "5.1.1")) == ["MID 215"])
        #expect(keys(LogQuestion(reply: "5.11")).isEmpty)
    }

    @Test("asks by time, on the log's own clock")
    func times() {
        func keys(_ since: String?, _ until: String? = nil) -> [String] {
            let question = LogQuestion(since: since.flatMap { LogMoment($0) }, until: until.flatMap { LogMoment($0) })
            return Self.index.entries(question).compactMap { $0.key?.description }
        }
        #expect(keys("5s") == ["ICID 7", "ICID 8"])
        #expect(keys("10:00:08") == ["MID 215", "ICID 7", "ICID 8"])
        #expect(keys("2026-02-02 10:00:08", "10:00:16") == ["MID 215", "ICID 7"])
        #expect(keys("1d").count == 4)
        #expect(keys("2026-02-03").isEmpty)
    }

    @Test(
        "a moment is a duration or a time, and nothing else",
        arguments: ["", "m", "30", "30 m", "25:00", "10:61", "2026-13-01", "2026-02-02T", "yesterday"])
    func moments(_ text: String) {
        #expect(LogMoment(text) == nil)
    }

    @Test("over the turn of a year that the log does not write, the last half hour is the last half hour")
    func yearTurn() {
        let lines = [
            "Dec 31 23:10:00 mx postfix/smtpd[1]: connect from unknown[198.51.100.1]",
            "Dec 31 23:50:00 mx postfix/smtpd[2]: connect from unknown[198.51.100.2]",
            "Jan  1 00:10:00 mx postfix/smtpd[3]: connect from unknown[198.51.100.3]",
        ]
        let index = LogStory(lines.map { $0 + "\n" }.joined()).index
        let rows = index.entries(LogQuestion(since: LogMoment("30m")))
        #expect(rows.compactMap { $0.address?.description } == ["198.51.100.2", "198.51.100.3"])
        #expect(rows.map(\.began.dateAndTime) == ["12-31 23:50:00", "01-01 00:10:00"])
        #expect(index.summary(since: LogMoment("30m")).connections == 2)
    }

    @Test("a summary counts connections, recipients, senders and reasons, like ones together")
    func summary() {
        let summary = Self.index.summary()
        #expect(summary.connections == 3)
        #expect(summary.clients == 3)
        #expect(summary.refusedConnections == 2)
        #expect(summary.messages == 2)
        #expect(summary.recipients == [.delivered: 1, .bounced: 1])
        #expect(summary.senders.map(\.name) == ["a@sender.test"])
        #expect(summary.senders.map(\.count) == [2])
        #expect(summary.silent.map(\.name) == ["hat-rejected"])
        #expect(summary.silent.map(\.count) == [2])
        #expect(summary.silent.map(\.clients) == [2])
        #expect(summary.reasons.map(\.count) == [2, 1])
        #expect(summary.reasons.last?.name == "550 5.1.1 <…>: User unknown")
        #expect(summary.from.description == "10:00:00")
        #expect(Self.index.summary(since: LogMoment("3s")).connections == 1)
    }

    @Test("is it only me: slow connections are counted with their clients, the slowest first")
    func slow() {
        func line(_ second: Int, _ words: String) -> String {
            "Mon Feb  2 10:0\(second / 60):\(second % 60 < 10 ? "0" : "")\(second % 60) 2026 Info: \(words)\n"
        }
        let index = LogStory(
            line(0, Self.connection(6, "198.51.100.4")) + line(0, Self.connection(7, "198.51.100.5"))
                + line(1, Self.connection(8, "198.51.100.6")) + line(2, "Start MID 1 ICID 8")
                + line(31, "Start MID 2 ICID 6")
                + line(
                    139,
                    "ICID 7 Connection from 198.51.100.5 on interface D (192.0.2.25) lost after 139 seconds (DNS query took 139 "
                        + "seconds), before any commands were received")
        ).index
        let summary = index.summary()
        #expect(summary.slowCount == 2)
        #expect(summary.slowClients == 2)
        #expect(summary.slow.map(\.seconds) == [139, 31])
        #expect(summary.slow.map(\.verdict) == ["lost-before-banner", "slow"])
        #expect(index.summary(most: 1).slow.count == 1)
        #expect(index.summary(most: 1).slowCount == 2)
    }

    @Test(
        "says of what is in the log what it has instead of what was asked, never that it has nothing of it",
        arguments: [
            (
                LogQuestion(needle: "198.51.100.4", verdict: "greylisted"),
                "not one of 2 messages and connections about 198.51.100.4 is greylisted: they are 1 bounced, 1 delivered"
            ),
            (
                LogQuestion(needle: "198.51.100.4", since: LogMoment("3s")),
                "nothing of 198.51.100.4 began from 2026-02-02 10:00:17 on: the log has 2 messages and connections of it, "
                    + "from 2026-02-02 10:00:01 to 2026-02-02 10:00:08"
            ),
            (
                LogQuestion(needle: "b@corp.test", reply: "451"),
                "not one of 1 message or connection about b@corp.test has the reply 451"
            ),
            (
                LogQuestion(verdict: "bounced", since: LogMoment("3s")),
                "not one of 1 message or connection, from 2026-02-02 10:00:17 on is bounced: they are 1 hat-rejected"
            ),
            (
                LogQuestion(until: LogMoment("2025-01-01")),
                "nothing began before 2025-01-01 00:00:00: the log has 4 messages and connections, from 2026-02-02 10:00:01 to "
                    + "2026-02-02 10:00:18"
            ),
        ])
    func without(question: LogQuestion, sentence: String) {
        #expect(Self.index.entries(question).isEmpty)
        #expect(Self.index.absence(of: question)?.description == sentence)
    }

    @Test(
        "a condition that cannot be read is a fault of its own, and never a word to look for",
        arguments: [
            ("sender=a@b", nil), ("a sender=x", LogRequestFault.condition("sender")),
            ("reply=nonsense", .reply("nonsense")), ("999.1.1.1", .address("999.1.1.1")),
            ("10.2.3.4/33", .address("10.2.3.4/33")), ("since=yesterday", .moment("yesterday")),
            ("prvs=0123=a@b.test", nil), ("10:00:05", nil), ("2001:db8::1::2", .address("2001:db8::1::2")),
        ])
    func faults(text: String, fault: LogRequestFault?) {
        var found: LogRequestFault?
        do throws(LogRequestFault) { _ = try LogRequest(typed: text) } catch { found = error }
        #expect(found == fault)
    }

    @Test(
        "classes of replies and several verdicts can be asked for",
        arguments: [
            (LogQuestion(reply: "5xx"), ["MID 215"]), (LogQuestion(reply: "5yz"), ["MID 215"]),
            (LogQuestion(reply: "5"), ["MID 215"]), (LogQuestion(reply: "5.1.x"), ["MID 215"]),
            (LogQuestion(reply: "5.1"), ["MID 215"]), (LogQuestion(reply: "5.7.x"), []), (LogQuestion(reply: "4"), []),
            (LogQuestion(verdict: "Bounced,delivered"), ["MID 214", "MID 215"]),
        ])
    func classes(question: LogQuestion, keys: [String]) {
        #expect(Self.index.entries(question).map { $0.key?.description } == keys)
    }

    @Test(
        "a time of day ends a stretch where the log has lines from before it, and is not yesterday's before the log began",
        arguments: [("09:59", []), ("10:00:05", ["MID 214"]), ("23:50", ["MID 214", "MID 215", "ICID 7", "ICID 8"])])
    func ends(moment: String, keys: [String]) {
        #expect(Self.index.entries(LogQuestion(until: LogMoment(moment))).map { $0.key?.description } == keys)
    }

    @Test("a day without a year is the log's latest", arguments: [("02-02 10:00:17", 1), ("02-03", 0), ("01-31", 4)])
    func dayWithoutYear(moment: String, count: Int) {
        #expect(Self.index.entries(LogQuestion(since: LogMoment(moment))).count == count)
    }

    @Test("several logs are of the time from the earliest to the latest line, in whatever order they are named")
    func severalLogs() {
        let old = "Mon Feb  2 09:00:00 2026 Info: \(Self.connection(1, "192.0.2.9"))\n"
        for texts in [[old, Self.log], [Self.log, old]] {
            var (index, isFirst) = (TraceIndex(), true)
            for text in texts {
                if !isFirst { index.beginFile() }
                for line in LogStory(text).lines { index.append(line) }
                isFirst = false
            }
            #expect(index.window?.from.dateAndTime == "2026-02-02 09:00:00")
            #expect(index.newest.dateAndTime == "2026-02-02 10:00:20")
            #expect(index.entries(LogQuestion(since: LogMoment("3s"))).count == 1)
        }
    }

    @Test("the lines of one connection are those of all its messages, and are looked up once")
    func sharedLines() {
        var asked: [[Trace.Line]] = []
        let answer = Self.index.answer(LogQuestion(needle: "198.51.100.4")) { lines in
            asked.append(lines)
            return lines.map { _ in [0x78] }
        }
        #expect(asked.count == 1)
        #expect(answer.rows.map(\.lines.count) == [asked[0].count, asked[0].count])
        #expect(answer.rows[0].lines.map(\.number) == answer.rows[0].lines.map(\.number).sorted())
    }

    @Test("an empty log has an answer too")
    func empty() {
        #expect(TraceIndex().entries(LogQuestion(needle: "198.51.100.4")).isEmpty)
        #expect(TraceIndex().summary().connections == 0)
        #expect(TraceIndex().coverage.description == "0 lines without a time, 0 % understood")
    }
}
