import MailVocabulary
import SMTP
import Testing

@testable import Lab

@Suite("Behaviour of the gateway", .timeLimit(.minutes(1)))
struct GatewayBehaviourTests {
    /// The replies to a few lines behind EHLO.
    private func replies(
        to lines: [String], _ change: (inout LabBehaviour) -> Void = { _ in }
    ) async throws -> [String?] {
        var behaviour = LabBehaviour()
        behaviour.slowWait = .zero
        change(&behaviour)
        let test = try await LabUnderTest.start(behaviour)
        let client = try await test.client()
        var replies: [String?] = []
        for line in lines { replies.append(try await client.say(line)) }
        try? await client.close()
        await test.lab.stop()
        return replies
    }

    @Test("answers commands in the wrong order as the gateway does")
    func order() async throws {
        let replies = try await replies(to: [
            "RCPT TO:<a@example.test>", "DATA", "MAIL FROM:<a@b.example>", "DATA", "MAIL FROM:<a@b.example>",
            "AUTH PLAIN", "NONSENSE", "MAIL", "EHLO",
        ])
        #expect(
            replies == [
                "503 #5.5.1 MAIL first", "503 #5.5.1 MAIL first", "250 sender <a@b.example> ok",
                "503 #5.5.1 RCPT first", "503 #5.5.1 MAIL already given", "538 #5.7.11 Encryption required",
                "500 #5.5.1 command not recognized", "503 #5.5.1 MAIL already given",
                "501 #5.0.0 EHLO requires domain address",
            ])
    }

    @Test("takes the small commands, and addresses as people type them")
    func smallCommands() async throws {
        let replies = try await replies(to: [
            "noop", "rset", "VRFY user", "helo", "mail from: test@test.com", "rcpt to: <user@example.test>",
            "RCPT TO:<@relay.example:user@example.test>", "rcpt to:<postmaster>",
        ])
        #expect(
            replies == [
                "250 ok", "250 reset", "252 #2.5.2 cannot verify, but will take the message and try",
                "250 mx1.example.test", "250 sender <test@test.com> ok", "250 recipient <user@example.test> ok",
                "250 recipient <user@example.test> ok", "250 recipient <postmaster> ok",
            ])
    }

    @Test("reads the parameters of DSN and SIZE, and refuses what it does not know")
    func parameters() async throws {
        let replies = try await replies(to: [
            "MAIL FROM:<a@b.example> SIZE=99999999", "MAIL FROM:<a@b.example> RET=SOME",
            "MAIL FROM:<a@b.example> FOO=1", "MAIL FROM:<a@b.example> SIZE=1000 RET=HDRS ENVID=q1 BODY=8BITMIME",
            "RCPT TO:<u@example.test> NOTIFY=NEVER,DELAY", "RCPT TO:<u@example.test> NOTIFY=maybe",
            "RCPT TO:<u@example.test> ORCPT=rfc822;u@example.test NOTIFY=success,failure",
        ])
        #expect(
            replies == [
                "552 #5.3.4 message size exceeds limit", "501 Unknown value SOME", "501 Unknown option FOO",
                "250 sender <a@b.example> ok", "501 Unknown value NEVER,DELAY", "501 Unknown value maybe",
                "250 recipient <u@example.test> ok",
            ])
    }

    @Test(
        "gives a recipient the reply that its local part asks for",
        arguments: [
            ("quota", "552 #5.2.2 mailbox of quota@example.test is full"),
            ("toomany", "452 #4.5.3 Too many recipients"),
            ("tls", "530 #5.7.0 Must issue a STARTTLS command first"),
            ("error", "451 #4.3.0 Server Error"),
            ("slow", "250 recipient <slow@example.test> ok"),
            ("shutdown", "421 mx1.example.test Service not available, closing transaction channel"),
            ("disconnect", nil),
        ])
    func recipients(_ localPart: String, _ reply: String?) async throws {
        let replies = try await replies(to: ["MAIL FROM:<a@b.example>", "RCPT TO:<\(localPart)@example.test>"])
        #expect(replies.last == reply)
    }

    @Test("greylists at first and accepts when the wait is over")
    func greylisted() async throws {
        let lines = ["MAIL FROM:<a@b.example>", "RCPT TO:<greylist@example.test>", "RCPT TO:<greylist@example.test>"]
        let short = try await replies(to: lines) { $0.greylistWait = .zero }
        #expect(short[1] == "451 #4.7.1 greylisted, please try again in 0 seconds")
        #expect(short[2] == "250 recipient <greylist@example.test> ok")
        let long = try await replies(to: lines) { $0.greylistWait = .seconds(600) }
        #expect(long[2] == "451 #4.7.1 greylisted, please try again in 600 seconds")
    }

    @Test("refuses a message for a full queue, bare line feeds or its size after the final dot")
    func messages() async throws {
        let begin = ["MAIL FROM:<a@b.example>", "RCPT TO:<u@example.test>", "DATA"]
        let full = try await replies(to: [begin[0], "RCPT TO:<queuefull@example.test>", "DATA", "x\r\n."])
        #expect(full.last == "452 #4.3.1 queue full")
        let bare = try await replies(to: begin + ["one\ntwo\n.\nthree\r\n."])
        #expect(bare.last == "554 message body contains illegal bare CR/LF characters.")
        let long = try await replies(to: begin + [String(repeating: "x", count: 20_000) + "\r\n."]) { $0.size = 10_000 }
        #expect(long.last == "552 #5.3.4 message size exceeds limit")
    }

    @Test("gives up after too many wrong commands")
    func badCommands() async throws {
        let replies = try await replies(to: ["X", "Y", "Z"]) { $0.maximumBadCommands = 3 }
        #expect(replies.last == "421 Exceeded bad SMTP command limit, disconnecting")
    }

    @Test("refuses an overlong command line once and goes on")
    func overlongLine() async throws {
        let replies = try await replies(to: ["NOOP " + String(repeating: "x", count: 5000), "NOOP"])
        #expect(replies == ["500 Line too long", "250 ok"])
    }

    @Test("takes commands sent in one go, one after the other")
    func pipelining() async throws {
        let test = try await LabUnderTest.start()
        let client = try await test.client()
        try await client.send("MAIL FROM:<a@b.example>\r\nRCPT TO:<u@example.test>\r\nDATA\r\nx\r\n.\r\nQUIT\r\n")
        for expected in ["250 sender", "250 recipient", "354", "250 ok:  Message 214", "221"] {
            #expect(await client.reply()?.hasPrefix(expected) == true)
        }
        await test.lab.stop()
    }

    @Test("requires TLS before MAIL when told to")
    func requiresTLS() async throws {
        let replies = try await replies(to: ["MAIL FROM:<a@b.example>"]) { $0.requiresTLS = true }
        #expect(replies == ["530 #5.7.0 Must issue a STARTTLS command first"])
    }

    @Test("refuses connections of a bad sender group, and one connection too many")
    func refusedConnections() async throws {
        var rejecting = LabBehaviour()
        rejecting.senderGroup = .reject
        var crowded = LabBehaviour()
        crowded.maximumConnections = 0
        for (behaviour, reply, line) in [
            (rejecting, "554-mx1.example.test\n554 Your access to this mail system has been rejected", "REJECT SG"),
            (crowded, "421 #4.4.5 Too many connections from your host", "Connection limit exceeded"),
        ] {
            let test = try await LabUnderTest.start(behaviour)
            let client = try await LabClient.connect(to: test.lab.gateway)
            #expect(await client.reply()?.hasPrefix(reply) == true)
            #expect(await client.reply() == nil)
            #expect(await test.logged(line).contains("ICID 880113"))
            await test.lab.stop()
        }
    }

    @Test("obeys rules at their stage")
    func rules() async throws {
        let rules = ["MAIL=452 #4.3.1 queue full", "OTHER:secret=drop", "RSET=+0s 451 later"].compactMap(ReplyRule.init)
        #expect(rules.count == 3)
        let replies = try await replies(to: ["MAIL FROM:<a@b.example>", "RSET", "NOOP secret"]) {
            $0.rules = rules
        }
        #expect(replies == ["452 #4.3.1 queue full", "451 later", nil])
    }

    @Test("reads no rule that is none", arguments: ["", "RCPT", "WHERE=250 ok", "MAIL=hello", "MAIL=+xs 250 ok"])
    func brokenRules(_ text: String) {
        #expect(ReplyRule(text) == nil)
    }

    @Test("sends control sequences in every reply when it is hostile")
    func hostile() async throws {
        var behaviour = LabBehaviour()
        behaviour.isHostile = true
        let test = try await LabUnderTest.start(behaviour)
        let client = try await LabClient.connect(to: test.lab.gateway)
        let banner = await client.rawLine()
        #expect(banner.starts(with: Array("220 mx1.example.test ESMTP".utf8)))
        #expect(banner.contains(0x1B) && banner.contains(0x9B) && banner.contains(0) && banner.contains(7))
        await test.lab.stop()
    }

    @Test("waits with the banner until the reverse lookup is over, and names what it gave")
    func bannerWaits() async throws {
        let (release, releaser) = AsyncStream.makeStream(of: Void.self)
        let test = try await LabUnderTest.start(reverse: { _ in
            for await _ in release {}
            return .name("client.example", verified: true)
        })
        let client = try await LabClient.connect(to: test.lab.gateway)
        try await client.send("NOOP\r\n")
        #expect(test.seen.isEmpty)
        releaser.finish()
        #expect(await client.reply() == "220 mx1.example.test ESMTP")
        #expect(await client.reply() == "250 ok")
        #expect(await test.logged("New SMTP").hasSuffix("reverse dns host client.example verified yes"))
        await test.lab.stop()
    }

    @Test("survives any bytes", arguments: 0..<8)
    func anyBytes(_ seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        var conversation = GatewayConversation(
            LabBehaviour(), client: .loopback, interface: .loopback, isEncrypted: seed % 2 == 0,
            surroundings: .init(nextMID: { 1 }, isGreylisted: { _, _ in false }, date: { "" }))
        _ = conversation.open(.unknown, isOneTooMany: false)
        let words = [
            "EHLO x", "MAIL FROM:<a@b>", "RCPT TO:<u@example.test> NOTIFY=", "DATA", ".", "AUTH PLAIN ", "RSET",
        ]
        for _ in 0..<2000 {
            var line = random.below(3) == 0 ? [] : Array(random.pick(words).utf8)
            for _ in 0..<random.below(6) { line.append(UInt8(random.below(256))) }
            let isPart = random.below(20) == 0
            _ = conversation.receive(isPart ? .part(line) : .line(line, isBare: random.below(9) == 0))
        }
        #expect(conversation.closed(after: 0).contains(.record(.closed)))
    }
}
