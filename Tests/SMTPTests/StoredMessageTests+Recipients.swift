import MailVocabulary
import TestSupport
import Testing

@testable import SMTP

/// Where each recipient has a reply of its own, a message that comes from its file piece by piece is no exception.
extension StoredMessageTests {
    private static let paths = ["a@x.test", "b@x.test"]

    private static func plan() -> SessionPlan {
        var plan = rawPlan(.file(file(text)))
        plan.mail.size = nil
        plan.recipients = paths.map { Recipient($0) }
        return plan
    }

    /// The envelope, then the whole file and the dot behind it.
    private static func send(_ story: inout Playbook, parameters: String = "") {
        story.expect("MAIL FROM:<probe@example.net>" + parameters)
        story.receive("250 ok\r\n")
        for path in paths {
            story.expect("RCPT TO:<\(path)>")
            story.receive("250 ok\r\n")
        }
        story.expect("DATA")
        story.receive("354 go\r\n")
        while story.wanted != nil { story.bring(from: text) }
        story.expectMessage()
    }

    /// An LMTP session up to the dot.
    private static func sentLocally() -> Playbook {
        var plan = plan()
        plan.isLMTP = true
        var story = Playbook(plan)
        story.order(.sendMessage)
        story.connect()
        story.receive("220 mx\r\n")
        story.expect("LHLO probe.example.net")
        story.receive("250 mx\r\n")
        send(&story)
        return story
    }

    @Test("in LMTP each recipient has its reply after a message from a file, too")
    func localDelivery() {
        var story = Self.sentLocally()
        story.receive("250 2.1.5 a has it\r\n")
        #expect(!story.machine.isAtRest)
        story.receive("452 4.2.2 b is full\r\n")
        #expect(story.record.recipients.map(\.isTaken) == [true, false])
        #expect(story.record.recipients.map { $0.delivery?.code } == [250, 452])
        #expect(story.machine.isAtRest)
        #expect(story.failures == [])
    }

    @Test("an LMTP connection that is lost between the replies leaves only the rest of the recipients unknown")
    func lostBetween() {
        var story = Self.sentLocally()
        story.receive("250 2.1.5 a has it\r\n")
        story.end(.reset)
        #expect(story.record.recipients.map(\.isTaken) == [true, false])
        #expect(story.record.closed?.leavesOutcomeUnknown(at: story.record.stage) == true)
    }

    @Test("with PRDR each recipient has its reply to a message from a file, and then the message has")
    func recipientReplies() {
        var plan = Self.plan()
        plan.services.wantsRecipientReplies = true
        var story = Self.story(plan, extensions: "250 PRDR\r\n")
        Self.send(&story, parameters: " PRDR")
        story.receive("353 content analysis has started\r\n250 a wants it\r\n550 5.7.1 b does not\r\n")
        #expect(story.record.progress.messagesTaken == 0)
        story.receive("250 2.0.0 OK id=1abc\r\n")
        #expect(story.record.recipients.map(\.isTaken) == [true, false])
        #expect(story.record.messagesAccepted == 1)
        #expect(story.machine.isAtRest)
        #expect(story.failures == [])
    }
}
