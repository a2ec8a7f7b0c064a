import MailLog
import MailVocabulary
import Testing

@Suite("A Cisco ESA's other logs")
struct GatewayEventsTests {
    static let prefixes = [
        "Mon Feb  2 10:00:04 2026 Info: ", "<22>Feb  2 10:00:04 injection: Info: ",
        "<22>Feb  2 10:00:04 esa1 injection: Info: ",
        "2026-02-02T10:00:05+01:00 relay1 injection: Mon Feb  2 10:00:04 2026 Info: ",
        "Feb  2 10:00:05 relay1 injection: Feb  2 10:00:04 10.0.1.1 MAIL_SecurityAudit: Info: ",
    ]

    @Test("a dialogue line is read behind every prefix, with either line end", arguments: prefixes)
    func prefixed(_ prefix: String) throws {
        for end in ["\n", "\r\n"] {
            let story = LogStory(prefix + "6 Sent to '198.51.100.4': '550 #5.1.0 Address rejected.\\015\\012'" + end)
            #expect(story.index.understoodCount == 1)
            #expect(story.index.formatName == "Cisco ESA injection debug log")
            let record = try #require(LogFormat.record(of: story.lines[0].bytes))
            #expect(record.keys == [.icid(6)])
            #expect(record.reply == "550 #5.1.0 Address rejected.")
            #expect(record.time.description == "10:00:04")
        }
    }

    @Test("the dialogues stand under the trace of their connection and of their delivery")
    func dialogues() throws {
        let story = LogStory.gateway([
            "New SMTP ICID 6 interface D (192.0.2.25) address 198.51.100.4 reverse dns host mx.sender.test verified yes",
            "6 Sent to '198.51.100.4': '220 mx.corp.test ESMTP\\015\\012'",
            "6 Rcvd from '198.51.100.4': 'MAIL FROM:<a@sender.test>\\015\\012'", "Start MID 214 ICID 6",
            "MID 214 ICID 6 From: <a@sender.test>", "MID 214 ICID 6 RID 0 To: <b@corp.test>",
            "MID 214 queued for delivery",
            "New SMTP DCID 3 interface 192.0.2.25 address 203.0.113.27 port 25", "3 Sent: 'MAIL FROM:<a@sender.test>'",
            "3 Rcvd: '250 OK'", "Delivery start DCID 3 MID 214 to RID [0]",
            "Message done DCID 3 MID 214 to RID [0] ", "MID 214 RID [0] Response '2.0.0 Ok'",
            "Message finished MID 214 done",
            "DCID 3 close", "ICID 6 close", "7 Sent to '203.0.113.9': '220 mx.corp.test ESMTP\\015\\012'",
        ])
        #expect(story.index.understoodCount == 17)
        let trace = try #require(story.index.traces(matching: "198.51.100.4").first)
        #expect(trace.verdict == "delivered")
        #expect(trace.firm == Array(1...16))
        // A dialogue alone tells of its connection too.
        #expect(story.index.traces(matching: "203.0.113.9").map(\.keys) == [[.icid(7)]])
    }

    @Test("the bounce log ends recipients that the mail log left open, and not those that it ended")
    func bounces() throws {
        let envelope = [
            "Start MID 214 ICID 6", "MID 214 ICID 6 From: <a@sender.test>", "MID 214 ICID 6 RID 0 To: <b@corp.test>",
            "MID 214 ICID 6 RID 1 To: <c@corp.test>", "MID 214 queued for delivery",
        ]
        let bounced =
            "Bounced: 214:0 From:<a@sender.test> To:<b@corp.test> Reason: \"5.1.0 - Unknown address error\" "
            + "Response: \"('550', ['5.1.1 User unknown'])\" Headers: ['X: 1']"
        let delayed =
            "Delayed: 214:1 From:<a@sender.test> To:<c@corp.test> Reason: \"4.1.0 - Unknown address error\" "
            + "Response: \"('451', ['4.7.1 come again'])\""
        let story = LogStory.gateway(envelope + [bounced, delayed])
        let trace = try #require(story.index.traces(matching: "MID 214").first)
        #expect(trace.messages[0].recipients.map(\.outcome) == [.bounced, .delayed])
        #expect(trace.messages[0].recipients.map(\.detail) == ["550 5.1.1 User unknown", "451 4.7.1 come again"])
        let delivered = ["Message done DCID 3 MID 214 to RID [0, 1] ", delayed]
        let ended = try #require(LogStory.gateway(envelope + delivered).index.traces(matching: "MID 214").first)
        #expect(ended.verdict == "multi-rcpt")
    }

    static func event(_ fields: String, head: String = "Mon Feb  2 10:00:09 2026: ") -> String {
        "\(head)CEF:0|Cisco|C100V Email Security Virtual Appliance|14.0.0-657|ESA_CONSOLIDATED_LOG_EVENT|Consolidated Log Event|5|"
            + "deviceExternalId=420D-0AF2 ESAMID=214 ESAICID=6 ESADCID=3 \(fields)\n"
    }

    @Test("a consolidated event tells the message's end, in the names of both versions and any order")
    func consolidated() throws {
        let old = Self.event(
            "endTime=Mon Feb  2 10:00:08 2026 sourceAddress=198.51.100.4 sourceHostName=mx.sender.test suser=a@sender.test "
                + "duser=b@corp.test cs4Label=ExternalMsgID cs4='<x1@sender.test>' msg='a subject with x=1 and dict {\\'a\\': 1}' "
                + "act=DELIVERED ESAFinalActionDetails=ok: Message 7 accepted")
        let trace = try #require(LogStory(old).index.traces(matching: "198.51.100.4").first)
        #expect(trace.verdict == "delivered")
        #expect(trace.keys == [.icid(6), .dcid(3)])
        #expect(trace.messages[0].sender == "a@sender.test")
        #expect(trace.messages[0].messageID == "<x1@sender.test>")
        #expect(trace.messages[0].subject == "a subject with x=1 and dict {\\'a\\': 1}")
        let new = Self.event(
            "act=BOUNCED ESAFinalActionDetails=5.1.0 - Unknown address error ('550', ['5.1.1 User unknown']) []"
                + " duser=b@corp.test;c@corp.test src=198.51.100.4 shost=mx.sender.test suser=a@sender.test",
            head: "<22>Feb  2 10:00:09 esa1 ")
        let bounced = try #require(LogStory(new).index.traces(matching: "198.51.100.4").first)
        #expect(bounced.verdict == "bounced")
        #expect(bounced.host == "mx.sender.test")
        #expect(bounced.messages[0].recipients.map(\.detail) == ["550 5.1.1 User unknown", "550 5.1.1 User unknown"])
    }

    @Test(
        "an aborted message was dropped where the details say so; a quarantined one is kept",
        arguments: [
            (
                "act=ABORTED ESAFinalActionDetails=Dropped by CASE ESAASVerdict=POSITIVE duser=b@corp.test",
                "spam-dropped"
            ),
            (
                "act=ABORTED ESAFinalActionDetails=Dropped by antivirus ESAAVVerdict=POSITIVE duser=b@corp.test",
                "virus-dropped"
            ),
            ("act=QUARANTINED ESAFinalActionDetails=To POLICY duser=b@corp.test", "quarantined"),
            ("act=DQ duser=b@corp.test", "quarantined"),
            ("act=ABORTED ESAFinalActionDetails=Receiving aborted duser=b@corp.test", "aborted"),
        ])
    func actions(_ fields: String, _ verdict: String) {
        #expect(LogStory(Self.event(fields)).index.traces(matching: "MID 214").map(\.verdict) == [verdict])
    }

    @Test("an event and the text log's lines of the same message are one story, and a cut event loses nothing else")
    func beside() throws {
        let lines =
            "Mon Feb  2 10:00:04 2026 Info: Start MID 214 ICID 6\n"
            + "Mon Feb  2 10:00:05 2026 Info: MID 214 ICID 6 RID 0 To: <b@corp.test>\n"
            + Self.event("act=DELIVERED duser=b@corp.test suser=a@sender.t")
        let story = LogStory(lines)
        #expect(story.index.understoodCount == 3)
        let trace = try #require(story.index.traces(matching: "MID 214").first)
        #expect(trace.messages[0].recipients.map(\.address) == ["b@corp.test"])
        #expect(trace.verdict == "delivered")
        #expect(trace.firm == [1, 2, 3])
    }
}
