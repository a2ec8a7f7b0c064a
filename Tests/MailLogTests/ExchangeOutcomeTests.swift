import MailLog
import MailVocabulary
import Testing

@Suite("Outcomes in Exchange's logs")
struct ExchangeOutcomeTests {
    static let head = """
        \u{FEFF}#Software: Microsoft Exchange Server\r
        #Version: 15.0.0.0\r
        #Log-type: SMTP Receive Protocol Log\r
        #Date: 2026-02-02T10:00:00.000Z\r
        #Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context\r

        """

    /// Lines of one receiving session; each word is `event,data,context`.
    static func receive(_ session: String, _ client: String, _ words: [String], from second: Int = 4) -> String {
        words.enumerated().map { number, word in
            "2026-02-02T10:00:\(two(second + number)).001Z,EX1\\Default Frontend EX1,\(session),\(number),192.0.2.25:25,\(client),"
                + "\(word)\r\n"
        }.joined()
    }

    static func send(_ session: String, _ hop: String, _ words: [String]) -> String {
        words.enumerated().map { number, word in
            "2026-02-02T10:01:\(two(number)).001Z,Outbound,\(session),\(number),192.0.2.25:41002,\(hop),\(word)\r\n"
        }.joined()
    }

    /// A line of the message tracking log of Exchange 2013 and later; of 2010 and before without the network message id.
    static func track(
        _ event: String, _ source: String = "SMTP", context: String = "", id: String = "70912345566403",
        message: String = "<x1@sender.test>", to: String = "b@corp.test", status: String = "", server: String = "EX2",
        related: String = "", reference: String = "", isOld: Bool = false
    ) -> String {
        let network = isOld ? "" : "1e6eb197-c6b4-1234-1b69-56dc1db88f50,"
        let tail = isOld ? "" : ",,,,,Email,,15.02.0330.005"
        return
            "2026-02-02T10:02:00.300Z,198.51.100.4,mx.sender.test,192.0.2.26,\(server),\(context),EX1\\Default,\(source),\(event),"
            + "\(id),\(message),\(network)\(to),\(status),2048,1,\(related),\(reference),\"hello, there\",a@sender.test,"
            + "a@sender.test,,Incoming\(tail)\r\n"
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    static let session = "08DC6F0000000001"
    static let accepted = [
        "+,,", ">,\"220 EX1.corp.test Microsoft ESMTP MAIL Service ready at Mon, 2 Feb 2026 10:00:04 +0000\",",
        "<,EHLO mx.sender.test,", ">,250  EX1.corp.test Hello [198.51.100.4] SIZE PIPELINING,",
        "<,MAIL FROM:<a@sender.test>,", "*,\(session);2026-02-02T10:00:04.001Z;1,receiving message",
        ">,250 2.1.0 Sender OK,", "<,RCPT TO:<b@corp.test>,", "<,RCPT TO:<no@corp.test>,", ">,250 2.1.5 Recipient OK,",
        ">,550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup,", "<,BDAT 2048 LAST,",
        ">,\"250 2.6.0 <x1@sender.test> [InternalId=70912345566403, Hostname=EX1.corp.test] 2048 bytes in 0.101, 19.8 KB/sec Queued mail for delivery\",",
        "<,QUIT,", ">,221 2.0.0 Service closing transmission channel,", "-,,Local",
    ]

    @Test("a session with pipelined recipients gives the message its envelope, by the number in the 250")
    func session() throws {
        let story = LogStory(Self.head + Self.receive(Self.session, "198.51.100.4:51022", Self.accepted))
        #expect(story.index.understoodCount == story.index.lineCount)
        #expect(story.index.formatName == "Exchange protocol log")
        let trace = try #require(story.index.traces(matching: "198.51.100.4").first)
        #expect(trace.keys == [.connection(Self.session, number: 0)])
        #expect(trace.hasBeginning)
        #expect(trace.lines.count == Self.accepted.count)
        let message = try #require(trace.messages.first)
        #expect(message.key == .queueID("70912345566403"))
        #expect(message.sender == "a@sender.test")
        #expect(message.messageID == "<x1@sender.test>")
        #expect(message.recipients.map(\.address) == ["b@corp.test", "no@corp.test"])
        #expect(message.recipients.map(\.outcome) == [.pending, .rejected])
        #expect(story.index.traces(matching: "<x1@sender.test>") == [trace])
        #expect(story.index.trace(for: .queueID("70912345566403")) == trace)
    }

    @Test(
        "the three logs tell one story, in whichever order they are read",
        arguments: [[0, 1, 2], [1, 2, 0], [2, 1, 0]])
    func joined(_ order: [Int]) throws {
        let receiving = Self.head + Self.receive(Self.session, "198.51.100.4:51022", Self.accepted)
        let tracking =
            "#Log-type: Message Tracking Log\r\n"
            + Self.track("RECEIVE", context: "\(Self.session);2026-02-02T10:00:04.001Z;1")
            + Self.track("AGENTINFO", "AGENT") + Self.track("SEND", status: "250 2.1.5 Ok", server: "mx.hop.test")
        let sending = Self.send(
            "08DC6F0000000101", "203.0.113.27:25",
            [
                "*,,attempting to connect", "+,,", "<,220 mx.hop.test ESMTP,",
                "*,,sending message with RecordId 70912345566403 and InternetMessageId <x1@sender.test>",
                ">,MAIL FROM:<a@sender.test> SIZE=2048,", ">,RCPT TO:<b@corp.test>,", "<,250 2.1.0 Ok,",
                "<,250 2.1.5 Ok,",
                ">,BDAT 2048 LAST,", "<,250 2.0.0 Ok: queued as X1,", ">,QUIT,", "<,221 2.0.0 Bye,", "-,,Local",
            ])
        let story = LogStory(order.map { [receiving, tracking, sending][$0] }.joined())
        #expect(story.index.understoodCount == story.index.lineCount)
        let trace = try #require(story.index.traces(matching: "198.51.100.4").first)
        #expect(trace.verdict == "partly-delivered")
        #expect(trace.messages.count == 1)
        #expect(trace.messages[0].recipients.first?.outcome == .delivered)
        #expect(trace.messages[0].subject == "hello, there")
        #expect(trace.keys.contains(.connection("08DC6F0000000101", number: -1)))
        // 16 of the receiving session, 3 of tracking, 13 of the sending session.
        #expect(trace.lines.count == 32)
        #expect(story.index.traces(matching: "08DC6F0000000101").map(\.verdict) == ["partly-delivered"])
    }

    static let silent: [(verdict: String, words: [String])] = [
        (
            "rcpt-rejected",
            [
                "+,,", ">,220 ready,", "<,MAIL FROM:<a@b.test>,", ">,250 2.1.0 Sender OK,", "<,RCPT TO:<x@other.test>,",
                ">,550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain,", "-,,Remote",
            ]
        ),
        (
            "auth-failed",
            [
                "+,,", ">,220 ready,", "<,AUTH LOGIN,", ">,334 <authentication response>,",
                "*,,Inbound AUTH LOGIN failed because of LogonDenied",
                "*,User Name: probe,Tarpit for '0.00:00:05' due to '535 5.7.3 Authentication unsuccessful'",
                ">,535 5.7.3 Authentication unsuccessful,", "-,,Remote(SocketError)",
            ]
        ),
        ("refused", ["+,,", ">,421 4.3.2 Service not available,", "-,,Local"]),
        (
            "throttled",
            [
                "+,,", ">,421 4.3.2 The maximum number of concurrent connections has exceeded a limit; Too many,",
                "-,,Local",
            ]
        ),
        (
            "sender-rejected",
            [
                "+,,", ">,220 ready,", "<,MAIL FROM:<a@b.test>,",
                ">,550 5.7.60 SMTP; Client does not have permissions,", "-,,Local",
            ]
        ),
        (
            "too-big",
            [
                "+,,", ">,220 ready,", "<,MAIL FROM:<a@b.test> SIZE=99999999,",
                ">,552 5.3.4 Message size exceeds fixed maximum message size,", "-,,Local",
            ]
        ),
        (
            "tls-in-failed",
            [
                "+,,", ">,220 ready,", "<,STARTTLS,", ">,220 2.0.0 SMTP server ready,",
                "*,,TLS negotiation failed with error SocketError", "-,,Remote(SocketError)",
            ]
        ),
        ("lost", ["+,,", ">,220 ready,", "-,,Remote(SocketError)"]),
        ("no-message", ["+,,", ">,220 ready,", "<,QUIT,", ">,221 2.0.0 bye,", "-,,Local"]),
    ]

    @Test("sessions without a message have their reason", arguments: silent)
    func refused(_ example: (verdict: String, words: [String])) throws {
        let story = LogStory(Self.receive(Self.session, "203.0.113.9:40111", example.words))
        let trace = try #require(story.index.traces(matching: "203.0.113.9").first)
        #expect(trace.verdict == example.verdict, "\(trace.sentence)")
        #expect(trace.messages.isEmpty)
        #expect(story.index.announcedCount == 1)
    }

    @Test("tracking events end each recipient, and the notification hangs on what it is about")
    func tracking() throws {
        let story = LogStory(
            Self.track("RECEIVE", "STOREDRIVER", to: "b@corp.test;c@slow.test;gone@far.test")
                + Self.track("DELIVER", "STOREDRIVER", to: "b@corp.test")
                + Self.track(
                    "DEFER", to: "c@slow.test", status: "[{LRT=};{LED=421 4.4.2 Connection dropped};{FQDN=};{IP=}]")
                + Self.track("FAIL", to: "gone@far.test", status: "550 5.1.1 User unknown")
                + Self.track(
                    "DSN", "DSN", id: "70912345566411", message: "<dsn-1@corp.test>", to: "a@sender.test",
                    related: "gone@far.test", reference: "<x1@sender.test>"))
        let trace = try #require(story.index.traces(matching: "<x1@sender.test>").first)
        #expect(trace.verdict == "partly-delivered")
        #expect(trace.messages[0].recipients.map(\.outcome) == [.delivered, .delayed, .bounced])
        #expect(trace.messages[0].recipients[1].detail == "421 4.4.2 Connection dropped")
        #expect(trace.messages[0].derived == [.queueID("70912345566411")])
    }

    @Test("the layout before 2013, without the network message id, is read too")
    func oldLayout() throws {
        let story = LogStory(
            Self.track("RECEIVE", "STOREDRIVER", isOld: true)
                + Self.track("FAIL", status: "550 5.1.1 User unknown", isOld: true))
        let trace = try #require(story.index.traces(matching: "b@corp.test").first)
        #expect(trace.verdict == "bounced")
        #expect(trace.messages[0].recipients.map(\.detail) == ["550 5.1.1 User unknown"])
    }

    @Test("a distribution group gives its place to its members; an expired message says so")
    func expansion() throws {
        let story = LogStory(
            Self.track("RECEIVE", "STOREDRIVER", to: "all@corp.test")
                + Self.track("EXPAND", "ROUTING", to: "b@corp.test;c@corp.test", related: "all@corp.test")
                + Self.track("DELIVER", "STOREDRIVER", to: "b@corp.test")
                + Self.track("FAIL", to: "c@corp.test", status: "550 4.4.7 QUEUE.Expired; message expired"))
        let trace = try #require(story.index.traces(matching: "<x1@sender.test>").first)
        #expect(trace.messages[0].recipients.map(\.address) == ["b@corp.test", "c@corp.test"])
        #expect(trace.messages[0].recipients.map(\.outcome) == [.delivered, .expired])
    }

    @Test("the next server's number of the same message is the same message; one that is sent again is another")
    func numbers() throws {
        let handedOn = LogStory(
            Self.track("RECEIVE", "STOREDRIVER") + Self.track("SEND", status: "250 Ok")
                + Self.track("RECEIVE", "STOREDRIVER", id: "4711") + Self.track("DELIVER", "STOREDRIVER", id: "4711"))
        #expect(handedOn.index.traces(matching: "<x1@sender.test>").count == 1)
        #expect(handedOn.index.trace(for: .queueID("4711"))?.messages.count == 1)
        let again = LogStory(Self.track("RECEIVE", "STOREDRIVER") + Self.track("RECEIVE", "STOREDRIVER", id: "4711"))
        #expect(again.index.traces(matching: "<x1@sender.test>").count == 2)
    }

    @Test("a reply in a line of either side can be explained")
    func replies() {
        let refused = Self.receive(Self.session, "203.0.113.9:40111", [">,550 5.7.54 SMTP; Unable to relay,"])
        #expect(LogFormat.record(of: Array(refused.dropLast(2).utf8))?.reply == "550 5.7.54 SMTP; Unable to relay")
        let hop = Self.send("08DC6F0000000101", "203.0.113.27:25", ["<,451 4.7.1 later,"])
        #expect(LogFormat.record(of: Array(hop.dropLast(2).utf8))?.reply == "451 4.7.1 later")
    }
}
