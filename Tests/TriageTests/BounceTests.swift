import MailVocabulary
import TestSupport
import Testing
import Triage

@Suite("Bounce")
struct BounceTests {
    /// As Postfix writes it, with another bounce inside of what came back.
    static let postfix = """
        From MAILER-DAEMON Sun Nov 22 10:00:00 2026
        From: MAILER-DAEMON@relay.example.net (Mail Delivery System)
        Subject: Undelivered Mail Returned to Sender
        Content-Type: multipart/report; report-type=delivery-status;
        \tboundary="4Qx1.1/relay"

        This is a MIME-encapsulated message.

        --4Qx1.1/relay
        Content-Type: text/plain; charset=utf-8

        <user@example.test>: host mx1.example.test[192.0.2.25] said: 550 5.1.1
            User unknown (in reply to RCPT TO command)

        --4Qx1.1/relay
        Content-Type: message/delivery-status

        Reporting-MTA: dns; relay.example.net
        X-Postfix-Queue-ID: 4Qx1Yz0abc
        Arrival-Date: Sun, 22 Nov 2026 09:59:58 +0000 (UTC)

        Final-Recipient: rfc822; user@example.test
        Original-Recipient: rfc822;alias@example.net
        Action: failed
        Status: 5.1.1
        Remote-MTA: dns; mx1.example.test
        Diagnostic-Code: smtp; 550 5.1.1 <user@example.test>: Recipient address
            rejected: User unknown

        Final-Recipient: rfc822; slow@example.test
        Action: delayed
        Status: 4.4.1
        Diagnostic-Code: X-Postfix; connect to mx2.example.test: timed out
        Will-Retry-Until: Fri, 27 Nov 2026 09:59:58 +0000 (UTC)

        --4Qx1.1/relay
        Content-Type: message/rfc822

        Message-ID: <m1@example.net>
        Subject: offer 7
        Content-Type: multipart/report; boundary="inner"

        --inner
        Content-Type: message/delivery-status

        Final-Recipient: rfc822; nobody@inner.test
        Action: failed

        --inner--
        --4Qx1.1/relay--

        """

    @Test(
        "reads each recipient with its reply, its servers and the message that came back, and nothing of a bounce in it"
    )
    func reads() throws {
        let bounce = try #require(Bounce(reading: Array(Self.postfix.utf8)))
        #expect(bounce.isStandard)
        #expect(bounce.reporter == "relay.example.net")
        #expect(bounce.queueID == "4Qx1Yz0abc")
        #expect(bounce.messageID == "<m1@example.net>")
        #expect(bounce.subject == "offer 7")
        #expect(bounce.recipients.map(\.address) == ["user@example.test", "slow@example.test"])
        #expect(bounce.recipients.map(\.originalAddress) == ["alias@example.net", nil])
        #expect(bounce.recipients.map(\.remoteMTA) == ["mx1.example.test", nil])
        #expect(
            bounce.recipients.map(\.reply) == [
                "550 5.1.1 <user@example.test>: Recipient address rejected: User unknown",
                "4.4.1 connect to mx2.example.test: timed out",
            ])
        #expect(
            bounce.recipients[1].headLine.description
                == "slow@example.test: delayed; tried again until Fri, 27 Nov 2026 09:59:58 +0000 (UTC)")
    }

    @Test("line ends of a file or of the wire, the delivery status alone, and in base64: all the same")
    func forms() throws {
        let status = """
            Reporting-MTA: dns; mx.example.net

            Final-Recipient: rfc822;user@example.test
            Action: failed
            Status: 5.2.2 (mailbox full)
            """
        let encoded =
            "Content-Type: multipart/report; boundary=b\n\n--b\n"
            + "Content-Type: message/global-delivery-status\nContent-Transfer-Encoding: base64\n\n"
            + "UmVwb3J0aW5nLU1UQTogZG5zOyBteC5leGFtcGxlLm5ldAoKRmluYWwtUmVjaXBpZW50OiByZmM4MjI7dXNlckBleGFtcGxl\n"
            + "LnRlc3QKQWN0aW9uOiBmYWlsZWQKU3RhdHVzOiA1LjIuMgo=\n--b--\n"
        for text in [
            status, status.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n"), encoded,
        ] {
            let bounce = try #require(Bounce(reading: Array(text.utf8)), "\(text)")
            #expect(bounce.reporter == "mx.example.net")
            #expect(bounce.recipients.map(\.address) == ["user@example.test"])
            #expect(bounce.recipients.map(\.reply) == ["5.2.2"])
        }
    }

    @Test("a bounce in the words of its server alone: every paragraph that quotes a reply is a recipient")
    func words() throws {
        let text = """
            From: MAILER-DAEMON@mail.example.net
            Subject: failure notice

            Hi. I'm afraid I wasn't able to deliver your message to the following addresses.

            <user@example.test>:
            192.0.2.25 does not like recipient.
            Remote host said: 550 5.1.1 User unknown

            <other@example.test>:
            Remote host said: 552 mailbox full

            --- Below this line is a copy of the message.
            """
        let bounce = try #require(Bounce(reading: Array(text.utf8)))
        #expect(!bounce.isStandard)
        #expect(bounce.recipients.map(\.address) == ["user@example.test", "other@example.test"])
        #expect(bounce.recipients.map(\.reply) == ["550 5.1.1 User unknown", "552 mailbox full"])
    }

    @Test("numbers in sentences are no replies, and what stands below the copy of the message is not the server's")
    func sentences() throws {
        #expect(Bounce(reading: Array("Subject: x\n\nPlease pay 250 EUR to sales@shop.test.\n".utf8)) == nil)
        #expect(Bounce(reading: Array("Subject: x\n\nThere were 500 Euros on it.\n".utf8)) == nil)
        let text = """
            Subject: failure notice

            user@example.test.
            550 no such user

            --- Below this line is a copy of the message.

            other@example.test
            500 Main Street
            """
        let bounce = try #require(Bounce(reading: Array(text.utf8)))
        #expect(bounce.recipients.map(\.address) == ["user@example.test"])
    }

    @Test(
        "the transcript of an old server's bounce gives its reply, and numbers in sentences before it take nothing away"
    )
    func transcripts() {
        let sendmail = """
            Subject: Returned mail

               ----- Transcript of session follows -----
            ... while talking to mx.example.test.:
            >>> RCPT To:<user@example.test>
            <<< 550 no such user
            550 <user@example.test>... User unknown

               ----- Original message follows -----

            500 Main Street
            """
        let said = Bounce(reading: Array(sendmail.utf8))?.recipients.map(\.reply)
        #expect(said?.count == 1 && said?.first?.hasPrefix("550 ") == true, "\(said ?? [])")
        let sentence = "Subject: x\n\nYour message of 250 KB to user@example.test was refused:\n550 no such user\n"
        #expect(Bounce(reading: Array(sentence.utf8))?.recipients.map(\.reply) == ["550 no such user"])
        let notice = "Subject: x\n\n--- A copy went to the postmaster ---\n<user@x.test>:\n550 5.1.1 no such user\n"
        #expect(Bounce(reading: Array(notice.utf8))?.recipients.count == 1)
    }

    @Test("parts beside each other are no depth")
    func siblings() {
        let many = (0..<40).map { "Content-Type: multipart/alternative; boundary=i\($0)\n\n--i\($0)--\n--o\n" }.joined()
        let status = "Content-Type: multipart/report; boundary=r\n\n--r\nContent-Type: message/delivery-status\n\n"
        let text =
            "Content-Type: multipart/mixed; boundary=o\n\n--o\n\(many)\(status)"
            + "Final-Recipient: rfc822; a@b.test\nStatus: 5.1.1\n--r--\n--o--\n"
        #expect(Bounce(reading: Array(text.utf8))?.recipients.map(\.address) == ["a@b.test"])
    }

    @Test("an encoded text and a delivery status in quoted-printable are decoded")
    func encodings() throws {
        let text = "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\nPHVAeC50ZXN0PjoKNTUwIDUuMS4xIG5v\n"
        #expect(Bounce(reading: Array(text.utf8))?.recipients.map(\.reply) == ["550 5.1.1 no"])
        let quoted = """
            Content-Type: multipart/report; boundary=b

            --b
            Content-Type: message/global-delivery-status
            Content-Transfer-Encoding: quoted-printable

            Reporting-MTA: dns; x

            Final-Recipient: utf-8; =E3=81=82@b.test
            Status: 5.1.1
            Diagnostic-Code: smtp; 550 5.1.1 user=
            =20unknown a=-0b
            --b--
            """
        let bounce = try #require(Bounce(reading: Array(quoted.utf8)))
        #expect(bounce.recipients.map(\.address) == ["あ@b.test"])
        #expect(bounce.recipients.map(\.reply) == ["550 5.1.1 user unknown a=-0b"])
    }

    @Test("words that merely begin with a digit stand behind their status")
    func digits() throws {
        for (diagnostic, reply) in [
            ("smtp; 3 attempts failed", "5.1.1 3 attempts failed"), ("smtp; 550 no", "550 no"),
            ("smtp; 5.1.0 - Unknown address error 550-'5.1.1 no'", "5.1.0 - Unknown address error 550-'5.1.1 no'"),
        ] {
            let text = "Final-Recipient: rfc822; a@b.test\nStatus: 5.1.1\nDiagnostic-Code: \(diagnostic)\n"
            #expect(Bounce(reading: Array(text.utf8))?.recipients.map(\.reply) == [reply])
        }
    }

    @Test("parts in parts in parts are read to a depth, and not once for each part", .timeLimit(.minutes(1)))
    func nesting() {
        let text = (0..<20_000).map { "Content-Type: multipart/mixed; boundary=b\($0)\n\n--b\($0)\n" }.joined()
        #expect(Bounce(reading: Array(text.utf8)) == nil)
    }

    @Test(
        "what is no bounce is none", arguments: ["", "\n\n", "hello", "Subject: x\n\nnothing was said", "--b\n--b--"])
    func nothing(_ text: String) { #expect(Bounce(reading: Array(text.utf8)) == nil) }

    @Test("a success notification has nothing to explain")
    func delivered() throws {
        let text = "Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822; a@b.test\nAction: delivered\nStatus: 2.0.0\n"
        let bounce = try #require(Bounce(reading: Array(text.utf8)))
        #expect(bounce.recipients.map(\.isDelivered) == [true])
        #expect(bounce.traceWords == "a@b.test")
    }

    @Test("any bytes are read, and none is a trap")
    func anything() {
        var random = SeededBytes(seed: 7)
        let pieces = Self.postfix.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for _ in 0..<300 {
            let text = (0..<40).map { _ in pieces[Int.random(in: 0..<pieces.count, using: &random)] }
                .joined(separator: "\n")
            var bytes = Array(text.utf8)
            for _ in 0..<20 where !bytes.isEmpty {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            let bounce = Bounce(reading: bytes)
            #expect(bounce?.recipients.isEmpty != true)
        }
    }
}
