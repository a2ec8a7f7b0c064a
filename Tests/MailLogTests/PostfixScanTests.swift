import MailLog
import MailVocabulary
import TestSupport
import Testing

@Suite("Scan of a Postfix log for one question")
struct PostfixScanTests {
    private static let words = [
        "postfix/smtpd[7]: connect from a.sender.test[198.51.100.4]",
        "postfix/smtpd[8]: connect from b.other.test[198.51.100.44]",
        "postfix/smtpd[7]: Anonymous TLS connection established from a.sender.test[198.51.100.4]: TLSv1.3 with cipher X",
        "postfix/smtpd[7]: 4C24601A: client=a.sender.test[198.51.100.4]",
        "postfix/cleanup[9]: 4C24601A: message-id=<one@sender.test>",
        "postfix/smtpd[8]: NOQUEUE: reject: RCPT from b.other.test[198.51.100.44]: 550 5.1.1 <x@corp.test>: Recipient "
            + "address rejected: User unknown; from=<spam@other.test> to=<x@corp.test> proto=ESMTP helo=<b>",
        "postfix/qmgr[5]: 4C24601A: from=<ann@sender.test>, size=400, nrcpt=1 (queue active)",
        "postfix/smtpd[7]: disconnect from a.sender.test[198.51.100.4] ehlo=1 mail=1 rcpt=1 data=1 quit=1 commands=5",
        "postfix/smtpd[7]: connect from localhost[127.0.0.1]",
        "postfix/smtpd[7]: 5D00000B: client=localhost[127.0.0.1]",
        "amavis[123]: (00123-01) Passed CLEAN {RelayedInbound}, x, Queue-ID: 4C24601A, y, queued_as: 5D00000B, 380 ms",
        "postfix/smtp[11]: 4C24601A: to=<bob@corp.test>, relay=127.0.0.1[127.0.0.1]:10024, delay=1, delays=1/0/0/0, "
            + "dsn=2.0.0, status=sent (250 2.0.0 from MTA(smtp:[127.0.0.1]:10025): 250 2.0.0 Ok: queued as 5D00000B)",
        "postfix/qmgr[5]: 4C24601A: removed",
        "postfix/qmgr[5]: 5D00000B: from=<ann@sender.test>, size=500, nrcpt=1 (queue active)",
        "postfix/smtpd[7]: disconnect from localhost[127.0.0.1]",
        "postfix/smtpd[7]: connect from localhost[127.0.0.1]",
        "postfix/smtpd[7]: 6E00000C: client=localhost[127.0.0.1]",
        "postfix/qmgr[5]: 6E00000C: from=<else@far.test>, size=500, nrcpt=1 (queue active)",
        "postfix/smtp[12]: connect to mx.corp.test[203.0.113.8]:25: Connection refused",
        "postfix/smtp[12]: 5D00000B: to=<bob@corp.test>, relay=none, delay=9, delays=9/0/0/0, dsn=4.4.1, "
            + "status=deferred (connect to mx.corp.test[203.0.113.8]:25: Connection refused)",
        "postfix/smtpd[7]: disconnect from localhost[127.0.0.1]",
        "postfix/smtpd[8]: lost connection after RCPT from b.other.test[198.51.100.44]",
        "postfix/smtpd[8]: disconnect from b.other.test[198.51.100.44]",
        "postfix/smtp[12]: 5D00000B: to=<bob@corp.test>, relay=mx.corp.test[203.0.113.8]:25, delay=9, "
            + "delays=9/0/0/0, dsn=5.1.1, status=bounced (host mx.corp.test[203.0.113.8] said: 550 5.1.1 unknown)",
        "postfix/bounce[13]: 5D00000B: sender non-delivery notification: 7F00000D",
        "postfix/qmgr[5]: 7F00000D: from=<>, size=900, nrcpt=1 (queue active)",
        "postfix/smtp[12]: 7F00000D: to=<ann@sender.test>, relay=a.sender.test[198.51.100.4]:25, delay=1, "
            + "delays=1/0/0/0, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as Z1)",
        "postfix/qmgr[5]: 7F00000D: removed", "postfix/qmgr[5]: 5D00000B: removed",
        "postfix/smtp[11]: 6E00000C: to=<y@corp.test>, relay=mx[203.0.113.8]:25, delay=1, delays=1/0/0/0, dsn=2.0.0, "
            + "status=sent (250 2.0.0 Ok: queued as Z2)",
        "postfix/postscreen[14]: CONNECT from [198.51.100.9]:4711 to [192.0.2.25]:25",
        "postfix/postscreen[14]: PREGREET 14 after 0.08 from [198.51.100.9]:4711: EHLO x\\r\\n",
        "postfix/postscreen[14]: DISCONNECT [198.51.100.9]:4711", "dovecot: imap-login: Login: user=<x>",
        "postfix/smtpd[8]: warning: something that nobody knows",
        "postfix/smtpd[15]: warning: unknown[198.51.100.5]: SASL LOGIN authentication failed: authentication failure",
    ]

    private static let log = words.enumerated().map { "Feb  2 10:00:\($0 < 10 ? "0" : "")\($0) mx \($1)\n" }.joined()

    private static let needles = [
        "198.51.100.4", "198.51.100.44", "198.51.100.0/24", "127.0.0.1", "198.51.100.9", "198.51.100.5",
        "bob@corp.test", "<ann@sender.test>", "one@sender.test", "sender.test", "a.sender.test", "4C24601A",
        "5D00000B", "7F00000D", "spam@other.test", "198.51.100.77", "nobody@sender.test",
    ]

    /// What does not depend on how many connections were read before.
    private func told(_ traces: [Trace]) -> [String] {
        traces.map { trace in
            let places = trace.lines.map { "\($0.number)/\($0.offset)/\($0.link)" }
            return
                ([trace.verdict, trace.sentence] + trace.messages.map(\.sentence) + trace.findings.map(\.message)
                + places).joined(separator: "\n")
        }
    }

    @Test("finds the very traces of the whole index, however the log is cut", arguments: needles)
    func same(needle: String) throws {
        let whole = told(LogStory(Self.log).index.traces(matching: needle))
        for (stretches, piece) in [
            (1, 1 << 20), (1, 300), (2, 1 << 20), (3, 401), (5, 512), (9, 1 << 20), (17, 1 << 20),
        ] {
            let scanned = try #require(Scanned(Self.log, needle, of: .postfix, stretches: stretches, piece: piece))
            #expect(told(scanned.index.traces(matching: needle)) == whole, "\(stretches) stretches")
            #expect(scanned.isWorthwhile)
        }
    }

    @Test("finds the same behind other stamps", arguments: needles)
    func stamps(needle: String) throws {
        for stamp in ["2026-02-02T10:00:06.123456+01:00 mx ", "<22>Feb  2 10:00:06 mx "] {
            let text = Self.words.map { stamp + $0 + "\r\n" }.joined()
            let whole = told(LogStory(text).index.traces(matching: needle))
            let scanned = try #require(Scanned(text, needle, of: .postfix, stretches: 2))
            #expect(told(scanned.index.traces(matching: needle)) == whole)
        }
    }

    /// Lines of many hosts, instances and processes, with identifiers of all lengths.
    /// - Parameter isOdd: lines that name nobody are among them, which are the latest session's of their process.
    private func shapes(_ random: inout SeededBytes, isOdd: Bool) -> String {
        func any(_ words: [String]) -> String { words.randomElement(using: &random) ?? "" }
        var text = ""
        for number in 0..<300 {
            let client = "a.test[\(any(["198.51.100.4", "198.51.100.40", "2001:db8::4"]))]"
            let id = any(
                ["A1B2C3", "4C24601A", "4C24601A9F", "4jX2Q15TbJz2Pshq", "4jX2Q15TbJz2PsR"]
                    + (isOdd ? ["BCDEFGHIJKL", "ABCDE", "noqueue12"] : []))
            let said = any(
                [
                    "connect from \(client)", "disconnect from \(client) quit=1", "\(id): client=\(client)",
                    "TLS connection established from \(client): TLSv1.3", "\(id): from=<a@b.test>, size=4",
                    "Untrusted TLS connection established from \(client): TLSv1.3", "\(id): removed",
                    "\(id): to=<x@y.test>, relay=z, status=sent (250 Ok: queued as 4C24601A9F)",
                    "\(id): sender non-delivery notification: A1B2C3", "warning: \(id): odd",
                    "NOQUEUE: reject: RCPT from \(client): 550 no; from=<c@d.test> to=<x@y.test>",
                    "lost connection after RCPT from \(client)",
                ] + (isOdd ? ["c", "to=<", "", "client=\(client)"] : []))
            let host = "mx\(Int.random(in: 0..<24, using: &random))" + any(["", ".test", ".long.test"])
            let program = any(["postfix/smtpd", "postfix-out/smtpd", "postfix/submission/smtpd", "postfix/cleanup"])
            let second = String(100 + number / 5).dropFirst()
            text += "Feb  2 10:00:\(second) \(host) \(program)[\(any(["7", "71", "4711", "3999999"]))]: \(said)\n"
        }
        return text
    }

    @Test("finds the same among many hosts, instances, processes and lengths of identifiers", arguments: 0..<4)
    func shapes(seed: UInt64) throws {
        var random = SeededBytes(seed: seed)
        for (isOdd, stretches) in [(true, 1), (false, 4), (false, 23)] {
            let text = shapes(&random, isOdd: isOdd)
            for needle in ["198.51.100.4", "198.51.100.0/24", "2001:db8::4", "a@b.test", "c@d.test"] {
                let whole = told(LogStory(text).index.traces(matching: needle))
                let scanned = try #require(Scanned(text, needle, of: .postfix, stretches: stretches))
                let found = told(scanned.index.traces(matching: needle))
                #expect(found.filter { !whole.contains($0) } == [], "\(needle), \(stretches) stretches")
                #expect(found.count == whole.count, "\(needle), \(stretches) stretches")
            }
        }
    }

    @Test("reads few lines of many, and leaves the log of a gateway to the other scan")
    func effort() throws {
        var text = Self.log
        for number in 0..<3000 {
            text += "Feb  2 10:00:50 mx postfix/smtpd[\(number % 9 + 7)]: connect from x[203.0.113.\(number % 250)]\n"
            text +=
                "Feb  2 10:00:50 mx postfix/smtpd[\(number % 9 + 7)]: disconnect from x[203.0.113.\(number % 250)]\n"
        }
        #expect(try #require(Scanned(text, "198.51.100.4", of: .postfix)).readLines < 40)
        let other = String(repeating: LogStory.gatewayStamp(1) + "ICID 7 close\n", count: 400)
        #expect(try #require(Scanned(other, "198.51.100.4", of: .postfix)).isWorthwhile == false)
    }

    @Test("never traps on random bytes")
    func random() throws {
        var random = SeededBytes(seed: 5)
        for _ in 0..<300 {
            var text = "Feb  2 10:00:06 mx postfix/smtpd[7]: connect from x[203.0.113.1]\n"
            text +=
                "Feb  2 10:00:06 mx postfix/smtp[7]: 4C24601A: " + String(decoding: random.bytes(30), as: UTF8.self)
                + "\n"
            text += "Feb  2 10:00:06 mx postfix/" + String(decoding: random.bytes(20), as: UTF8.self)
            _ = try #require(Scanned(text, "203.0.113.1", of: .postfix)).readLines
        }
    }
}
