import Testing

@testable import Lab

@Suite("Personas of the gateway", .timeLimit(.minutes(1)))
struct PersonaTests {
    /// What each product says on the way of one message.
    struct Conversation: CustomTestStringConvertible, Sendable {
        var persona: Persona
        var banner: String
        var hello: [String]
        var sender: String
        var recipient: String
        var refused: String
        var relay: String
        var startMail: String
        var queued: String
        var closing: String
        var testDescription: String { persona.rawValue }
    }

    static let conversations = [
        Conversation(
            persona: .esa, banner: "220 mx1.example.test ESMTP",
            hello: ["250-mx1.example.test", "250-8BITMIME", "250-SIZE 33554432", "250-DSN", "250 STARTTLS"],
            sender: "250 sender <a@b.example> ok", recipient: "250 recipient <user@example.test> ok",
            refused: "550 #5.1.0 Address rejected nobody@example.test",
            relay: "550 #5.7.1 relaying denied for user@other.test", startMail: "354 go ahead",
            queued: "250 ok:  Message 214 accepted", closing: "221 mx1.example.test"),
        Conversation(
            persona: .sendmail,
            banner: "220 mx1.example.test ESMTP Sendmail 8.14.5/8.14.5; Wed, 25 Feb 2026 06:13:20 +0000",
            hello: [
                "250-mx1.example.test Hello [127.0.0.1] [127.0.0.1], pleased to meet you", "250-ENHANCEDSTATUSCODES",
                "250-PIPELINING", "250-EXPN", "250-VERB", "250-8BITMIME", "250-SIZE 33554432", "250-DSN", "250-ETRN",
                "250-STARTTLS", "250-DELIVERBY", "250 HELP",
            ],
            sender: "250 2.1.0 <a@b.example>... Sender ok", recipient: "250 2.1.5 <user@example.test>... Recipient ok",
            refused: "550 5.1.1 <nobody@example.test>... User unknown",
            relay: "550 5.7.1 <user@other.test>... Relaying denied",
            startMail: "354 Enter mail, end with \".\" on a line by itself",
            queued: "250 2.0.0 s8P0PBGw010214 Message accepted for delivery",
            closing: "221 2.0.0 mx1.example.test closing connection"),
        Conversation(
            persona: .postfix, banner: "220 mx1.example.test ESMTP Postfix (Debian/GNU)",
            hello: [
                "250-mx1.example.test", "250-PIPELINING", "250-SIZE 33554432", "250-VRFY", "250-ETRN", "250-STARTTLS",
                "250-ENHANCEDSTATUSCODES", "250-8BITMIME", "250 DSN",
            ],
            sender: "250 2.1.0 Ok", recipient: "250 2.1.5 Ok",
            refused:
                "550 5.1.1 <nobody@example.test>: Recipient address rejected: User unknown in local recipient table",
            relay: "554 5.7.1 <user@other.test>: Relay access denied",
            startMail: "354 End data with <CR><LF>.<CR><LF>", queued: "250 2.0.0 Ok: queued as 3F2A4C1EEE",
            closing: "221 2.0.0 Bye"),
        Conversation(
            persona: .exchange,
            banner: "220 mx1.example.test Microsoft ESMTP MAIL Service ready at Wed, 25 Feb 2026 06:13:20 +0000",
            hello: [
                "250-mx1.example.test Hello [127.0.0.1]", "250-SIZE 33554432", "250-PIPELINING", "250-DSN",
                "250-ENHANCEDSTATUSCODES", "250-STARTTLS", "250 8BITMIME",
            ],
            sender: "250 2.1.0 Sender OK", recipient: "250 2.1.5 Recipient OK", refused: "550 5.1.1 User unknown",
            relay: "550 5.7.1 Unable to relay", startMail: "354 Start mail input; end with <CRLF>.<CRLF>",
            queued: "250 2.6.0 <1@b.example> [InternalId=214] Queued mail for delivery",
            closing: "221 2.0.0 Service closing transmission channel"),
    ]

    @Test("says from banner to QUIT what the product says", arguments: conversations)
    func converse(_ expected: Conversation) async throws {
        var behaviour = LabBehaviour()
        behaviour.persona = expected.persona
        let test = try await LabUnderTest.start(behaviour)
        let client = try await LabClient.connect(to: test.lab.gateway)
        #expect(await client.reply() == expected.banner)
        #expect(try await client.say("EHLO client.example")?.split(separator: "\n").map(String.init) == expected.hello)
        #expect(try await client.say("MAIL FROM:<a@b.example>") == expected.sender)
        #expect(try await client.say("RCPT TO:<nobody@example.test>") == expected.refused)
        #expect(try await client.say("RCPT TO:<user@other.test>") == expected.relay)
        #expect(try await client.say("RCPT TO:<user@example.test> NOTIFY=success,failure") == expected.recipient)
        #expect(try await client.say("DATA") == expected.startMail)
        #expect(try await client.say("Message-ID: <1@b.example>\r\n\r\nHello\r\n.") == expected.queued)
        #expect(try await client.say("QUIT") == expected.closing)
        #expect(await client.reply() == nil)
        await test.lab.stop()
    }

    @Test("has a reply with a code for every phrase", arguments: Persona.allCases)
    func everyPhrase(_ persona: Persona) {
        for phrase in Phrase.allCases {
            for line in persona.template(phrase).split(separator: "\n") {
                let code = Int(line.prefix(3)) ?? 0
                #expect((200..<560).contains(code), "\(phrase): \(line)")
            }
        }
    }

    @Test("puts an address with braces into a reply as it stands")
    func bracesInAddress() {
        #expect(ReplyWriter.fill("a {address} {host}", ["address": "{host}", "host": "h"]) == "a {host} h")
    }
}
