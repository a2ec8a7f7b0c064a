import SMTP
import Testing
import Triage

@Suite("Doubt in explanations")
struct DoubtTests {
    private func answer(_ reply: String, _ stage: SessionStage? = nil) throws -> ReplyExplanation {
        try SharedCatalogue.get().explain(ReplyQuery(reply: reply, stage: stage), in: .english)
    }

    @Test("is never certain when phrases of one reply speak for two causes")
    func twoCauses() throws {
        #expect(try answer("550 mailbox full, user unknown").certainty != .certain)
    }

    @Test("takes no cause from the words of a URL")
    func wordsOfURL() throws {
        let plain = try answer("451 4.7.1 Come again, see http://www.example.com/xyz.html")
        let withURL = try answer("451 4.7.1 Come again, see http://www.example.com/reject-relay-virus.html")
        #expect(plain.replyClass == withURL.replyClass)
    }

    @Test("reads an unknown user as the sender at MAIL, as the login at AUTH, as the recipient at RCPT")
    func stageDecides() throws {
        #expect(try answer("550 no such user", .sender).replyClass == "sender_rejected")
        #expect(try answer("550 no such user", .authenticate).replyClass == "smtp_auth")
        #expect(try answer("550 no such user", .recipient).replyClass == "mailbox_unknown")
        #expect(try answer("550 no such user").replyClass == "mailbox_unknown")
    }

    @Test("makes nothing of a weak word that only a stage would explain, where the stage is not known")
    func weakWordWithoutStage() throws {
        #expect(try answer("550 Invalid route token").replyClass != "smtp_auth")
        #expect(try answer("535 Denied", .authenticate).entry == "generic.smtp_auth.at-auth")
    }

    @Test("believes the enhanced code of a sender's address over words that do not say whose address")
    func senderStatus() throws {
        #expect(try answer("550 5.1.7 No such domain example.invalid").replyClass == "sender_rejected")
        #expect(try answer("550 5.1.2 No such domain example.invalid").replyClass == "domain_unknown")
    }
}
