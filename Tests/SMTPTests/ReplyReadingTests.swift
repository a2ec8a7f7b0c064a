import MailVocabulary
import SMTP
import Testing

@Suite("What replies tell")
struct ReplyReadingTests {
    @Test(
        "the id of an acceptance is found",
        arguments: [
            ("250 ok: Message 214 accepted", [AcceptanceID.mid(214)]),
            ("250 ok:  Message 214 accepted", [.mid(214)]),
            ("250 2.0.0 Ok: queued as 4jX2Q15TbJz2Pshq", [.queueID("4jX2Q15TbJz2Pshq")]),
            ("250 OK id=1qAbCd-0001Ef-2G", [.queueID("1qAbCd-0001Ef-2G")]),
            ("250 2.0.0 s8P0PBDv017190 Message accepted for delivery", [.queueID("s8P0PBDv017190")]),
            (
                "250 2.6.0 <f3a1@mail1.example.test> [InternalId=3512, Hostname=mail1] Queued mail for delivery",
                [.queueID("3512"), .queueID("f3a1@mail1.example.test")]
            ),
            ("250 2.6.0 <f3a1@mail1.example.test> Queued mail for delivery", [.queueID("f3a1@mail1.example.test")]),
            ("250 ok 1700000000 qp 12345", [.queueID("12345")]),
            ("250 2.0.0 OK  1700000000 a1-20020a05si123.4 - gsmtp", [.queueID("a1-20020a05si123.4")]),
            ("250 2.0.0 Message accepted for delivery", []),
            ("250 ok", []),
            ("550 queued as X", []),
        ])
    func findsAcceptance(line: String, ids: [AcceptanceID]) throws {
        #expect(AcceptanceID.all(in: try reply(line)) == ids)
    }

    @Test("a blank ends an EHLO keyword even with a combining mark behind it")
    func blankIsAByte() {
        let hello = Reply(code: 250, lines: [Array("mx".utf8), Array("SIZE \u{0301}x\t\u{07F3}".utf8)])
        #expect(EHLOKeyword.list(in: hello) == [EHLOKeyword("SIZE", ["\u{0301}x", "\u{07F3}"])])
    }

    @Test("EHLO keywords have no case, the old AUTH= is joined with AUTH, and the unknown is kept")
    func readsKeywords() throws {
        let hello = try reply(
            "250-mx hello\n250-size 33554432\n250-AUTH PLAIN LOGIN\n250-AUTH=LOGIN XOAUTH\n250 XFOO a b")
        #expect(
            EHLOKeyword.list(in: hello) == [
                EHLOKeyword("SIZE", ["33554432"]), EHLOKeyword("AUTH", ["PLAIN", "LOGIN", "XOAUTH"]),
                EHLOKeyword("XFOO", ["a", "b"]),
            ])
    }

    @Test(
        "the product is guessed from its own words",
        arguments: [
            ("220 mx.example.test ESMTP Postfix (Debian/GNU)", "postfix"), ("220 mx ESMTP Exim 4.96", "exim"),
            ("220 rcdn-core-3 ESMTP Sendmail 8.14.5/8.14.5", "sendmail"),
            ("220 mx.google.com ESMTP x - gsmtp", "google"),
            ("220 mail1 Microsoft ESMTP MAIL Service ready", "exchange"), ("220 mx ESMTP OpenSMTPD", "opensmtpd"),
            ("220 mx.example.test ESMTP", nil),
        ] as [(String, String?)])
    func guessesVendor(greeting: String, vendor: String?) throws {
        #expect(ServerVendor.guess(greeting: try reply(greeting), hello: nil, keywords: []) == vendor)
    }

    private func reply(_ text: String) throws -> Reply {
        var parser = ReplyParser()
        parser.feed(text.utf8.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] } + [0x0D, 0x0A])
        guard case .reply(let reply) = parser.next() else { throw Unread() }
        return reply
    }

    private struct Unread: Error {}
}
