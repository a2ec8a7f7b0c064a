import MailVocabulary
import SMTP
import Testing

@Suite("Ids in replies to a message")
struct AcceptanceIDTests {
    @Test(
        "are found in the words of each product",
        arguments: [
            ("ok:  Message 214 accepted", ["MID 214"]), ("2.0.0 Ok: queued as 4jX2Q15TbJz2Pshq", ["4jX2Q15TbJz2Pshq"]),
            ("OK id=1qAbCd-0001Ef-2G", ["1qAbCd-0001Ef-2G"]),
            ("OK id=10HmaX-000000005vi-0000", ["10HmaX-000000005vi-0000"]),
            ("2.0.0 s8P0PBDv017190 Message accepted for delivery", ["s8P0PBDv017190"]),
            ("2.0.0 ce6f855c Message accepted for delivery", ["ce6f855c"]),
            (
                "2.6.0 <x1@h.test> [InternalId=3512, Hostname=ex1.corp.test] 2048 bytes Queued mail for delivery",
                ["3512", "x1@h.test"]
            ),
            ("ok 1700000000 qp 12345", ["12345"]), ("2.0.0 OK 1700000000 x7si123 - gsmtp", ["x7si123"]),
            ("Message Queued (6BD2C1E4-1.1)", ["6BD2C1E4-1.1"]), ("2.0.0 Message queued with id 3c7f9", ["3c7f9"]),
            ("SmtpThread-4711-1700000000@mx Received OK [Zx1-yQ.uk1]", ["Zx1-yQ.uk1"]),
            ("2.0.0 Ok", []), ("Ok: queued", []), ("Message queued for delivery", []), ("Thanks, received ok", []),
        ])
    func found(_ words: String, _ ids: [String]) {
        let reply = Reply(code: 250, lines: [Array(words.utf8)])
        #expect(AcceptanceID.all(in: reply).map(\.description) == ids)
    }
}
