import MailLog
import MailVocabulary
import Testing

@Suite("Trace index")
struct TraceIndexTests {
    @Test("tells a story whose beginning is not in the log, and says so")
    func orphan() throws {
        let index = LogStory.gateway([
            "Message done DCID 3 MID 214 to RID [0] ", "MID 214 RID [0] Response 'ok'", "ICID 6 close", "DCID 3 close",
        ]).index
        let message = try #require(index.trace(for: .mid(214)))
        #expect(!message.hasBeginning)
        #expect(message.firm == [1, 2, 4])
        #expect(message.verdict == "delivered")
        let connection = try #require(index.trace(for: .icid(6)))
        #expect(!connection.hasBeginning)
        #expect(connection.sentence.hasSuffix("; the connection's beginning is not in this log"))
    }

    @Test("takes an identifier that is given out again for a new one")
    func reuse() {
        let index = LogStory.gateway([
            "New SMTP ICID 42 interface x (192.0.2.25) address 198.51.100.1 reverse dns host a verified no",
            "Start MID 43 ICID 42",
            "ICID 42 close",
            "New SMTP ICID 42 interface x (192.0.2.25) address 198.51.100.2 reverse dns host b verified no",
            "Start MID 43 ICID 42", "ICID 42 close",
        ]).index
        #expect(index.traces(matching: "198.51.100.1").map { $0.firm } == [[1, 2, 3]])
        #expect(index.traces(matching: "198.51.100.2").map { $0.firm } == [[4, 5, 6]])
        #expect(index.trace(for: .mid(43))?.firm == [4, 5, 6])
    }

    @Test(
        "ignores numbers that do not fit 64 bits, and survives them",
        arguments: [
            "18446744073709551616", "99999999999999999999999", "-1", "0x10", "1e9", "",
            String(repeating: "9", count: 4000),
        ])
    func overflow(_ number: String) {
        let index = LogStory.gateway([
            "Start MID \(number) ICID \(number)", "MID \(number) queued for delivery", "ICID \(number) close",
            "ICID 1 close",
        ]).index
        #expect(index.lineCount == 4)
        #expect(index.trace(for: .icid(1))?.firm == [4])
    }

    @Test("takes the biggest identifier that there can be")
    func biggest() {
        let index = LogStory.gateway(["Start MID \(UInt64.max) ICID \(UInt64.max)"]).index
        #expect(index.trace(for: .mid(.max))?.keys == [.icid(.max)])
    }

    @Test("does not go round in circles when messages are said to be made of each other")
    func cycle() {
        let index = LogStory.gateway([
            "MID 8 rewritten to MID 9 by add-footer filter 'x'", "MID 9 rewritten to MID 8 by add-footer filter 'x'",
            "MID 9 rewritten to MID 9 by add-footer filter 'x'",
        ]).index
        #expect(index.trace(for: .mid(9))?.firm == [1, 2, 3])
    }

    @Test("attaches a message to its parent even when the line that says so comes late")
    func lateParent() throws {
        let index = LogStory.gateway([
            "New SMTP ICID 6 interface x (192.0.2.25) address 198.51.100.4 reverse dns host a verified no",
            "Start MID 7 ICID 6",
            "Start MID 9 ICID 0", "MID 9 ICID 0 From: <a@sender.test>",
            "MID 7 rewritten to 9 by alt-rcpt-to-filter filter 'x'",
        ]).index
        let trace = try #require(index.trace(for: .mid(9)))
        #expect(trace.keys.first == .icid(6))
        #expect(trace.firm == [1, 2, 3, 4, 5])
        #expect(trace.messages.map { $0.key } == [.mid(7), .mid(9)])
        #expect(trace.messages.first?.derived == [.mid(9)])
        #expect(index.lineNumbers(of: .mid(9)) == [3, 4, 5])
    }

    @Test("matches identifiers at the grammar's places only")
    func falseFriends() throws {
        let index = LogStory.gateway([
            "MID 5 Subject 'MID 6 and ICID 7'", "Status: CPULd 3 CrtMID 6 CrtICID 7 CrtDCID 8",
            "MID 5 attachment 'MID 6.pdf'",
            "MID 60 queued for delivery", "MID 6\u{0} queued for delivery",
            "MID 5 URL http://x.test/MID%206 MID 6 has reputation 0.0",
        ]).index
        #expect(index.trace(for: .mid(6)) == nil)
        #expect(index.trace(for: .icid(7)) == nil)
        #expect(index.trace(for: .mid(5))?.firm == [1, 3, 6])
    }

    @Test("keeps the same numbers of two appliances apart")
    func hosts() {
        func line(_ host: String, _ words: String) -> String {
            "<22>Feb  2 10:00:00 \(host) mail_logs: Info: \(words)\n"
        }
        let opened = "New SMTP ICID 6 interface x (192.0.2.25) address 198.51.100."
        let story = LogStory(
            line("esa1", opened + "1 reverse dns host a verified no")
                + line("esa2", opened + "2 reverse dns host b verified no")
                + line("esa1", "ICID 6 close") + line("esa2", "ICID 6 lost"))
        #expect(story.index.traces(matching: "198.51.100.1").map { $0.firm } == [[1, 3]])
        #expect(story.index.traces(matching: "ICID 6").map { $0.firm } == [[1, 3], [2, 4]])
    }

    @Test("finds a connection by whatever one knows of it, and nothing by what looks like it")
    func needles() {
        let index = LogStory.gateway(GatewayOutcomeTests.all[0].words).index
        let good = [
            "198.51.100.4", "mx.sender.test", "MX.sender.test", "a@sender.test", "<b@corp.test>", "B@corp.test",
            "<x@sender.test>",
            "x@sender.test", "ICID 6", "icid 6", "MID 214", "DCID 3", "214", "6", " 198.51.100.4 ",
        ]
        for needle in good { #expect(index.traces(matching: needle).count == 1, "\(needle)") }
        for needle in ["198.51.100.40", "198.51.100", "98.51.100.4", "ender.test", "MID 21", "MID 6", "", "x", "@"] {
            #expect(index.traces(matching: needle).isEmpty, "\(needle)")
        }
    }

    @Test("reads an address where the address stands, not in a name that looks like one")
    func lookalike() {
        let index = LogStory.gateway([
            "New SMTP ICID 1 interface x (192.0.2.77) address 192.0.2.7 reverse dns host 192.0.2.77 verified no",
            "New SMTP ICID 2 interface x (192.0.2.25) address ::ffff:192.0.2.7 reverse dns host a verified no",
            "New SMTP ICID 3 interface x (192.0.2.25) address 192.0.2.77.9 reverse dns host a verified no",
            "New SMTP ICID 4 interface x (192.0.2.25) address 999.0.2.77 reverse dns host a verified no",
        ]).index
        #expect(index.traces(matching: "192.0.2.77").isEmpty)
        #expect(index.traces(matching: "192.0.2.7").map { $0.firm } == [[1]])
        #expect(index.traces(matching: "::ffff:192.0.2.7").map { $0.firm } == [[2]])
    }

    @Test("goes on when a rotated log starts its line numbers anew")
    func rotation() {
        var index = LogStory.gateway(GatewayOutcomeTests.queued).index
        let rest = LogStory.gateway(["MID 214 RID [0] Response 'ok'", "noise", "ICID 6 close"])
        for line in rest.lines { index.append(line) }
        #expect(index.lineNumbers(of: .icid(6)) == Array(1...9) + [1, 3])
        #expect(index.lineOrdinals(of: .icid(6)) == Array(0...9) + [11])
        #expect(index.trace(for: .mid(214))?.lines.last?.offset == rest.lines[2].offset)
    }

    @Test("counts what it read, what it understood, and names the format")
    func counters() {
        let index = LogStory.gateway(["ICID 6 close", "a new kind of line"]).index
        #expect((index.lineCount, index.understoodCount) == (2, 1))
        #expect(index.formatName == "Cisco ESA mail log")
        #expect(LogStory("hello\n\u{1F}\u{8B}x\n").index.formatName == nil)
        let mixed = LogStory.postfix(["smtpd[1]: connect from a[192.0.2.1]"] + ["qmgr[2]: C50F4FAC6F3: removed"])
        #expect(mixed.index.formatName == "Postfix log")
    }

    @Test("shows a connection that was refused at TCP by itself: its line has no address")
    func tcpRefused() {
        let index = LogStory.gateway([
            "ICID 0 TCPREFUSE SG BLACKLIST match sbrs[-10.0:-0.5] SBRS -9.9",
            "ICID 0 TCPREFUSE SG BLACKLIST match x SBRS None",
        ]).index
        let traces = index.traces(matching: "ICID 0")
        #expect(traces.map { $0.firm } == [[1], [2]])
        #expect(traces.first?.verdict == "tcp-refused")
    }

    @Test("never traps on random bytes, nor on samples with bytes changed", arguments: 0..<20 as Range<UInt64>)
    func random(seed: UInt64) {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
        func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
        var index = TraceIndex()
        let lines =
            LogFormat.all.flatMap { $0.samples.map { Array($0.line.utf8) } }
            + GatewayOutcomeTests.all.flatMap { $0.words }
            .map { Array((LogStory.gatewayStamp(0) + $0).utf8) }
        for number in 1...2000 {
            var bytes = lines[Int(next() % UInt64(lines.count))]
            switch next() % 4 {
            case 0: bytes = (0..<Int(next() % 80)).map { _ in UInt8(truncatingIfNeeded: next()) }
            case 1: bytes.removeLast(Int(next() % UInt64(bytes.count)))
            case 2: for _ in 0...3 { bytes[Int(next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: next()) }
            default: break
            }
            index.append(RawLogLine(number: number, offset: UInt64(number), bytes: bytes))
            _ = LogFormat.record(of: bytes)
        }
        #expect(index.lineCount == 2000)
        for needle in ["214", "6", "198.51.100.4", "b@corp.test"] { _ = index.traces(matching: needle) }
    }
}
