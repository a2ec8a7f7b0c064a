import MailLog
import MailVocabulary
import Testing

@Suite("The answer when a log says nothing")
struct LogAbsenceTests {
    static let gateway = [
        "New SMTP ICID 6 interface Data 1 (192.0.2.25) address 198.51.100.4 reverse dns host mx.sender.test verified yes",
        "ICID 6 ACCEPT SG UNKNOWNLIST match sbrs[-1.0:10.0] SBRS 1.2", "ICID 6 close",
    ]

    @Test("is that the client never reached us, with the stretch of time that was looked at")
    func never() {
        let absence = LogStory.gateway(Self.gateway).index.absence(of: "203.0.113.9")
        #expect(absence.verdict == "never-reached-us")
        #expect(
            absence.sentence
                == "203.0.113.9 never reached us: the one connection is not from it; 3 lines from 2026-02-02 10:00:00 to "
                + "2026-02-02 10:00:02, 100 % of them understood as Cisco ESA mail log")
    }

    @Test("is less where a connection was refused at TCP without its address")
    func refusedAtTCP() {
        let refused = "ICID 0 TCPREFUSE SG BLACKLIST match sbrs[-10.0:-0.5] SBRS -9.9"
        let absence = LogStory.gateway(Self.gateway + [refused]).index.absence(of: "203.0.113.9")
        #expect(absence.verdict == "not-in-log")
        #expect(absence.sentence.contains("1 connection was refused at TCP and the log does not say whose"))
    }

    @Test("is less where lines may be missing")
    func gaps() {
        var index = LogStory.gateway(Self.gateway).index
        index.noteGap()
        #expect(index.absence(of: "203.0.113.9").verdict == "not-in-log")
        #expect(index.absence(of: "203.0.113.9").sentence.hasSuffix(", but lines may be missing in it"))
        index.noteGap()
        #expect(index.absence(of: "203.0.113.9").sentence.hasSuffix(", but lines may be missing in 2 places"))
    }

    @Test("names the format that was forced, when no line is of it")
    func forced() throws {
        var index = try #require(TraceIndex(format: "exim"))
        for (place, words) in Self.gateway.enumerated() {
            index.append(
                RawLogLine(number: place + 1, offset: 0, bytes: Array((LogStory.gatewayStamp(1) + words).utf8)))
        }
        #expect(index.absence(of: "203.0.113.9").sentence.contains("0 % of them understood as Exim main log"))
    }

    @Test("is less in a log that does not note each connection")
    func unannounced() {
        let absence = LogStory.exim([EximOutcomeTests.arrived]).index.absence(of: "203.0.113.9")
        #expect(absence.verdict == "not-in-log")
        #expect(absence.sentence.contains("does not note each connection"))
    }

    @Test("is less when too little was understood, and when there was nothing to read")
    func foreign() {
        let words = Self.gateway.map { LogStory.gatewayStamp(0) + $0 + "\n" }.joined() + "what\nis\nthis\n"
        #expect(LogStory(words).index.absence(of: "203.0.113.9").verdict == "not-in-log")
        #expect(LogStory("").index.absence(of: "203.0.113.9").verdict == "not-in-log")
    }

    @Test(
        "is the same when the log was scanned for one question only",
        arguments: ["203.0.113.9", "203.0.113.0/24", "user@nowhere.test", "no such words", "MID 999"])
    func scanned(needle: String) throws {
        let stamped = { (words: [String]) in words.map { LogStory.gatewayStamp(0) + $0 + "\n" }.joined() }
        let refused = "ICID 0 TCPREFUSE SG BLACKLIST match sbrs[-10.0:-0.5] SBRS -9.9"
        let postfix = "Feb  2 10:00:06 mx postfix/smtpd[7]: connect from x[198.51.100.4]\n"
        let exim = "2026-02-02 10:00:00 \(EximOutcomeTests.arrived)\n"
        let logs = [
            stamped(Self.gateway), stamped(Self.gateway + [refused, refused]),
            stamped(Self.gateway + ["what", "is", "this"]),
            stamped(Self.gateway) + exim, stamped(Self.gateway + ["Internal SMTP giving up", "CEF:0|Cisco|x"]),
            exim + exim + "2026-02-02 10:00:00 Warning: purging the environment\n",
            stamped(Self.gateway) + "\u{1}\u{2}\n",
            stamped(Self.gateway) + postfix + postfix,
            postfix, postfix + postfix + exim, exim, "what\nis\nthis\n", "",
        ]
        for (log, writer) in logs.flatMap({ log in IdentifierScan.Writer.allCases.map { (log, $0) } }) {
            let whole = LogStory(log).index
            let scanned = try #require(Scanned(log, needle, of: writer, stretches: log.isEmpty ? 1 : 2))
            #expect(scanned.index.absence(of: needle) == whole.absence(of: needle))
            #expect(scanned.index.formatName == whole.formatName)
        }
    }

    @Test("is less when a line that was not understood names the client")
    func named() {
        let story = LogStory.gateway(
            Self.gateway + Array(repeating: "ICID 6 close", count: 20) + ["what 203.0.113.9 did"])
        var mention = LogMention(of: "203.0.113.9")
        for line in story.lines { mention.take(line.bytes.span, file: 0, number: line.number) }
        let absence = story.index.absence(of: "203.0.113.9", mention: mention)
        #expect(absence.verdict == "not-in-log")
        #expect(absence.sentence.hasPrefix("no connection from 203.0.113.9 is in 24 lines "))
        #expect(absence.sentence.hasSuffix("; but line 24 contains it"))
    }

    @Test("claims nothing about a needle that is no client")
    func other() {
        let absence = LogStory.gateway(Self.gateway).index.absence(of: "user@example.test")
        #expect(absence.verdict == "not-in-log")
        #expect(absence.sentence.hasPrefix("nothing about user@example.test in 3 lines from "))
    }
}
