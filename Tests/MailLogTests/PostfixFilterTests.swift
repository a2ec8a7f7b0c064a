import MailLog
import MailVocabulary
import Testing

@Suite("Content filters behind Postfix")
struct PostfixFilterTests {
    static let arrival = [
        "postfix/smtpd[229]: connect from mx.sender.test[198.51.100.4]",
        "postfix/smtpd[229]: 4jX2Q15TbJz2Pshq: client=mx.sender.test[198.51.100.4]",
        "postfix/qmgr[216]: 4jX2Q15TbJz2Pshq: from=<a@sender.test>, size=356, nrcpt=1 (queue active)",
    ]
    static let again = [
        "postfix/smtpd[300]: connect from localhost[127.0.0.1]",
        "postfix/smtpd[300]: 4jX2Q25d8Vz2PsRL: client=localhost[127.0.0.1]",
        "postfix/qmgr[216]: 4jX2Q25d8Vz2PsRL: from=<a@sender.test>, size=900, nrcpt=1 (queue active)",
    ]
    static let handedOver =
        "postfix/smtp[220]: 4jX2Q15TbJz2Pshq: to=<b@corp.test>, relay=127.0.0.1[127.0.0.1]:10024, delay=0.4, "
        + "delays=0/0/0/0.4, dsn=2.0.0, status=sent (250 2.0.0 from MTA(smtp:[127.0.0.1]:10025): 250 2.0.0 Ok: queued as "
        + "4jX2Q25d8Vz2PsRL)"
    static let bounced =
        "postfix/smtp[221]: 4jX2Q25d8Vz2PsRL: to=<b@corp.test>, relay=mx.corp.test[192.0.2.11]:25, delay=0.1, "
        + "delays=0/0/0/0.1, dsn=5.1.1, status=bounced (host mx.corp.test[192.0.2.11] said: 550 5.1.1 User unknown (in reply to "
        + "RCPT TO command))"

    @Test("give a message back under a new queue id, and the end of that one is the end of the message")
    func reinjected() throws {
        let story = LogStory.syslog(Self.arrival + Self.again + [Self.handedOver, Self.bounced])
        let trace = try #require(story.index.traces(matching: "198.51.100.4").first)
        #expect(trace.verdict == "bounced")
        #expect(trace.messages.first?.recipients.map(\.outcome) == [.bounced])
        #expect(trace.messages.first?.derived == [.queueID("4jX2Q25d8Vz2PsRL")])
        #expect(trace.firm == [1, 2, 3, 5, 6, 7, 8])
        #expect(story.index.trace(for: .queueID("4jX2Q25d8Vz2PsRL"))?.address?.description == "198.51.100.4")
    }

    @Test("speak in lines of their own: amavis and rspamd")
    func lines() throws {
        let amavis =
            "amavis[123]: (00123-01) Passed CLEAN {RelayedInbound}, [198.51.100.4]:40111 <a@sender.test> -> <b@corp.test>, "
            + "Queue-ID: 4jX2Q15TbJz2Pshq, Message-ID: <x@sender.test>, Hits: -0.1, size: 900, queued_as: 4jX2Q25d8Vz2PsRL, 380 ms"
        let rspamd =
            "rspamd[1]: <8ae27d>; proxy; rspamd_task_write_log: id: <x@sender.test>, qid: <4jX2Q15TbJz2Pshq>, ip: 198.51.100.4, "
            + "(default: F (no action): [-0.64/20.00]"
        let story = LogStory.syslog(Self.arrival + [rspamd] + Self.again + [amavis, Self.handedOver, Self.bounced])
        let trace = try #require(story.index.traces(matching: "198.51.100.4").first)
        #expect(trace.verdict == "bounced")
        #expect(trace.firm == [1, 2, 3, 4, 6, 7, 8, 9, 10])
        #expect(story.index.understoodCount == 10)
    }

    @Test("throw a message away although Postfix says sent")
    func discarded() throws {
        let story = LogStory.syslog(
            Self.arrival + [
                "amavis[123]: (00123-02) Blocked SPAM {DiscardedInbound,Quarantined}, [198.51.100.4] <a@sender.test> -> "
                    + "<b@corp.test>, Queue-ID: 4jX2Q15TbJz2Pshq, Hits: 31.2, size: 900, 380 ms",
                "postfix/smtp[220]: 4jX2Q15TbJz2Pshq: to=<b@corp.test>, relay=127.0.0.1[127.0.0.1]:10024, delay=0.4, "
                    + "delays=0/0/0/0.4, dsn=2.7.0, status=sent (250 2.7.0 Ok, discarded, id=00123-02 - spam)",
            ])
        let trace = try #require(story.index.traces(matching: "198.51.100.4").first)
        #expect(trace.verdict == "spam-dropped")
        #expect(trace.messages.first?.outcome == .dropped)
        #expect(trace.findings.contains { $0.kind.code == "log.message.dropped" })
    }

    @Test("do not matter to a refused connection, which belongs probably to the message its process names next")
    func unreachable() throws {
        let story = LogStory.syslog(
            Self.arrival + [
                "postfix/smtp[220]: connect to mx.corp.test[192.0.2.15]:25: Connection refused",
                "postfix/smtp[221]: connect to mx.other.test[192.0.2.16]:25: Connection refused",
                "postfix/smtp[220]: 4jX2Q15TbJz2Pshq: to=<b@corp.test>, relay=none, delay=0.1, delays=0/0/0/0, dsn=4.4.1, "
                    + "status=deferred (connect to mx.corp.test[192.0.2.15]:25: Connection refused)",
            ])
        let trace = try #require(story.index.traces(matching: "198.51.100.4").first)
        #expect(trace.firm == [1, 2, 3, 6])
        #expect(trace.probable == [4])
    }
}
