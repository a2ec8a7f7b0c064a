import MailVocabulary
import SMTP
import TestSupport
import Testing

@Suite("Parameters of MAIL and RCPT")
struct MailParameterTests {
    @Test("what the server offers is asked for, in xtext where the RFC wants it, and what was given by hand follows")
    func asks() {
        var plan = MessageTests.plan
        (plan.tls, plan.stopAfter) = (.never, .recipient)
        plan.mail.returns = .headers
        plan.mail.envelopeID = "QQ 314+159"
        plan.mail.size = .octets(1000)
        plan.mail.body = .eightBit
        plan.mail.byHand = ["X-ODD=1"]
        plan.recipients = [Recipient("user@example.test", notify: [.success, .delay])]
        plan.recipients[0].original = "rfc822;a+b=c@example.test"
        plan.recipients[0].byHand = ["RRVS=2014-04-03T23:01:00Z"]
        var story = greeted(plan, "250-mx\r\n250-DSN\r\n250-SIZE 2000\r\n250 8BITMIME\r\n")
        story.expect(
            "MAIL FROM:<probe@example.net> SIZE=1000 BODY=8BITMIME RET=HDRS ENVID=QQ+20314+2B159 X-ODD=1")
        story.receive("250 ok\r\n")
        story.expect(
            "RCPT TO:<user@example.test> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;a+2Bb+3Dc@example.test "
                + "RRVS=2014-04-03T23:01:00Z")
        #expect(story.failures == [])
        #expect(story.notes == [])
    }

    @Test("what the server does not offer is left out, and the transcript says so")
    func leavesOut() {
        var plan = MessageTests.plan
        plan.tls = .never
        plan.mail.returns = .full
        plan.mail.size = .ofMessage
        plan.recipients = [Recipient("user@example.test", notify: [.never])]
        var story = greeted(plan, "250 mx\r\n")
        story.expect("MAIL FROM:<probe@example.net>")
        story.receive("250 ok\r\n")
        story.expect("RCPT TO:<user@example.test>")
        #expect(story.failures == [])
        #expect(
            story.notes == [
                "left out: RET, NOTIFY, because the server does not offer DSN",
                "left out: SIZE, because the server does not offer SIZE",
            ])
    }

    @Test("the size of the message is that of its wire form without the final dot")
    func declaresSize() throws {
        var plan = MessageTests.plan
        (plan.tls, plan.stopAfter) = (.never, .endOfData)
        plan.mail.size = .ofMessage
        var story = greeted(plan, "250-mx\r\n250 SIZE\r\n", order: .sendMessage)
        let size = try MessageComposer.compose(plan).wire.count - 3
        story.expect("MAIL FROM:<probe@example.net> SIZE=\(size)")
        #expect(story.failures == [])
    }

    @Test("xtext is read back as it was", arguments: ["", "plain@example.test", "a+b = c", "日本", "\u{7F}\u{1}"])
    func roundTrips(text: String) {
        let encoded = XText.encode(text)
        #expect(XText.decode(encoded) == text)
        #expect(encoded.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x3D })
    }

    @Test("what is no xtext is not read", arguments: ["+2b", "+2", "+", "a=b", "a b", "+GG", "é"])
    func refusesOthers(text: String) { #expect(XText.decode(text) == nil) }

    @Test("a refused STARTTLS that was not required lets the run go on, visibly")
    func goesOnInClear() {
        var story = greeted(MessageTests.plan, "250-mx\r\n250 STARTTLS\r\n")
        story.expect("STARTTLS")
        story.receive("454 4.7.0 TLS not available\r\n")
        story.expect("MAIL FROM:<probe@example.net>")
        story.receive("250 ok\r\n")
        story.expect("RCPT TO:<user@example.test>")
        story.receive("250 ok\r\n")
        #expect(story.failures == [])
        #expect(story.notes == ["STARTTLS was refused: the session goes on in the clear"])
        #expect(story.record.decidingRefusal == nil)
        #expect(story.record.progress.isPlanDone)
    }

    @Test("TLS that is required and not offered is an obstacle with its own sentence")
    func namesObstacle() {
        var plan = MessageTests.plan
        plan.tls = .required
        let story = greeted(plan, "250 mx\r\n")
        #expect(story.failures == [])
        #expect(story.notes == ["stopped: TLS is required and the server does not offer STARTTLS"])
        #expect(!story.record.progress.isPlanDone)
    }

    @Test("several messages go out one after another, each with a Message-ID of its own")
    func sendsSeveral() {
        var plan = MessageTests.plan
        (plan.tls, plan.stopAfter, plan.messages) = (.never, .endOfData, 2)
        plan.message.messageID = "7f3a@probe.example.net"
        var story = greeted(plan, "250 mx\r\n", order: .sendMessage)
        for number in 1...2 {
            story.openData()
            story.expectMessage()
            story.receive("250 2.0.0 Ok: queued as 3F2A\(number)\r\n")
        }
        #expect(story.failures == [])
        #expect(story.record.messagesAccepted == 2)
        #expect(story.record.progress.isPlanDone)
        let second = try? MessageComposer.compose(plan, number: 2)
        let text = String(decoding: second?.bytes ?? [], as: UTF8.self)
        #expect(text.contains("Message-ID: <2.7f3a@probe.example.net>\r\n"))
    }

    @Test("a plan that stops at DATA opens it and sends no message")
    func stopsAtData() {
        var plan = MessageTests.plan
        (plan.tls, plan.stopAfter) = (.never, .data)
        var story = greeted(plan, "250 mx\r\n", order: .sendMessage)
        story.openData()
        #expect(story.failures == [])
        #expect(story.machine.isAtRest)
        #expect(story.record.progress.isPlanDone)
    }

    @Test("a pin that does not match ends the session before anything is said under TLS")
    func holdsPin() {
        var plan = MessageTests.plan
        plan.security.pins = [String(repeating: "a", count: 64)]
        var story = greeted(plan, "250-mx\r\n250 STARTTLS\r\n")
        story.expect("STARTTLS")
        story.receive("220 go\r\n")
        story.handshake(
            TLSFacts(
                version: "TLSv1.3", cipher: "x",
                chain: [.init(subject: "CN=mx", fingerprint: String(repeating: "b", count: 64))]))
        #expect(story.failures == [])
        #expect(story.isClosed)
        #expect(story.record.closed?.words.contains("not the pinned one") == true)
    }

    @Test("the PROXY header goes out before the greeting is awaited")
    func saysProxyFirst() throws {
        var plan = MessageTests.plan
        let client = Endpoint(IPAddress(v4: 192, 0, 2, 1), 4000)
        let server = Endpoint(IPAddress(v4: 198, 51, 100, 2), 25)
        plan.connection.proxyHeader = ProxyHeader(.v1, client: client, server: server)
        var story = Playbook(plan)
        story.connect()
        story.expect("PROXY TCP4 192.0.2.1 198.51.100.2 4000 25")
        #expect(story.failures == [])
        let binary = try #require(ProxyHeader(.v2, client: client, server: server)).wire
        #expect(binary.prefix(12) == [0x0D, 0x0A, 0x0D, 0x0A, 0, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A])
        #expect(binary.dropFirst(12) == [0x21, 0x11, 0, 12, 192, 0, 2, 1, 198, 51, 100, 2, 0x0F, 0xA0, 0, 25])
        #expect(
            ProxyHeader(
                .v1, client: client,
                server: Endpoint(IPAddress(bytes: [UInt8](repeating: 0, count: 16)) ?? .loopback, 25)) == nil)
    }

    @Test("a PROXY header by hand goes out as it was typed, and stands in the journal")
    func saysLineByHand() throws {
        var plan = MessageTests.plan
        plan.connection.proxyLine = "PROXY TCP4 nonsense"
        var story = Playbook(plan)
        story.connect()
        story.expect("PROXY TCP4 nonsense")
        #expect(story.failures == [])
        #expect(SessionJournal(SessionJournal.header(plan))?.plan == plan)
    }

    @Test("every option of a plan comes back from its journal, and a journal of before has none")
    func roundTripsOptions() throws {
        var plan = MessageTests.plan
        plan.authentication = AuthenticationPlan(
            mechanism: .oauthBearer, user: "probe", actsAs: "other", channel: .encrypted, sendsInitialResponse: false)
        (plan.security.minimum, plan.security.maximum) = (.tls12, .tls13)
        (plan.security.ciphers, plan.security.serverName, plan.security.expectedName) = ("HIGH", "", "mx.example.test")
        (plan.security.pins, plan.security.mustVerify) = ([String(repeating: "a", count: 64)], true)
        (plan.security.certificateFile, plan.security.keyFile) = ("c.pem", "k.pem")
        (plan.mail.returns, plan.mail.envelopeID, plan.mail.body) = (.full, "a b", .sevenBit)
        (plan.mail.size, plan.mail.isInternational, plan.mail.byHand) = (.ofMessage, true, ["A=1", "B"])
        plan.recipients[0].original = "rfc822;x y"
        plan.recipients[0].byHand = ["P Q"]
        (plan.connection.family, plan.connection.source, plan.connection.sourcePort) = (.v4, .loopback, 4025)
        plan.connection.proxyHeader = ProxyHeader(
            .v2, client: Endpoint(.loopback, 1), server: Endpoint(.loopback, 2))
        (plan.dropsAtEnd, plan.messages) = (true, 3)
        (plan.isLMTP, plan.pipelines, plan.clientAttributes) = (true, true, ["ADDR=192.0.2.1"])
        let text = SessionJournal.header(plan)
        #expect(try #require(SessionJournal(text)).plan == plan)
        let old = SessionJournal.header(MessageTests.plan).replacing("\t0\n", with: "\n")
        #expect(SessionJournal(old)?.plan == MessageTests.plan)
    }

    private func greeted(
        _ plan: SessionPlan, _ hello: String, order: SessionOrder = .run(upTo: .recipient)
    ) -> Playbook {
        var story = Playbook(plan)
        story.connect()
        story.receive("220 mx ESMTP\r\n")
        story.order(order)
        story.expect("EHLO probe.example.net")
        story.receive(hello)
        return story
    }
}
