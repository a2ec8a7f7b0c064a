import MailVocabulary
import TestSupport
import Testing

@testable import SMTP

/// What is known of a message whose session ends before its replies are here.
extension StoredMessageTests {
    @Test("a connection that is lost before the final dot has delivered nothing; behind it nobody knows")
    func lost() {
        var story = Self.opened(.file(Self.file(Self.text)))
        story.bring(from: Self.text)
        story.end(.reset)
        #expect(story.record.closed == .reset(during: .data))
        #expect(story.record.closed?.leavesOutcomeUnknown(at: story.record.stage) == false)
        var late = Self.opened(.file(Self.file(Self.text)))
        while late.wanted != nil { late.bring(from: Self.text) }
        late.end(.reset)
        #expect(late.record.closed == .reset(during: .endOfData))
        #expect(late.record.closed?.leavesOutcomeUnknown(at: late.record.stage) == true)
    }

    /// In the middle of the chunk that is the whole message.
    private static func lastChunk() -> Playbook {
        var plan = rawPlan(.file(file(text)))
        plan.services.chunk = 10_000_000
        plan.mail.size = nil
        var story = story(plan, extensions: "250 CHUNKING\r\n")
        story.expect("MAIL FROM:<probe@example.net>")
        story.receive("250 ok\r\n")
        story.expect("RCPT TO:<user@example.test>")
        story.receive("250 ok\r\n")
        story.expect("BDAT \(text.count) LAST")
        story.bring(from: text)
        return story
    }

    @Test("a last chunk of which octets are missing has delivered nothing, whatever ends the session", arguments: 0..<6)
    func lostInLastChunk(way: Int) {
        var story = Self.lastChunk()
        switch way {
        case 0: story.end(.reset)
        case 1: story.end(.finished)
        case 2: story.failToRead("/m has been changed since it was looked at")
        case 3: story.wait(.seconds(181))
        case 4: story.receive("421 going down\r\n")
        default: story.order(.drop)
        }
        #expect(story.isClosed && story.record.stage == .chunk)
        #expect(story.record.closed?.leavesOutcomeUnknown(at: story.record.stage) == false)
        #expect(story.record.messagesAccepted == 0)
        if way == 0 { #expect(story.record.closed == .reset(during: .chunk)) }
        if way == 3 { #expect(story.record.closed == .replyTimedOut(.chunk)) }
    }

    @Test("behind the last octet of the last chunk nobody knows")
    func lostBehindLastChunk() {
        var story = Self.lastChunk()
        while story.wanted != nil { story.bring(from: Self.text) }
        story.end(.reset)
        #expect(story.record.closed == .reset(during: .endOfData))
        #expect(story.record.closed?.leavesOutcomeUnknown(at: story.record.stage) == true)
    }

    /// A dot between bare line feeds near the beginning.
    private static let early = Array("Subject: big\r\n\r\na\n.\n".utf8) + text

    @Test("where a server ends it early its replies are counted from the first octet on, and the rest goes out")
    func endsEarly() {
        var story = Self.opened(.file(Self.file(Self.early)))
        story.bring(from: Self.early)
        story.receive("250 taken\r\n")
        #expect(!story.isClosed && story.record.messagesAccepted == 1)
        story.receive("500 what is that\r\n")
        #expect(!story.isClosed)
        while story.wanted != nil { story.bring(from: Self.early) }
        let wire = DotStuffing.wire(ofMessage: Self.early)
        #expect(story.takeSent(wire.count) == wire)
        story.expect("QUIT")
        story.receive("500 what is that\r\n221 bye\r\n")
        #expect(story.record.closed == .quit && story.record.messagesAccepted == 1)
        let stages = story.record.events.compactMap { event -> SessionStage? in
            if case .received(_, let stage, _, _, _) = event.fact { stage } else { nil }
        }
        #expect(stages.suffix(4) == [.endOfData, .other, .other, .quit])
        #expect(story.failures == [])
    }

    @Test("one that may end early and is not ended is timed from its end; lost on its way, nobody knows")
    func mayEndEarly() {
        var story = Self.opened(.file(Self.file(Self.early)))
        story.bring(from: Self.early)
        story.wait(.seconds(100))
        while story.wanted != nil { story.bring(from: Self.early) }
        story.receive("250 taken\r\n221 bye\r\n")
        let timings = story.record.events.compactMap { event -> ReplyTiming? in
            if case .received(_, .endOfData, _, let timing, _) = event.fact { timing } else { nil }
        }
        #expect(timings.count == 1 && timings.allSatisfy { $0.lastByte < .seconds(10) })
        #expect(story.record.closed == .quit && story.record.messagesAccepted == 1)
        var lost = Self.opened(.file(Self.file(Self.early)))
        lost.bring(from: Self.early)
        lost.end(.reset)
        #expect(lost.record.closed?.leavesOutcomeUnknown(at: lost.record.stage) == true)
    }
}
