import MailVocabulary
import SMTP
import TestSupport
import Testing

@Suite("What the operator wants of a deviating server")
struct OperatorWishesTests {
    private func plan(_ change: (inout SessionPlan) -> Void = { _ in }) -> SessionPlan {
        var plan = MessageTests.plan
        (plan.tls, plan.stopAfter) = (.never, .endOfData)
        change(&plan)
        return plan
    }

    /// A session whose EHLO has just gone out.
    private func greeted(_ plan: SessionPlan) -> Playbook {
        var story = Playbook(plan)
        story.connect()
        story.receive("220 mx ESMTP\r\n")
        story.order(.sendMessage)
        story.expect("EHLO probe.example.net")
        return story
    }

    @Test("250 to DATA is followed by RSET, and no message goes out")
    func resetsAfterData() {
        var story = greeted(plan())
        for (line, reply) in [
            ("MAIL FROM:<probe@example.net>", "250 mx"), ("RCPT TO:<user@example.test>", "250 ok"), ("DATA", "250 ok"),
            ("RSET", "250 ok"),
        ] {
            story.receive(reply + "\r\n")
            story.expect(line)
        }
        story.receive("250 reset\r\n")
        #expect(story.failures == [])
        #expect(story.record.messagesAccepted == 0)
        #expect(story.record.decidingRefusal != nil)
    }

    @Test("while a reply drips its octets are told each second, after the first warning")
    func countsOctets() {
        var story = greeted(plan { $0.deadlines.command = .seconds(60) })
        for byte in "250 slowly, slowly".utf8 {
            story.wait(.milliseconds(500))
            story.receive([byte])
        }
        let octets = story.record.events.compactMap {
            if case .waiting(_, _, let count) = $0.fact { count } else { nil }
        }
        #expect(octets.count >= 4)
        #expect(octets == octets.sorted() && octets.last ?? 0 > octets.first ?? 0)
    }

    @Test("bytes behind the 220 of STARTTLS are thrown away where the plan says so, and named all the same")
    func discards() {
        var story = greeted(
            plan {
                $0.tls = .required
                $0.security.discardsInjection = true
            })
        story.receive("250-mx\r\n250 STARTTLS\r\n")
        story.expect("STARTTLS")
        story.receive("220 go\r\n250 injected\r\n")
        #expect(story.record.closed == nil)
        story.handshake()
        story.expect("EHLO probe.example.net")
        let names = story.record.events.compactMap {
            if case .oddity(let oddity, _) = $0.fact { oddity.kind } else { nil }
        }
        #expect(names == [.bytesAfterStartTLS])
        #expect(story.failures == [])
    }

    @Test(
        "attributes of XCLIENT and XFORWARD are those of their own command",
        arguments: [
            (ClientAttributes.client, "NAME=a  ADDR=192.0.2.1", "NAME=a ADDR=192.0.2.1"),
            (.forward, "IDENT=1", "IDENT=1"),
            (.client, "", ""),
        ])
    func attributes(command: ClientAttributes, text: String, expected: String?) throws {
        #expect(try command.reading(text) ?? "" == expected)
    }

    @Test("an attribute of the other command, without a value or with a line end is refused")
    func wrongAttributes() {
        for (command, text) in [
            (ClientAttributes.forward, "LOGIN=x"), (.client, "IDENT=1"), (.client, "NAME="),
            (.client, "NAME=a\r\nQUIT"),
        ] {
            #expect(throws: CommandFault.self) { try command.reading(text) }
        }
    }

    @Test("an attachment is written as a file with words behind it, and reads back as it was written")
    func attachments() throws {
        for text in ["/a b;c.pdf", "/a.pdf;type=application/pdf;name=x.pdf", "/p.png;id=p@x"] {
            #expect(try AttachmentSource(parsing: text).description == text)
        }
        #expect(try AttachmentSource(parsing: "/a/b.pdf").shownName == "b.pdf")
        for text in ["", ";type=a/b", "-", "/a\nb"] {
            #expect(throws: CommandFault.self) { try AttachmentSource(parsing: text) }
        }
    }

    @Test("a burst that cannot be says why in one sentence")
    func obstacles() {
        #expect(BurstPlan(plan(), sessions: 2, messages: 5).obstacle == nil)
        for (change, word) in [
            ({ $0.recipients = [] }, "recipient"), ({ $0.dropsAtEnd = true }, "drop"),
            ({ $0.connection.command = "nc x 25" }, "straight"), ({ $0.services.chunk = 9 }, "BDAT"),
            ({ $0.message.probe = SmugglingProbe.all[1] }, "probe"),
        ] as [((inout SessionPlan) -> Void, String)] {
            #expect(BurstPlan(plan(change), sessions: 2, messages: 5).obstacle?.contains(word) == true, "\(word)")
        }
        #expect(BurstPlan(plan(), sessions: 0, messages: 5).obstacle?.contains("1 to 1000") == true)
    }
}
