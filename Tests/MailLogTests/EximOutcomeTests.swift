import MailLog
import MailVocabulary
import Testing

@Suite("Outcomes in an Exim log")
struct EximOutcomeTests {
    static let id = "1xUr0Z-00001B-2I"
    static let arrived =
        "\(id) <= a@sender.test H=mx.sender.test [198.51.100.4] P=esmtp S=364 id=x1@sender.test"
    static let hop = "R=mx T=remote_smtp H=mx.corp.test [192.0.2.11]"

    static let all: [(verdict: String, sentence: String, words: [String])] = [
        (
            "delivered",
            "\(id) was delivered to <b@corp.test> by mx.corp.test [192.0.2.11]: 250 2.0.0 Ok: queued as X1",
            [arrived, "\(id) => b@corp.test \(hop) C=\"250 2.0.0 Ok: queued as X1\"", "\(id) Completed"]
        ),
        (
            "bounced",
            "\(id) was bounced for <b@corp.test>, refused by mx.corp.test [192.0.2.11]: 550 5.1.1 User unknown; the sender "
                + "is told by 1xUr0a-00001h-2a",
            [
                arrived,
                "\(id) ** b@corp.test \(hop): SMTP error from remote mail server after RCPT TO:<b@corp.test>: 550 5.1.1 User unknown",
                "1xUr0a-00001h-2a <= <> R=\(id) U=Debian-exim P=local S=2014", "\(id) Completed",
            ]
        ),
        (
            "delayed-pending",
            "\(id) to <b@corp.test> is still queued since 10:00:00: delayed by mx.corp.test [192.0.2.11]: 451 4.7.1 later",
            [
                arrived,
                "\(id) == b@corp.test \(hop): SMTP error from remote mail server after RCPT TO:<b@corp.test>: 451 4.7.1 later",
                "\(id) == b@corp.test routing defer (-52): retry time not reached",
            ]
        ),
        (
            "expired",
            "\(id) was not delivered to <b@corp.test> in time and returned to the sender: retry timeout exceeded",
            [arrived, "\(id) ** b@corp.test: retry timeout exceeded", "\(id) Completed"]
        ),
        (
            "user-unknown",
            "198.51.100.4 was refused because the recipient does not exist: rejected RCPT <x@corp.test>: Unknown user",
            ["H=(friend) [198.51.100.4] F=<s@bad.test> rejected RCPT <x@corp.test>: Unknown user"]
        ),
        (
            "tls-in-failed", "TLS with 198.51.100.4 failed: An unexpected TLS packet was received.",
            [
                "SMTP connection from [198.51.100.4]:40111 I=[192.0.2.25]:25 (TCP/IP connection count = 1)",
                "TLS error on connection from (x) [198.51.100.4]:40111 I=[192.0.2.25]:25 (gnutls_handshake): An unexpected "
                    + "TLS packet was received.",
                "SMTP connection from (x) [198.51.100.4]:40111 I=[192.0.2.25]:25 closed by EOF",
            ]
        ),
        (
            "milter-rejected", "\(id) was refused by a content filter (milter): rejected after DATA: this is spam",
            ["\(id) H=mx.sender.test [198.51.100.4] F=<a@sender.test> rejected after DATA: this is spam"]
        ),
    ]

    @Test("are told in one word and one sentence", arguments: all.indices)
    func told(_ number: Int) throws {
        let outcome = Self.all[number]
        let story = LogStory.exim(outcome.words)
        let trace = try #require(story.index.traces(matching: "198.51.100.4").first)
        #expect(trace.verdict == outcome.verdict)
        #expect(trace.sentence == outcome.sentence)
        #expect(trace.hasBeginning)
        #expect(trace.firm == Array(1...outcome.words.count))
        #expect(story.index.formatName == "Exim main log")
        #expect(story.index.understoodCount == outcome.words.count)
    }

    @Test("keep two connections of one client apart by the port")
    func ports() {
        let story = LogStory.exim([
            "SMTP connection from [198.51.100.4]:40111 I=[192.0.2.25]:25 (TCP/IP connection count = 1)",
            "SMTP connection from [198.51.100.4]:40112 I=[192.0.2.25]:25 (TCP/IP connection count = 2)",
            "H=(x) [198.51.100.4]:40112 I=[192.0.2.25]:25 F=<a@sender.test> rejected RCPT <no@corp.test>: Unknown user",
            "\(Self.id) <= a@sender.test H=(x) [198.51.100.4]:40112 I=[192.0.2.25]:25 P=esmtp S=364 id=x1@sender.test",
            "SMTP connection from (x) [198.51.100.4]:40112 I=[192.0.2.25]:25 closed by QUIT",
            "SMTP connection from (x) [198.51.100.4]:40111 I=[192.0.2.25]:25 lost D=4s",
            "\(Self.id) => b@corp.test \(Self.hop) C=\"250 2.0.0 Ok\"",
            // The port is used again by somebody's next connection.
            "SMTP connection from [198.51.100.4]:40112 I=[192.0.2.25]:25 (TCP/IP connection count = 1)",
        ])
        let traces = story.index.traces(matching: "198.51.100.4")
        #expect(traces.map(\.verdict) == ["lost", "partly-delivered", "open"])
        #expect(traces.map(\.firm) == [[1, 6], [2, 3, 4, 5, 7], [8]])
        #expect(
            story.index.trace(for: .queueID(Self.id))?.messages.first?.recipients.map(\.outcome) == [
                .rejected, .delivered,
            ])
        #expect(story.index.traces(matching: "<x1@sender.test>").count == 1)
    }

    @Test("are the same through syslog, with a zone and a process id, and with the ids of 4.97")
    func frames() {
        let id = "10HmaX-000000005vi-0000"
        for prefix in [
            "2026-02-02 10:00:01.250 +0100 [4711] ", "Feb  2 10:00:01 mx exim[4711]: 2026-02-02 10:00:01 ",
            "<22>Feb  2 10:00:01 mx exim[4711]: [1\\2] 2026-02-02 10:00:01 ",
        ] {
            let story = LogStory(
                "\(prefix)\(id) <= a@sender.test H=([192.0.2.200]) [198.51.100.4] P=esmtp S=364\n"
                    + "\(prefix)\(id) => local <local@corp.test> R=localuser T=local_delivery\n")
            let trace = story.index.trace(for: .queueID(id))
            #expect(trace?.address?.description == "198.51.100.4", "\(prefix)")
            #expect(trace?.messages.first?.recipients.map(\.address) == ["local@corp.test"], "\(prefix)")
            #expect(trace?.verdict == "delivered", "\(prefix)")
        }
    }
}
