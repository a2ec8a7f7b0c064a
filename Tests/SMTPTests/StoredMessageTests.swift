import MailVocabulary
import TestSupport
import Testing

@testable import SMTP

/// A message that lies in a file, told to the state machine as its shell brings it.
@Suite("Message from a file")
struct StoredMessageTests {
    static func file(_ bytes: [UInt8], makesCRLF: Bool = false) -> StoredFile {
        var surveyor = ContentSurveyor(isText: true, makesCRLF: makesCRLF)
        surveyor.take(bytes)
        return StoredFile(
            path: "/m", state: .init(size: bytes.count, nanoseconds: 1, inode: 1), makesCRLF: makesCRLF,
            survey: surveyor.finished())
    }

    /// Longer than three pieces, with dots at the beginning of lines and a seam in the middle of one.
    static let text: [UInt8] = {
        let line = Array(".a line that begins with a dot\r\n..\r\n.b\r\n".utf8)
        return Array("Subject: big\r\n\r\n".utf8)
            + (0..<(ContentRequest.most * 3 / line.count)).flatMap { _ in line } + Array("no end".utf8)
    }()

    static func story(_ plan: SessionPlan, extensions: String = "250 SIZE\r\n") -> Playbook {
        var story = Playbook(plan)
        story.order(.sendMessage)
        story.connect()
        story.receive("220 mx\r\n")
        story.expect("EHLO probe.example.net")
        story.receive("250-mx\r\n" + extensions)
        return story
    }

    static func rawPlan(_ content: Content) -> SessionPlan {
        var plan = MessageTests.plan
        plan.tls = .never
        plan.message.raw = RawMessage(content)
        plan.mail.size = .ofMessage
        return plan
    }

    /// Up to the first piece that is wanted.
    static func opened(_ content: Content) -> Playbook {
        let plan = rawPlan(content)
        var story = story(plan)
        story.openData(demanding: " SIZE=\(content.count)")
        return story
    }

    @Test("goes out piece by piece as the whole would, and its size is known before", arguments: [false, true])
    func lines(makesCRLF: Bool) throws {
        let file = Self.file(Self.text, makesCRLF: makesCRLF)
        var story = Self.opened(.file(file))
        var pieces = 0
        while story.wanted != nil {
            story.bring(from: Self.text)
            pieces += 1
        }
        #expect(pieces == 4 || pieces == 3)
        let whole = RawMessage(Self.text)
        var plan = Self.rawPlan(.octets([]))
        plan.message.raw = makesCRLF ? whole.canonical : whole
        let wire = try MessageComposer.compose(plan).wire
        #expect(story.takeSent(wire.count) == wire)
        let sizes = story.record.events.compactMap { event -> Int? in
            guard case .sentMessage(let bytes, _, "big", _) = event.fact else { return nil }
            return bytes
        }
        #expect(sizes == [wire.count])
        story.receive("250 ok\r\n")
        #expect(story.machine.isAtRest && story.record.messagesAccepted == 1)
        #expect(story.failures == [])
    }

    @Test("several messages on one connection read the file again")
    func twice() {
        let file = Self.file(Self.text)
        var plan = Self.rawPlan(.file(file))
        plan.messages = 2
        plan.mail.size = nil
        var story = Self.story(plan)
        for _ in 0..<2 {
            story.openData()
            while story.wanted != nil { story.bring(from: Self.text) }
            story.expectMessage()
            story.receive("250 ok\r\n")
        }
        #expect(story.record.messagesAccepted == 2)
        #expect(story.failures == [])
    }

    @Test(
        "in chunks every octet comes once, and a chunk is as long as it says", arguments: [1000, 200_000, 10_000_000])
    func chunks(size: Int) {
        var plan = Self.rawPlan(.file(Self.file(Self.text)))
        plan.services.chunk = size
        plan.mail.size = nil
        var story = Self.story(plan, extensions: "250 CHUNKING\r\n")
        story.expect("MAIL FROM:<probe@example.net>")
        story.receive("250 ok\r\n")
        story.expect("RCPT TO:<user@example.test>")
        story.receive("250 ok\r\n")
        var text: [UInt8] = []
        while text.count < Self.text.count {
            let rest = Self.text.count - text.count
            while story.wanted != nil { story.bring(from: Self.text) }
            story.expect("BDAT \(min(size, rest))\(rest <= size ? " LAST" : "")")
            text += story.takeSent(min(size, rest))
            story.receive("250 ok\r\n")
        }
        #expect(text == Self.text)
        #expect(story.record.messagesAccepted == 1)
        #expect(story.failures == [])
    }

    @Test("a chunk that is refused on its way is finished, then RSET, and no other follows")
    func refusedChunk() {
        var plan = Self.rawPlan(.file(Self.file(Self.text)))
        plan.services.chunk = 200_000
        plan.mail.size = nil
        var story = Self.story(plan, extensions: "250 CHUNKING\r\n")
        story.expect("MAIL FROM:<probe@example.net>")
        story.receive("250 ok\r\n")
        story.expect("RCPT TO:<user@example.test>")
        story.receive("250 ok\r\n")
        story.expect("BDAT 200000")
        story.bring(from: Self.text)
        story.receive("552 too big\r\n")
        // What comes unasked for ends no chunk.
        story.receive("552 still too big\r\n")
        #expect(!story.isClosed)
        story.order(.type("NOOP"))
        while story.wanted != nil { story.bring(from: Self.text) }
        #expect(story.takeSent(200_000) == Array(Self.text.prefix(200_000)))
        story.expect("RSET")
        story.receive("250 ok\r\n")
        #expect(story.failures == [])
    }

    @Test("is an attachment in base64, and the message is what it would be from memory")
    func attachment() throws {
        var plan = MessageTests.plan
        plan.message.attachments = [try Attachment(name: "a.bin", content: .file(Self.file(Self.text)))]
        let stored = try MessageComposer.compose(plan)
        plan.message.attachments = [try Attachment(name: "a.bin", bytes: Self.text)]
        let held = try MessageComposer.compose(plan)
        #expect((stored.octets, stored.lines) == (held.octets, held.lines))
        #expect(stored.transparency == held.transparency && !stored.isHeld)
        var stream = MessageStream(stored.pieces)
        var bytes: [UInt8] = []
        while true {
            switch stream.next() {
            case .octets(let octets): bytes += octets
            case .read(let request):
                bytes += stream.take(Array(Self.text[request.offset..<request.offset + request.count]))
                continue
            case .end: break
            }
            if bytes.count >= held.octets { break }
        }
        #expect(bytes == held.bytes)
    }

    @Test("a refusal before the final dot ends it: nothing that follows would have a command of its own")
    func refusedMidway() {
        var story = Self.opened(.file(Self.file(Self.text)))
        story.bring(from: Self.text)
        story.receive("552 5.3.4 too big\r\n")
        #expect(story.isClosed && story.wanted == nil || story.isClosed)
        #expect(story.record.progress.message == .refused(552))
        #expect(story.record.messagesAccepted == 0)
        let closing = story.record.closed
        guard case .protocolViolation(let oddity) = closing else {
            Issue.record("closed by \(String(describing: closing))")
            return
        }
        #expect(oddity.evidence.hasPrefix("552 before the final dot"))
    }

    @Test("a 250 before the final dot is no success")
    func acceptedMidway() {
        var story = Self.opened(.file(Self.file(Self.text)))
        story.bring(from: Self.text)
        story.receive("250 ok\r\n")
        #expect(!story.isClosed && story.record.messagesAccepted == 0)
        while story.wanted != nil { story.bring(from: Self.text) }
        story.end(.finished)
        #expect(story.record.messagesAccepted == 0)
        #expect(story.record.closed == .closedByServer(during: .endOfData))
    }

    @Test("a server that takes no more of it is said to, and waited for three minutes")
    func stalled() {
        var story = Self.opened(.file(Self.file(Self.text)))
        story.bring(from: Self.text)
        story.wait(.seconds(100))
        story.bring(from: Self.text)
        story.wait(.seconds(179))
        #expect(!story.isClosed)
        story.wait(.seconds(2))
        #expect(story.record.closed == .replyTimedOut(.data))
        let notes = story.record.events.compactMap { event -> String? in
            if case .note(let words) = event.fact { words } else { nil }
        }
        #expect(notes.contains { $0.hasPrefix("the server has taken no more of the message for") })
    }

    @Test("no command goes into its text, and it can be cut short")
    func orders() {
        var story = Self.opened(.file(Self.file(Self.text)))
        story.order(.type("NOOP"))
        story.order(.proceed)
        story.order(.run(upTo: .recipient))
        #expect(story.failures == [])
        story.order(.stopWaiting)
        #expect(story.record.closed == .droppedByOperator)
    }

    @Test("a file that cannot be read any more is not ended by a dot")
    func unreadable() {
        var story = Self.opened(.file(Self.file(Self.text)))
        story.bring(from: Self.text)
        let before = story.takeSent(0).count
        story.failToRead("/m has been changed since it was looked at")
        #expect(before == 0 && story.isClosed)
        guard case .unreadable(let words) = story.record.closed else {
            Issue.record("closed otherwise")
            return
        }
        #expect(words.contains("broken off"))
    }

    @Test("dropped before the reply to its dot, as planned: every octet is out")
    func dropped() {
        var plan = Self.rawPlan(.file(Self.file(Self.text)))
        plan.dropsBeforeReply = .endOfData
        plan.mail.size = nil
        var story = Self.story(plan)
        story.openData()
        while story.wanted != nil { story.bring(from: Self.text) }
        #expect(story.isClosed)
        story.expectMessage()
        #expect(story.failures == [])
    }
}
