import MailLog
import TestSupport
import Testing

@Suite("Scan of a log for one question")
struct IdentifierScanTests {
    private static let words = [
        "Begin Logfile",
        "New SMTP ICID 6 interface Data 1 (192.0.2.25) address 198.51.100.4 reverse dns host mx.sender.test verified yes",
        "ICID 6 ACCEPT SG UNKNOWNLIST match sbrs[-1.0:10.0] SBRS 1.2",
        "New SMTP ICID 7 interface Data 1 (192.0.2.25) address 198.51.100.44 reverse dns host unknown verified no",
        "Start MID 214 ICID 6", "MID 214 ICID 6 From: <ann@sender.test>", "Start MID 300 ICID 7",
        "MID 300 ICID 7 From: <spam@other.test>", "MID 214 ICID 6 RID 0 To: <bob@corp.test>",
        "MID 300 ICID 7 RID 0 To: <eve@slow.test>", "MID 214 Message-ID '<one@sender.test>'",
        "MID 214 Subject 'Info: MID 300 ICID 7 From: <x@y>'", "MID 214 ready 100 bytes from <ann@sender.test>",
        "Start MID 215 ICID 0", "ICID 7 MID 301 Invalid recipient address: '!'", "MID 302 ICID 7 what nobody knows",
        "MID 214 rewritten to MID 215 by add-footer filter 'Footer'",
        "Message finished MID 214 done", "MID 300 queued for delivery", "MID 215 queued for delivery",
        "New SMTP DCID 9 interface 192.0.2.25 address 203.0.113.8 port 25",
        "DCID 9 TLS success protocol TLSv1.3 cipher X",
        "Delivery start DCID 9 MID 215 to RID [0]", "Message done DCID 9 MID 215 to RID [0] ",
        "MID 215 RID [0] Response '2.0.0 Ok: queued as X'", "Message finished MID 215 done",
        "Connection Error: DCID 10 domain: slow.test IP: 192.0.2.31 port: 25 details: timeout interface: 192.0.2.25 "
            + "reason: network error",
        "ICID 6 close", "DCID 9 close", "ICID 7 lost", "ICID 7 close", "what nobody knows",
    ]

    private static let log = words.enumerated().map { LogStory.gatewayStamp($0) + $1 + "\n" }.joined()

    private static let needles = [
        "198.51.100.4", "198.51.100.44", "198.51.100.0/24", "MID 214", "MID 215", "MID 301", "MID 302", "ICID 7",
        "DCID 9", "214",
        "bob@corp.test",
        "<ann@sender.test>", "one@sender.test", "sender.test", "slow.test", "mx.sender.test", "198.51.100.5", "MID 999",
    ]

    @Test("finds the very traces of the whole index, however the log is cut", arguments: needles)
    func same(needle: String) throws {
        let whole = LogStory(Self.log).index.traces(matching: needle)
        for (stretches, piece) in [(1, 1 << 20), (1, 200), (2, 1 << 20), (3, 301), (5, 256)] {
            let scanned = try #require(Scanned(Self.log, needle, stretches: stretches, piece: piece))
            #expect(scanned.index.traces(matching: needle) == whole)
        }
    }

    @Test("finds what stands in an object of the journal among plain lines", arguments: ["192.0.2.7", "198.51.100.4"])
    func journalObjects(needle: String) throws {
        func entry(_ words: String) -> String {
            #"{"__REALTIME_TIMESTAMP":"1770026406000000","_HOSTNAME":"esa1","SYSLOG_IDENTIFIER":"mail_logs","#
                + #""MESSAGE":"Info: \#(words)"}"# + "\n"
        }
        let opening =
            "New SMTP ICID 8 interface Data 1 (192.0.2.25) address 192.0.2.7 reverse dns host unknown verified no"
        let log = Self.log + entry(opening) + entry("ICID 8 REJECT SG BLOCKED match 192.0.2.7") + entry("ICID 8 close")
        let whole = LogStory(log).index.traces(matching: needle)
        #expect(!whole.isEmpty)
        let scanned = try #require(Scanned(log, needle))
        #expect(scanned.index.traces(matching: needle) == whole)
    }

    @Test("reads identifiers of every length, at the end of a line too", arguments: [1, 7, 8, 9, 16, 17, 18])
    func lengths(digits: Int) throws {
        let (mid, icid) = (String("214365870921436587".prefix(digits)), String("987612345678901234".prefix(digits)))
        let words = [
            "New SMTP ICID \(icid) interface D (192.0.2.25) address 198.51.100.4 reverse dns host unknown verified no",
            "Start MID \(mid) ICID \(icid)", "MID \(mid) ICID \(icid) From: <a@sender.test>", "MID \(mid)",
            "MID \(mid) x", "MID \(mid)x", "MID \(mid) queued for delivery", "MID \(mid) queued",
            "Message finished MID \(mid) done", "Message finished MID \(mid)", "Start MID \(mid) ICID \(icid)",
            "ICID \(icid) close", "ICID \(icid)", "MID \(mid) ready 1 bytes",
            "MID \(mid) released from all quarantines",
        ]
        let log = words.enumerated().map { LogStory.gatewayStamp($0) + $1 + "\n" }.joined()
        let whole = LogStory(log).index.traces(matching: "198.51.100.4")
        #expect(whole.count == 1)
        let scanned = try #require(Scanned(log, "198.51.100.4", stretches: 2))
        #expect(scanned.index.traces(matching: "198.51.100.4") == whole)
    }

    @Test("finds the same behind every kind of prefix", arguments: needles)
    func prefixes(needle: String) throws {
        for stamp in [
            "<22>Feb  2 10:00:06 mail_logs: Info: ", "Feb  2 10:00:06 esa1.corp.test mail_logs: Info: ",
            "2026-02-02T10:00:06+01:00 relay1 mail_logs: Mon Feb  2 10:00:06 2026 Info: ",
            "<22>1 2026-02-02T10:00:06Z esa1 mail_logs - - - Warning: ", "2026-02-02T10:00:06.000001+01:00 esa1 Info: ",
        ] {
            var text = ""
            for (place, words) in Self.words.enumerated() {
                // Another host's lines between them, and lines that end as on other systems.
                text += stamp + words + (place % 3 == 0 ? "\r\n" : "\n")
                if place % 4 == 0 { text += "Feb  2 10:00:06 esa22 mail_logs: Info: MID 214 Subject 'other'\n" }
            }
            let whole = LogStory(text).index.traces(matching: needle)
            #expect(try #require(Scanned(text, needle, stretches: 2)).index.traces(matching: needle) == whole)
        }
    }

    @Test("reads few lines of many, and says so when another format needs the whole index")
    func effort() throws {
        var text = Self.log
        for number in 1000..<3000 {
            text +=
                LogStory.gatewayStamp(number) + "New SMTP ICID \(number) interface Data 1 (192.0.2.25) address "
                + "203.0.113.\(number % 250) reverse dns host unknown verified no\n"
            text += LogStory.gatewayStamp(number) + "ICID \(number) close\n"
        }
        let scanned = try #require(Scanned(text, "198.51.100.4"))
        #expect(scanned.readLines < 40)
        #expect(scanned.isWorthwhile)
        let other = String(
            repeating: "2026-02-02T10:00:00Z mx postfix/smtpd[1]: connect from x[198.51.100.4]\n", count: 400)
        #expect(try #require(Scanned(other, "198.51.100.4")).isWorthwhile == false)
    }

    @Test("leaves to the whole index what it cannot ask for", arguments: ["", "ICID 0", "abc", "  "])
    func unscannable(needle: String) { #expect(ScanQuestion(needle) == nil) }

    @Test("never traps on random bytes, and counts their lines")
    func random() throws {
        var random = SeededBytes(seed: 3)
        let question = try #require(ScanQuestion("198.51.100.4"))
        for _ in 0..<200 {
            var bytes = Array(LogStory.gatewayStamp(1).utf8) + Array("MID 214 ICID ".utf8) + random.bytes(60)
            bytes += [0x0A] + Array(LogStory.gatewayStamp(2).utf8) + random.bytes(30) + [0x0A]
            let ends = bytes.indices.filter { bytes[$0] == 0x0A }.map { UInt32($0) }
            var scan = IdentifierScan(question, offset: 0)
            #expect(scan.take(bytes.span, ends: ends.span) == bytes.count)
            #expect(scan.lineCount == ends.count)
            scan.finish()
            _ = FamilySearch([scan]).places()
        }
    }
}
