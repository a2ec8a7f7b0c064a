import SMTP
import Testing
import Triage

@Suite("Replies that were once explained wrongly")
struct MistakenReplyTests {
    private func explain(
        _ reply: String, at stage: SessionStage? = nil, vendor: String? = nil
    ) throws -> ReplyExplanation {
        try SharedCatalogue.get().explain(ReplyQuery(reply: reply, stage: stage, vendor: vendor), in: .english)
    }

    @Test("a recipient with invalid characters is a malformed address, not a missing mailbox")
    func characters() throws {
        let explanation = try explain("553 5.1.3 <a b@example.com>... invalid characters", at: .recipient)
        #expect(explanation.entry == "generic.mailbox_unknown.characters")
        #expect(explanation.causes.first?.id == "address-syntax")
    }

    @Test("a temporary error of SPF is first the DNS of the sender's domain, and the record only later")
    func senderPolicy() throws {
        let explanation = try explain("451 4.7.24 SPF temporary error", at: .sender)
        #expect(explanation.causes.map(\.id).first == "sender-dns-failing")
        #expect(explanation.causes.first?.check == .senderPolicy)
    }

    @Test("a server that names another MX is asked for it, and is no postscreen that has just finished its tests")
    func anotherExchanger() throws {
        let reply = "450 4.3.2 Service currently unavailable, please use another MX"
        let explanation = try explain(reply, at: .recipient, vendor: "postfix")
        #expect(explanation.entry == "generic.system.other-mx")
        #expect(explanation.next.first?.deed == .check(.otherExchanger))
        let postscreen = try explain("450 4.3.2 Service currently unavailable", at: .recipient, vendor: "postfix")
        #expect(postscreen.entry == "postfix.system.postscreen")
    }

    @Test(
        "a reply that says only that it failed is told as such, and no cause is made up",
        arguments: [
            ("554 Transaction failed", "generic.unknown.failed"),
            ("450 4.0.0 Message deferred", "generic.unknown.deferred"),
        ])
    func noCause(reply: String, entry: String) throws {
        let explanation = try explain(reply, at: .endOfData)
        #expect(explanation.entry == entry)
        #expect(explanation.replyClass == "unknown")
    }

    @Test(
        "words that stand in replies of several causes decide none of them",
        arguments: [
            ("421 4.3.2 Server is at capacity, please try again later", "mailbox_full"),
            ("451 4.7.1 Sandbox analysis pending, please try again later", "malware"),
            ("552 5.2.2 Mailbox contents are larger than the quota", "message_size"),
            ("452 4.3.1 insufficient memory, request larger than available", "message_size"),
            ("550 5.7.1 Relaying is turned off", "mailbox_inactive"), ("502 5.5.1 VRFY turned off", "mailbox_inactive"),
            ("451 4.7.1 no answer from policy server", "network"),
            ("450 4.2.1 The mailbox was moved to another server", "system"),
        ])
    func commonWords(reply: String, mistaken: String) throws {
        #expect(try explain(reply).replyClass != mistaken)
    }

    @Test(
        "the plain words for a mailbox, a login and a size are known in other languages too",
        arguments: [
            ("550 Benutzer nicht vorhanden", "mailbox_unknown"), ("550 El usuario no existe", "mailbox_unknown"),
            ("550 用户不存在", "mailbox_unknown"), ("550 宛先のユーザは存在しません", "mailbox_unknown"),
            ("550 Cuenta suspendida", "mailbox_inactive"), ("550 Ящик заблокирован", "mailbox_inactive"),
            ("552 Casella piena", "mailbox_full"), ("552 邮箱已满", "mailbox_full"),
            ("535 Anmeldung fehlgeschlagen", "smtp_auth"), ("552 mensaje demasiado grande", "message_size"),
            ("550 expéditeur refusé", "sender_rejected"), ("550 Mensagem classificada como spam", "spam_content"),
        ])
    func otherLanguages(reply: String, replyClass: String) throws {
        #expect(try explain(reply).replyClass == replyClass)
    }
}
