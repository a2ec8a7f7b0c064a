import MailLog
import MailVocabulary
import SMTP
import Testing
import Triage

/// A session of ours beside the server's log of it.
@Suite("A session in the log")
struct SessionTimelineTests {
    static func record(
        accepted: String? = "ok:  Message 214 accepted", id: String = "ab12@probe.test",
        date: String = "Mon, 02 Feb 2026 09:00:04 +0000", envelopeID: String? = nil
    ) -> SessionRecord {
        var plan = SessionPlan(
            target: SessionTarget(.host("mx1.example.test")), helloName: "probe.test", reversePath: "probe@probe.test",
            recipients: [Recipient("user@corp.test")])
        (plan.message.messageID, plan.message.date, plan.mail.envelopeID) = (id, date, envelopeID)
        var record = SessionRecord(plan: plan)
        var at = Duration.zero
        func add(_ fact: SessionFact) {
            record.append(SessionEvent(at: at, fact))
            at += .milliseconds(100)
        }
        func reply(_ code: ReplyCode, _ words: String, _ stage: SessionStage, to command: String?) {
            let timing = ReplyTiming(firstByte: .milliseconds(20), lastByte: .milliseconds(20))
            add(
                .received(
                    Reply(code: code, lines: [Array(words.utf8)]), stage: stage, command: command, timing: timing,
                    tls: false))
        }
        let here = Endpoint(IPAddress(v4: 198, 51, 100, 4), 51022)
        add(.connecting(host: "mx1", Endpoint(IPAddress(v4: 192, 0, 2, 25), 25)))
        add(.connected(local: here, remote: Endpoint(IPAddress(v4: 192, 0, 2, 25), 25), took: .milliseconds(20)))
        reply(220, "mx1 ESMTP", .connect, to: nil)
        for (stage, line, words) in [
            (SessionStage.hello, "EHLO probe.test", "mx1"),
            (.sender, "MAIL FROM:<probe@probe.test>\(envelopeID.map { " ENVID=\($0)" } ?? "")", "ok"),
            (.recipient, "RCPT TO:<user@corp.test>", "ok"),
        ] {
            add(.sent(stage: stage, line: line, tls: false))
            reply(250, words, stage, to: line)
        }
        guard let accepted else { return record }
        add(.sent(stage: .data, line: "DATA", tls: false))
        reply(354, "go ahead", .data, to: "DATA")
        add(.sentMessage(bytes: 300, lines: 10, subject: "Porthole test AB12", tls: false))
        reply(250, accepted, .endOfData, to: ".")
        add(.sent(stage: .quit, line: "QUIT", tls: false))
        return record
    }

    static func index(_ lines: [String]) -> (index: TraceIndex, texts: [[UInt8]]) {
        var index = TraceIndex()
        for (place, line) in lines.enumerated() {
            index.append(RawLogLine(number: place + 1, offset: UInt64(place) * 300, bytes: Array(line.utf8)))
        }
        return (index, lines.map { Array($0.utf8) })
    }

    /// An hour and two seconds ahead of us.
    static func gateway(_ second: Int, _ words: String) -> String {
        "Mon Feb  2 10:00:\(second < 10 ? "0" : "")\(second) 2026 Info: \(words)"
    }

    static func log(mid: Int = 214, sender: String = "probe@probe.test") -> [String] {
        [
            gateway(
                6, "New SMTP ICID 6 interface D (192.0.2.25) address 198.51.100.4 reverse dns host unknown verified no"),
            gateway(6, "ICID 6 ACCEPT SG UNKNOWNLIST match sbrs[-1.0:10.0] SBRS None"),
            gateway(6, "Start MID \(mid) ICID 6"),
            gateway(6, "MID \(mid) ICID 6 From: <\(sender)>"),
            gateway(6, "MID \(mid) ICID 6 RID 0 To: <user@corp.test>"),
            gateway(7, "MID \(mid) Message-ID '<ab12@probe.test>'"), gateway(7, "MID \(mid) queued for delivery"),
            gateway(9, "ICID 6 close"),
        ]
    }

    @Test("is found by our ENVID where a log of the dialogue shows it, and that is certain")
    func byEnvelopeID() throws {
        let record = Self.record(accepted: nil, envelopeID: "QQ314159")
        let said = "6 Rcvd from '198.51.100.4': 'MAIL FROM:<probe@probe.test> ENVID=QQ314159\\015\\012'"
        let found = try #require(record.find(in: Self.index([Self.gateway(6, said)]).index))
        #expect(found.link == .envelopeID("QQ314159"))
        #expect(found.isCertain)
        #expect(found.words == "found by the ENVID QQ314159 of our MAIL command")
        // A session that planned it and never came to MAIL is not that one.
        #expect(SessionRecord(plan: record.plan).find(in: Self.index([Self.gateway(6, said)]).index) == nil)
    }

    @Test("is found by the id in the 250, and not when that is another envelope's")
    func byID() throws {
        let found = try #require(Self.record().find(in: Self.index(Self.log()).index))
        #expect(found.link == .acceptance(.mid(214)))
        #expect(found.isCertain)
        #expect(found.trace.keys == [.icid(6)])
        let foreign = Self.record(id: "other@probe.test").find(
            in: Self.index(Self.log(sender: "else@other.test")).index)
        #expect(foreign?.isCertain == false)
    }

    @Test("is found by its Message-ID when the reply named nothing")
    func byMessageID() throws {
        let found = try #require(Self.record(accepted: "thanks").find(in: Self.index(Self.log(mid: 77)).index))
        #expect(found.link == .messageID("<ab12@probe.test>"))
        #expect(found.isCertain)
    }

    @Test("of Exchange is found by either id that its reply names")
    func exchange() throws {
        let line =
            "2026-02-02T10:00:06.300Z,198.51.100.4,h,192.0.2.25,EX1,,,SMTP,RECEIVE,\(4711),<ab12@probe.test>,"
            + "1e6eb197-c6b4-1234-1b69-56dc1db88f50,user@corp.test,,1,1,,,s,probe@probe.test,probe@probe.test,,Incoming,,,,,Email,,15"
        for reply in ["4711", "815"] {
            let words = "2.6.0 <ab12@probe.test> [InternalId=\(reply), Hostname=ex1] Queued mail for delivery"
            let found = try #require(Self.record(accepted: words).find(in: Self.index([line]).index))
            #expect(found.trace.messages.map(\.key) == [.queueID("4711")])
        }
    }

    @Test("without a message is the connection from our address nearest in time, which is not certain")
    func byAddress() throws {
        func open(_ icid: Int, _ second: Int) -> String {
            Self.gateway(
                second,
                "New SMTP ICID \(icid) interface D (192.0.2.25) address 198.51.100.4 reverse dns host unknown verified no"
            )
        }
        let (index, _) = Self.index([open(5, 0), open(6, 6), open(7, 30)])
        let found = try #require(Self.record(accepted: nil).find(in: index))
        #expect(found.trace.keys == [.icid(6)])
        #expect(!found.isCertain)
        #expect(Self.record(accepted: nil).find(in: Self.index([]).index) == nil)
    }

    @Test("both sides stand in one order, no line before what caused it, each with its own clock")
    func interleaved() throws {
        let (index, texts) = Self.index(Self.log())
        let record = Self.record()
        let found = try #require(record.find(in: index))
        let timeline = SessionTimeline(record, found.trace, texts: texts)
        #expect(timeline.skew == 3602)
        #expect(timeline.zone == 3600)
        let words = timeline.rows.map { row in
            switch row.side {
            case .client(let event): TranscriptText.lines(of: event)[0].dropFirst(11).prefix(9)
            case .server(_, _, let record): (record?.event ?? "")[...]
            }
        }
        #expect(
            words.map { String($0) } == [
                "-- connec", "-- connec", "connected", "accepted", "S: 220 mx", "C: EHLO p", "S: 250 mx", "C: MAIL F",
                "started",
                "sender", "S: 250 ok", "C: RCPT T", "recipient", "S: 250 ok", "C: DATA", "S: 354 go", "C: [300 b",
                "message-id",
                "queued", "S: 250 ok", "C: QUIT", "closed",
            ])
        #expect(timeline.rows.first?.clock?.description == "09:00:04")
        #expect(timeline.rows.last?.clock?.description == "10:00:09")
    }

    @Test("the incident turns to Exchange's own number, not to the Message-ID beside it")
    func incident() {
        var incident = Incident()
        incident.sessions = [
            Self.record(accepted: "2.6.0 <ab12@probe.test> [InternalId=4711, Hostname=e] Queued mail for delivery")
        ]
        #expect(incident.acceptedMessage == .queueID("4711"))
    }
}
