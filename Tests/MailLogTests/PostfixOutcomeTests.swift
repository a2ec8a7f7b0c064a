import MailLog
import MailVocabulary
import Testing

@Suite("Outcomes in a Postfix log")
struct PostfixOutcomeTests {
    static let client = "mx.sender.test[198.51.100.4]"
    static let opening = ["smtpd[229]: connect from \(client)"]
    static let message = [
        "smtpd[229]: 4jX2Q15TbJz2Pshq: client=\(client)", "cleanup[231]: 4jX2Q15TbJz2Pshq: message-id=<x@sender.test>",
        "qmgr[216]: 4jX2Q15TbJz2Pshq: from=<a@sender.test>, size=356, nrcpt=1 (queue active)",
        "smtpd[229]: disconnect from \(client) ehlo=1 mail=1 rcpt=1 data=1 quit=1 commands=5",
    ]

    static func delivery(_ status: String) -> String {
        "smtp[220]: 4jX2Q15TbJz2Pshq: to=<b@corp.test>, relay=mx.corp.test[192.0.2.11]:25, delay=0.1, delays=0/0/0/0.1, \(status)"
    }

    static let all: [(verdict: String, sentence: String, words: [String])] = [
        (
            "delivered",
            "4jX2Q15TbJz2Pshq was delivered to <b@corp.test> by mx.corp.test[192.0.2.11]:25: 250 2.0.0 Ok: queued as X1",
            opening + message + [
                delivery("dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as X1)"), "qmgr[216]: 4jX2Q15TbJz2Pshq: removed",
            ]
        ),
        (
            "bounced",
            "4jX2Q15TbJz2Pshq was bounced for <b@corp.test>, refused by mx.corp.test[192.0.2.11]:25: 550 5.1.1 User unknown; "
                + "the sender is told by 4jX2Q25d8Vz2PsRL",
            opening + message + [
                delivery(
                    "dsn=5.1.1, status=bounced (host mx.corp.test[192.0.2.11] said: 550 5.1.1 User unknown (in reply to RCPT TO command))"
                ), "cleanup[231]: 4jX2Q25d8Vz2PsRL: message-id=<y@corp.test>",
                "bounce[246]: 4jX2Q15TbJz2Pshq: sender non-delivery notification: 4jX2Q25d8Vz2PsRL",
                "qmgr[216]: 4jX2Q15TbJz2Pshq: removed",
            ]
        ),
        (
            "delayed-pending",
            "4jX2Q15TbJz2Pshq to <b@corp.test> is still queued since 10:00:03: delayed by mx.corp.test[192.0.2.11]:25: 451 4.7.1 later",
            opening + message + [
                delivery(
                    "dsn=4.7.1, status=deferred (host mx.corp.test[192.0.2.11] said: 451 4.7.1 later (in reply to RCPT TO command))"
                )
            ]
        ),
        (
            "user-unknown",
            "198.51.100.4 (mx.sender.test) was refused because the recipient does not exist: 550 5.1.1 <b@corp.test>: "
                + "Recipient address rejected: User unknown in local recipient table",
            opening + [
                "smtpd[229]: NOQUEUE: reject: RCPT from \(client): 550 5.1.1 <b@corp.test>: Recipient address rejected: "
                    + "User unknown in local recipient table; from=<a@sender.test> to=<b@corp.test> proto=ESMTP helo=<x>",
                "smtpd[229]: disconnect from \(client) ehlo=1 mail=1 rcpt=0/1 quit=1 commands=3/4",
            ]
        ),
        (
            "lost",
            "4jX2Q15TbJz2Pshq never arrived whole: the connection was lost (lost connection after DATA (27 bytes) from "
                + "mx.sender.test[198.51.100.4])",
            opening + message.prefix(1) + ["smtpd[229]: lost connection after DATA (27 bytes) from \(client)"]
        ),
    ]

    @Test("are told in one word and one sentence", arguments: all.indices)
    func told(_ number: Int) throws {
        let outcome = Self.all[number]
        let story = LogStory.postfix(outcome.words)
        let trace = try #require(story.index.traces(matching: "198.51.100.4").first)
        #expect(trace.verdict == outcome.verdict)
        #expect(trace.sentence == outcome.sentence)
        #expect(trace.firm == Array(1...outcome.words.count), "every line belongs to it")
    }

    @Test("of one process after another are kept apart, although the process id is the same")
    func sessions() {
        let story = LogStory.postfix(
            Self.opening + [
                "smtpd[229]: disconnect from \(Self.client) quit=1 commands=1",
                "smtpd[229]: connect from unknown[192.0.2.66]",
                "smtpd[229]: disconnect from unknown[192.0.2.66] quit=1 commands=1",
            ])
        #expect(story.index.traces(matching: "198.51.100.4").map { $0.firm } == [[1, 2]])
        #expect(story.index.traces(matching: "192.0.2.66").map { $0.firm } == [[3, 4]])
    }

    @Test("are found by the queue id of the server's 250 reply")
    func queueID() throws {
        let index = LogStory.postfix(Self.opening + Self.message).index
        let trace = try #require(index.trace(for: .queueID("4jX2Q15TbJz2Pshq")))
        #expect(trace.verdict == "queued")
        #expect(trace.messages.first?.messageID == "<x@sender.test>")
        #expect(index.lineNumbers(of: .queueID("4jX2Q15TbJz2Pshq")) == [2, 3, 4])
        #expect(index.trace(for: .queueID("4jX2Q15TbJz2Psh")) == nil)
    }

    @Test("do not mix when a short queue id is given out again")
    func reuse() throws {
        let story = LogStory.postfix([
            "smtpd[1]: connect from a[192.0.2.1]", "smtpd[1]: C50F4FAC6F3: client=a[192.0.2.1]",
            "qmgr[2]: C50F4FAC6F3: removed", "smtpd[3]: connect from b[192.0.2.3]",
            "smtpd[3]: C50F4FAC6F3: client=b[192.0.2.3]",
        ])
        #expect(story.index.traces(matching: "192.0.2.1").map { $0.firm } == [[1, 2, 3]])
        #expect(story.index.traces(matching: "192.0.2.3").map { $0.firm } == [[4, 5]])
    }

    @Test("are the same in every frame that syslog puts around the lines")
    func frames() {
        for frame in [
            "<22>1 2026-02-02T10:00:00Z mx postfix 229 - -  ",
            "<22>1 2026-02-02T10:00:00Z mx postfix/smtpd 229 - [a b=\"c\"] ",
            "<22>1 2026-02-02T10:00:00Z mx postfix/smtpd 229 - - \u{FEFF}",
            "<22>Feb  2 10:00:00 mx postfix/smtpd[229]: ",
            "Feb  2 10:00:00 mx postfix/submission/smtpd[229]: ", "2026-02-02T10:00:00.1+09:00 mx postfix/smtpd[229]: ",
        ] {
            let story = LogStory("\(frame)connect from \(Self.client)\n\(frame)disconnect from \(Self.client) quit=1\n")
            #expect(story.index.traces(matching: "mx.sender.test").map { $0.firm } == [[1, 2]], "\(frame)")
        }
    }
}
