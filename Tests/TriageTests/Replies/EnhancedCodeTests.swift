import SMTP
import Testing
import Triage

@Suite("Enhanced codes against codes and words")
struct EnhancedCodeTests {
    private func answer(_ reply: String, at stage: SessionStage? = nil) throws -> ReplyExplanation {
        try SharedCatalogue.get().explain(ReplyQuery(reply: reply, stage: stage), in: .english)
    }

    @Test("a bare enhanced code that names a cause goes before what the code means at its stage")
    func statusBeforeCode() throws {
        #expect(try answer("550 5.1.1", at: .recipient).entry == "status.x-1-1")
        #expect(try answer("550 5.2.2 zzz", at: .recipient).replyClass == "mailbox_full")
        #expect(try answer("452 4.3.1 zzz", at: .recipient).replyClass == "system")
        #expect(try answer("554 5.1.2 zzz", at: .endOfData).replyClass == "domain_unknown")
    }

    @Test(
        "x.7.1 rules out what is no question of security or policy, and no more",
        arguments: [
            ("550 5.7.1 Policy does not allow this", SessionStage.recipient, "policy"),
            ("550 5.7.1 zzz", .recipient, "policy"), ("550 5.7.0 zzz", .recipient, "policy"),
            ("550 5.7.1 User unknown", .recipient, "mailbox_unknown"), ("554 5.7.1 zzz", .connect, "reputation"),
            ("550 5.7.1 zzz", .sender, "sender_rejected"), ("530 5.7.0 zzz", .startTLS, "tls"),
            ("550 5.0.0 zzz", .recipient, "mailbox_unknown"),
        ])
    func policyIsNoMailbox(_ reply: String, _ stage: SessionStage, _ expected: String) throws {
        #expect(try answer(reply, at: stage).replyClass == expected)
    }

    @Test("a number that only one product uses goes before a phrase that all use")
    func ownNumbersCount() throws {
        #expect(try answer("550 5.7.511 Access denied").entry == "exchange-online.sender_rejected.banned-number")
        #expect(try answer("550 5.7.1 Access denied").entry != "exchange-online.sender_rejected.banned-number")
    }
}
