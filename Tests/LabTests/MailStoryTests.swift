import Testing

@testable import Lab

@Suite("Mail log of the lab", .timeLimit(.minutes(1)))
struct MailStoryTests {
    private static let opening = [
        "New SMTP ICID 880113 interface Data 1 (127.0.0.2) address 127.0.0.1 reverse dns host unknown verified no",
        "ICID 880113 ACCEPT SG UNKNOWNLIST match sbrs[none] SBRS rfc1918",
        "Start MID 214 ICID 880113",
        "MID 214 ICID 880113 From: <probe@sender.example>",
    ]

    private static let scanned = [
        "MID 214 matched all recipients for per-recipient policy DEFAULT in the inbound table",
        "MID 214 interim verdict using engine: CASE spam negative",
        "MID 214 using engine: CASE spam negative",
        "MID 214 interim AV verdict using Sophos CLEAN",
        "MID 214 antivirus negative ",
        "MID 214 AMP file reputation verdict : SKIPPED (no attachment in message)",
    ]

    private static func received(_ recipients: [String], size: Int = 62) -> [String] {
        recipients.enumerated().map { "MID 214 ICID 880113 RID \($0) To: <\($1)>" } + [
            "MID 214 Message-ID '<1@sender.example>'",
            "MID 214 Subject \"it's a test\"",
            "MID 214 ready \(size) bytes from <probe@sender.example>",
        ]
    }

    /// The message's own lines: those of the connection may stand anywhere between them.
    private func story(of recipients: [String], until end: String, notify: String = "") async throws -> [String] {
        let test = try await LabUnderTest.start()
        #expect(try await test.deliver(to: recipients, notify: notify) == "250 ok:  Message 214 accepted")
        await test.logged(end)
        let lines = test.story.filter { $0 != "ICID 880113 close" && !$0.hasPrefix("Begin") }
        await test.lab.stop()
        return lines
    }

    @Test("follows a delivered message to its end")
    func delivered() async throws {
        let lines = try await story(of: ["user@example.test"], until: "DCID 41871 close")
        let delivery = [
            "MID 214 Outbreak Filters: verdict negative",
            "MID 214 queued for delivery",
            "New SMTP DCID 41871 interface 192.0.2.25 address 10.9.0.1 port 25",
            "DCID 41871 TLS success protocol TLSv1.3 cipher TLS_AES_256_GCM_SHA384 ",
            "Delivery start DCID 41871 MID 214 to RID [0]",
            "Message done DCID 41871 MID 214 to RID [0] ",
            "MID 214 RID [0] Response '2.0.0 Ok: queued as \(Self.remote)'",
            "Message finished MID 214 done",
            "DCID 41871 close",
        ]
        #expect(lines == header + Self.opening + Self.received(["user@example.test"]) + Self.scanned + delivery)
    }

    private let header = [
        "Version: 15.0.0-104 SN: 420D4FEA709365BFB3E3-0AF2EE5E700E", "Time offset from UTC: 0 seconds",
    ]
    private static let remote = "84425FC0A6"

    @Test("bounces one recipient, delivers the other and sends the bounce")
    func bounced() async throws {
        let lines = try await story(
            of: ["user@example.test", "bounce@example.test"], until: "Message finished MID 215 done")
        let end = lines.drop { $0 != "MID 214 queued for delivery" }
        let reply = "('550', ['5.1.1 <bounce@example.test>: Recipient address rejected: User unknown'])"
        let expected = [
            "MID 214 queued for delivery",
            "New SMTP DCID 41871 interface 192.0.2.25 address 10.9.0.1 port 25",
            "DCID 41871 TLS success protocol TLSv1.3 cipher TLS_AES_256_GCM_SHA384 ",
            "Delivery start DCID 41871 MID 214 to RID [0]",
            "Message done DCID 41871 MID 214 to RID [0] ",
            "MID 214 RID [0] Response '2.0.0 Ok: queued as \(Self.remote)'",
            "Delivery start DCID 41871 MID 214 to RID [1]",
            "Bounced: DCID 41871 MID 214 From: <probe@sender.example> To: <bounce@example.test> RID 1"
                + " - 5.1.0 - Unknown address error \(reply)",
            "Start MID 215 ICID 0",
            "MID 215 was generated for bounce of MID 214",
            "MID 215 ICID 0 From: <>",
            "MID 215 ICID 0 RID 0 To: <probe@sender.example>",
            "MID 215 ready 2400 bytes from <>",
            "Message finished MID 214 done",
            "MID 215 queued for delivery",
        ]
        #expect(Array(end.prefix(expected.count)) == expected)
        #expect(end.contains("Message done DCID 41872 MID 215 to RID [0] "))
    }

    @Test("makes no bounce for a recipient with NOTIFY=NEVER")
    func neverNotify() async throws {
        let lines = try await story(
            of: ["bounce@example.test"], until: "DCID 41871 close", notify: " NOTIFY=NEVER")
        #expect(lines.contains { $0.hasPrefix("Bounced: ") })
        #expect(!lines.contains { $0.contains("was generated for bounce") })
    }

    @Test("delays a message and delivers it over a second connection")
    func delayed() async throws {
        let lines = try await story(of: ["delay@example.test"], until: "DCID 41872 close")
        let end = lines.drop { !$0.hasPrefix("Delayed: ") }
        #expect(
            Array(end) == [
                "Delayed: DCID 41871 MID 214 From: <probe@sender.example> To: <delay@example.test> RID 0"
                    + " - 4.3.0 - Other mail system problem ('451', ['4.7.1 Greylisted, please try again later'])",
                "DCID 41871 close",
                "New SMTP DCID 41872 interface 192.0.2.25 address 10.9.0.1 port 25",
                "DCID 41872 TLS success protocol TLSv1.3 cipher TLS_AES_256_GCM_SHA384 ",
                "Delivery start DCID 41872 MID 214 to RID [0]",
                "Message done DCID 41872 MID 214 to RID [0] ",
                "MID 214 RID [0] Response '2.0.0 Ok: queued as \(Self.remote)'",
                "Message finished MID 214 done",
                "DCID 41872 close",
            ])
    }

    @Test(
        "ends a message that is not delivered where the gateway ends it",
        arguments: [
            ("quarantine", "MID 214 quarantined to \"Policy\" (content filter:quarantine_test)"),
            ("spam", "Message aborted MID 214 Dropped by CASE"),
            ("virus", "Message aborted MID 214 Dropped by antivirus"),
            ("drop", "Message aborted MID 214 Dropped by content filter 'drop_test' in the inbound table"),
        ])
    func notDelivered(_ localPart: String, _ line: String) async throws {
        let lines = try await story(of: ["\(localPart)@example.test"], until: line)
        #expect(lines.last == line)
        #expect(!lines.contains { $0.contains("DCID") })
    }

    @Test("tells of a refused recipient and of the message that was given up")
    func refused() async throws {
        let test = try await LabUnderTest.start()
        let client = try await test.client()
        _ = try await client.say("MAIL FROM:<probe@sender.example>")
        _ = try await client.say("RCPT TO:<nobody@example.test>")
        _ = try await client.say("RCPT TO:<user@elsewhere.test>")
        _ = try await client.say("QUIT")
        await test.logged("ICID 880113 close")
        let expected =
            Self.opening + [
                "MID 214 ICID 880113 To: <nobody@example.test> Rejected by LDAPACCEPT",
                "MID 214 ICID 880113 To: <user@elsewhere.test> Rejected by RAT",
                "Message aborted MID 214 Receiving aborted by sender",
                "Message finished MID 214 aborted",
                "ICID 880113 close",
            ]
        #expect(Array(test.story.dropFirst(3)) == expected)
        await test.lab.stop()
    }

    @Test("tells of a sender whose domain does not exist")
    func senderRefused() async throws {
        let test = try await LabUnderTest.start()
        let client = try await test.client()
        #expect(
            try await client.say("MAIL FROM:<a@b.invalid>")
                == "553 #5.1.8 Domain of sender address <a@b.invalid> does not exist")
        let line = await test.logged("Address:")
        #expect(
            line.hasSuffix(
                "ICID 880113 Address: <a@b.invalid> sender rejected, envelope sender domain does not exist"))
        await test.lab.stop()
    }

    @Test("tells of a client that vanished in the middle of a message")
    func vanished() async throws {
        let test = try await LabUnderTest.start()
        let client = try await test.client()
        _ = try await client.say("MAIL FROM:<probe@sender.example>")
        try await client.close()
        await test.logged("ICID 880113 close")
        #expect(
            Array(test.story.suffix(4)) == [
                "ICID 880113 lost", "Message aborted MID 214 Receiving aborted", "Message finished MID 214 aborted",
                "ICID 880113 close",
            ])
        await test.lab.stop()
    }

    @Test("tells of a client that left before the reverse lookup was over")
    func lostBeforeBanner() async throws {
        let (release, releaser) = AsyncStream.makeStream(of: Void.self)
        let test = try await LabUnderTest.start(reverse: { _ in
            for await _ in release {}
            return .unknown
        })
        let client = try await LabClient.connect(to: test.lab.gateway)
        try await client.close()
        let line = await test.logged("before any commands")
        // How long it was there is the machine's affair.
        let words = line.replacing(#/[0-9]+ seconds/#, with: "N seconds")
        #expect(
            words.hasSuffix(
                "Info: ICID 880113 Connection from 127.0.0.1 on interface Data 1 (127.0.0.2) lost after N seconds"
                    + " (DNS query took N seconds), before any commands were received"))
        releaser.finish()
        await test.lab.stop()
    }

    @Test("keeps a subject with control characters on one line")
    func controlCharacters() async throws {
        let test = try await LabUnderTest.start()
        let client = try await test.client()
        _ = try await client.say("MAIL FROM:<>")
        _ = try await client.say("RCPT TO:<user@example.test>")
        _ = try await client.say("DATA")
        _ = try await client.say("Subject: a\u{1B}[31m\r\n folded\u{9B}\r\n\r\n.")
        #expect(await test.logged("Subject").hasSuffix("MID 214 Subject 'a\\x1b[31m folded\\x9b'"))
        await test.lab.stop()
    }
}
