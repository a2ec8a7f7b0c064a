import MailVocabulary
import SMTP
import TestSupport
import Testing

@Suite("LMTP")
struct LocalDeliveryTests {
    @Test("each accepted recipient has a reply of its own after the final dot, and refused ones have none")
    func repliesPerRecipient() {
        var story = opened(["a@example.test", "no@example.test", "b@example.test"])
        story.expect("RCPT TO:<a@example.test>")
        story.receive("250 ok\r\n")
        story.expect("RCPT TO:<no@example.test>")
        story.receive("550 5.1.1 no\r\n")
        story.expect("RCPT TO:<b@example.test>")
        story.receive("250 ok\r\n")
        story.expect("DATA")
        story.receive("354 go\r\n")
        story.expectMessage()
        story.receive("250 2.1.5 a has it\r\n")
        #expect(!story.machine.isAtRest)
        story.receive("452 4.2.2 b is full\r\n")
        #expect(story.failures == [])
        #expect(story.machine.isAtRest)
        let outcomes = story.record.recipients
        #expect(outcomes.map(\.path) == ["a@example.test", "no@example.test", "b@example.test"])
        #expect(outcomes.map(\.isTaken) == [true, false, false])
        #expect(outcomes.map { $0.delivery?.code } == [250, nil, 452])
        #expect(story.record.progress.messagesTaken == 1)
        let row = story.record.steps.first { $0.stage == .endOfData }
        #expect(row?.verdict == .refusedForNow)
        #expect(row?.outcome == "452 4.2.2 b is full")
    }

    @Test("a refusal is not covered by a later success")
    func keepsRefusal() {
        var story = opened(["a@example.test", "b@example.test"])
        for path in ["a", "b"] {
            story.expect("RCPT TO:<\(path)@example.test>")
            story.receive("250 ok\r\n")
        }
        story.expect("DATA")
        story.receive("354 go\r\n")
        story.expectMessage()
        story.receive("552 5.2.2 full\r\n250 2.1.5 ok\r\n")
        #expect(story.failures == [])
        #expect(story.record.steps.first { $0.stage == .endOfData }?.verdict == .refused)
        #expect(story.record.decidingRefusal != nil)
    }

    @Test("a refused LHLO is not followed by HELO")
    func hasNoFallback() {
        var plan = MessageTests.plan
        (plan.tls, plan.isLMTP) = (.never, true)
        var story = Playbook(plan)
        story.connect()
        story.receive("220 mx LMTP\r\n")
        story.order(.run(upTo: .recipient))
        story.expect("LHLO probe.example.net")
        story.receive("500 5.5.1 what\r\n")
        #expect(story.record.suggestion?.stage == .quit)
    }

    @Test("in SMTP the one reply after the dot is that of every accepted recipient")
    func sharesReply() {
        var plan = MessageTests.plan
        (plan.tls, plan.stopAfter) = (.never, .endOfData)
        var story = Playbook(plan)
        story.connect()
        story.receive("220 mx\r\n")
        story.order(.sendMessage)
        story.expect("EHLO probe.example.net")
        for (reply, next) in [
            ("250 mx\r\n", "MAIL FROM:<probe@example.net>"), ("250 ok\r\n", "RCPT TO:<user@example.test>"),
            ("250 ok\r\n", "DATA"),
        ] {
            story.receive(reply)
            story.expect(next)
        }
        story.receive("354 go\r\n")
        story.expectMessage()
        story.receive("250 2.0.0 queued\r\n")
        #expect(story.failures == [])
        #expect(story.record.recipients.map(\.isTaken) == [true])
    }

    private func opened(_ recipients: [String]) -> Playbook {
        var plan = MessageTests.plan
        (plan.tls, plan.stopAfter, plan.isLMTP) = (.never, .endOfData, true)
        plan.recipients = recipients.map { Recipient($0) }
        var story = Playbook(plan)
        story.connect()
        story.receive("220 mx LMTP\r\n")
        story.order(.sendMessage)
        story.expect("LHLO probe.example.net")
        story.receive("250 mx\r\n")
        story.expect("MAIL FROM:<probe@example.net>")
        story.receive("250 ok\r\n")
        return story
    }
}
