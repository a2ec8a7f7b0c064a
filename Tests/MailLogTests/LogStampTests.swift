import MailLog
import MailVocabulary
import Testing

@Suite("Stamps of syslog and journal")
struct LogStampTests {
    static let words =
        "NOQUEUE: reject: RCPT from unknown[198.51.100.4]: 550 5.1.1 <x@y.test>: User unknown; from=<a@b.test> to=<x@y.test>"

    static let frames = [
        "Feb  2 10:00:04 mx postfix/smtpd[229]: ", "Feb 2 10:00:04 mx postfix/smtpd[229]: ",
        "Feb 02 10:00:04 mx postfix/smtpd[229]: ", "<22>Feb  2 10:00:04 mx postfix/smtpd[229]: ",
        "Feb  2 10:00:04 2026 mx postfix/smtpd[229]: ", "2026-02-02T10:00:04+01:00 mx postfix/smtpd[229]: ",
        "2026-02-02T10:00:04.123456Z mx postfix/smtpd[229]: ", "2026-02-02T10:00:04+0100 mx postfix/smtpd[229]: ",
        "2026-02-02T10:00:04.123456+0100 mx postfix/smtpd[229]: ", "<22>1 2026-02-02T10:00:04Z mx postfix 229 - - ",
        "<22>1 2026-02-02T10:00:04.1Z mx postfix/smtpd 229 - [meta x=\"1\"] ",
        "Feb  2 10:00:04 <mail.notice> mx postfix/smtpd[229]: ",
    ]

    @Test("are all read, with host and process", arguments: frames)
    func read(_ frame: String) throws {
        let record = try #require(LogFormat.record(of: Array((frame + Self.words).utf8)))
        #expect(record.time.description == "10:00:04")
        #expect(record.host == "mx")
        #expect(record.keys == [.session(pid: 229, number: 0)])
        #expect(record.event == "rejected")
    }

    @Test("may leave the host out")
    func hostless() throws {
        let record = try #require(
            LogFormat.record(of: Array(("Mon Feb  2 10:00:04 2026 postfix/smtpd[229]: " + Self.words).utf8)))
        #expect(record.time.description == "10:00:04")
        #expect(record.host == "")
        #expect(record.keys == [.session(pid: 229, number: 0)])
        #expect(record.event == "rejected")
    }

    @Test("of two hosts with two clocks keep each connection's lines together, and no duration is negative")
    func clocks() throws {
        let story = LogStory(
            """
            2026-02-02T10:00:04+00:00 mx1 postfix/smtpd[229]: connect from a.test[198.51.100.4]
            2026-02-02T12:00:05+02:00 mx2 postfix/smtpd[229]: connect from b.test[198.51.100.4]
            2026-02-02T10:00:06+00:00 mx1 postfix/smtpd[229]: C50F4FAC6F3: client=a.test[198.51.100.4]
            2026-02-02T11:59:59+02:00 mx2 postfix/smtpd[229]: C50F4FAC6F3: client=b.test[198.51.100.4]
            2026-02-02T10:00:07+00:00 mx1 postfix/smtpd[229]: disconnect from a.test[198.51.100.4]

            """)
        let traces = story.index.traces(matching: "198.51.100.4")
        #expect(traces.map(\.firm) == [[1, 3, 5], [2, 4]])
        #expect(traces.allSatisfy { $0.messages.count == 1 })
        #expect(story.index.entries(LogQuestion()).count == 2)
    }

    @Test("of random bytes behind a good stamp never trap, in any format")
    func random() {
        var state: UInt64 = 11
        func next() -> UInt8 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 33)
        }
        let heads =
            Self.frames + LogFormat.all.flatMap(\.samples).map(\.line) + [
                "#", "\u{FEFF}#Fields: date-time", "2026-02-02T10:00:04Z,",
            ]
        for head in heads {
            var index = TraceIndex()
            for round in 0..<40 {
                var bytes = Array(head.utf8)
                for _ in 0..<(round % 4) where !bytes.isEmpty { bytes[Int(next()) % bytes.count] = next() }
                bytes = Array(bytes.prefix(bytes.count - min(bytes.count, Int(next()) % 40)))
                let separators = Array(",;\"'<>[]= :{}".utf8)
                for _ in 0..<(Int(next()) % 60) {
                    bytes.append(next() & 1 == 0 ? separators[Int(next()) % separators.count] : next())
                }
                index.append(RawLogLine(number: round + 1, offset: UInt64(round) * 100, bytes: bytes))
                _ = LogFormat.record(of: bytes)
                _ = LogSecrets.masked(bytes)
            }
            for row in index.entries(LogQuestion()) { _ = row.sentence }
            _ = index.summary()
        }
    }
}
