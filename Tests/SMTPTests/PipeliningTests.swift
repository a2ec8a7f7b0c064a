import MailVocabulary
import SMTP
import TestSupport
import Testing

@Suite("Pipelining and XCLIENT")
struct PipeliningTests {
    @Test("MAIL, every RCPT and DATA go out together, and each reply belongs to its own")
    func pipelines() {
        var story = greeted("250-mx\r\n250 PIPELINING\r\n")
        for line in ["MAIL FROM:<probe@example.net>", "RCPT TO:<a@x.test>", "RCPT TO:<b@x.test>", "DATA"] {
            story.expect(line)
        }
        story.receive("250 ok\r\n550 5.1.1 no\r\n250 ok\r\n354 go\r\n")
        story.expectMessage()
        story.receive("250 2.0.0 queued\r\n")
        #expect(story.failures == [])
        #expect(story.record.recipients.map(\.isTaken) == [false, true])
        #expect(story.record.progress.isPlanDone)
    }

    @Test("when no recipient was accepted and DATA is open all the same, a lone dot is all that follows")
    func sendsLoneDot() {
        var story = greeted("250-mx\r\n250 PIPELINING\r\n")
        for line in ["MAIL FROM:<probe@example.net>", "RCPT TO:<a@x.test>", "RCPT TO:<b@x.test>", "DATA"] {
            story.expect(line)
        }
        story.receive("250 ok\r\n550 no\r\n550 no\r\n354 go\r\n")
        story.expect(".")
        story.receive("554 5.5.1 no valid recipients\r\n")
        #expect(story.failures == [])
        #expect(story.record.messagesAccepted == 0)
    }

    @Test("a refused MAIL ends it, and nothing of the message goes out")
    func stopsAtRefusedMail() {
        var story = greeted("250-mx\r\n250 PIPELINING\r\n")
        for line in ["MAIL FROM:<probe@example.net>", "RCPT TO:<a@x.test>", "RCPT TO:<b@x.test>", "DATA"] {
            story.expect(line)
        }
        story.receive("550 5.7.1 no\r\n503 first\r\n503 first\r\n503 first\r\n")
        #expect(story.failures == [])
        #expect(story.machine.isAtRest)
    }

    @Test("without the keyword the commands wait for each other, and the transcript says so")
    func waits() {
        var story = greeted("250 mx\r\n")
        story.expect("MAIL FROM:<probe@example.net>")
        #expect(story.failures == [])
        #expect(story.notes == ["left out: pipelining, because the server does not offer PIPELINING"])
    }

    @Test("XCLIENT stands before MAIL, and its 220 begins the conversation anew")
    func introduces() {
        var plan = MessageTests.plan
        (plan.tls, plan.clientAttributes) = (.never, ["ADDR=192.0.2.1"])
        var story = greeted("250-mx\r\n250 XCLIENT NAME ADDR\r\n", plan: plan, order: .run(upTo: .recipient))
        story.expect("XCLIENT ADDR=192.0.2.1")
        story.receive("220 mx ESMTP\r\n")
        story.expect("EHLO probe.example.net")
        story.receive("250 mx\r\n")
        story.expect("MAIL FROM:<probe@example.net>")
        story.receive("250 ok\r\n")
        story.expect("RCPT TO:<user@example.test>")
        story.receive("250 ok\r\n")
        #expect(story.failures == [])
        #expect(story.record.progress.isPlanDone)
    }

    @Test("XCLIENT that is not offered, or refused, ends the run before MAIL")
    func isNotIntroduced() {
        var plan = MessageTests.plan
        (plan.tls, plan.clientAttributes) = (.never, ["ADDR=192.0.2.1"])
        let missing = greeted("250 mx\r\n", plan: plan, order: .run(upTo: .recipient))
        #expect(missing.failures == [])
        #expect(missing.notes == ["XCLIENT is not tried: the server does not offer it"])
        var refused = greeted("250-mx\r\n250 XCLIENT ADDR\r\n", plan: plan, order: .run(upTo: .recipient))
        refused.expect("XCLIENT ADDR=192.0.2.1")
        refused.receive("550 5.7.0 insufficient authorization\r\n")
        #expect(refused.failures == [])
        #expect(refused.record.decidingRefusal != nil)
    }

    private func greeted(
        _ hello: String, plan given: SessionPlan? = nil, order: SessionOrder = .sendMessage
    ) -> Playbook {
        var plan = MessageTests.plan
        (plan.tls, plan.stopAfter, plan.pipelines) = (.never, .endOfData, true)
        plan.recipients = [Recipient("a@x.test"), Recipient("b@x.test")]
        var story = Playbook(given ?? plan)
        story.connect()
        story.receive("220 mx ESMTP\r\n")
        story.order(order)
        story.expect("EHLO probe.example.net")
        story.receive(hello)
        return story
    }
}
