import SMTP
import Testing
import Triage

@Suite("Stage decides between meanings")
struct StageTests {
    /// Two stages that give one reply two classes or two entries.
    @Test(
        "the same reply means another thing at another stage",
        arguments: [
            ("421 zzz", SessionStage.connect, SessionStage.idle), ("450 zzz", .recipient, .sender),
            ("451 zzz", .recipient, .endOfData), ("452 zzz", .sender, .recipient),
            ("454 zzz", .startTLS, .authenticate),
            ("501 zzz", .hello, .sender), ("503 zzz", .sender, .data), ("550 zzz", .sender, .recipient),
            ("550 zzz", .recipient, .endOfData), ("552 zzz", .sender, .recipient), ("554 zzz", .connect, .recipient),
            ("554 zzz", .data, .endOfData), ("250 zzz", .hello, .endOfData),
        ])
    func differs(_ reply: String, _ first: SessionStage, _ second: SessionStage) throws {
        let catalogue = try SharedCatalogue.get()
        let answers = [first, second].map { catalogue.explain(ReplyQuery(reply: reply, stage: $0), in: .english) }
        #expect(answers[0].entry != answers[1].entry)
        #expect(answers[0].title != answers[1].title)
        #expect(answers.allSatisfy { $0.basis.contains("stage") })
    }

    @Test(
        "the class follows the stage",
        arguments: [
            ("454 zzz", SessionStage.startTLS, "tls"), ("454 zzz", .authenticate, "smtp_auth"),
            ("501 zzz", .hello, "host_identity"), ("501 zzz", .authenticate, "smtp_auth"),
            ("530 5.7.0 zzz", .startTLS, "tls"), ("552 zzz", .sender, "message_size"),
            ("552 zzz", .recipient, "mailbox_full"),
            ("452 zzz", .recipient, "rate_limit"), ("452 zzz", .sender, "system"), ("250 zzz", .recipient, "ok"),
        ])
    func classFollows(_ reply: String, _ stage: SessionStage, _ expected: String) throws {
        let answer = try SharedCatalogue.get().explain(ReplyQuery(reply: reply, stage: stage), in: .english)
        #expect(answer.replyClass == expected)
    }
}
