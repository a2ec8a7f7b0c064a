import MailLog
import MailVocabulary
import Testing

@Suite("Outcomes in a Sendmail log")
struct SendmailOutcomeTests {
    static let id = "612A05Gs000100"
    static let client = "relay=mx.sender.test [198.51.100.4]"

    static func sender(_ count: Int) -> String {
        "sendmail[100]: \(id): from=<a@sender.test>, size=143, class=0, nrcpts=\(count), msgid=<x1@sender.test>, "
            + "proto=ESMTP, daemon=MTA-v4, \(client)"
    }

    static func delivery(_ to: String, _ words: String) -> String {
        "sendmail[102]: \(id): to=\(to), delay=00:00:01, xdelay=00:00:01, mailer=esmtp, pri=30143, "
            + "relay=mx.corp.test [192.0.2.11], \(words)"
    }

    static let all: [(verdict: String, sentence: String, words: [String])] = [
        (
            "delivered", "\(id) was delivered to <b@corp.test> by mx.corp.test [192.0.2.11]: Ok: queued as X1",
            [sender(1), delivery("<b@corp.test>", "dsn=2.0.0, stat=Sent (Ok: queued as X1)")]
        ),
        (
            "bounced",
            "\(id) was bounced for <b@corp.test>, refused by mx.corp.test [192.0.2.11]: 550 5.1.1 No such user; the sender is "
                + "told by 612A05Gt000102",
            [
                sender(1), delivery("<b@corp.test>", "dsn=5.1.1, reply=550 5.1.1 No such user, stat=User unknown"),
                "sendmail[102]: \(id): 612A05Gt000102: DSN: User unknown",
            ]
        ),
        (
            "partly-delivered",
            "\(id) was delivered to 2 of 3 recipients; still queued for <d@corp.test>, delayed by mx.corp.test [192.0.2.11]: "
                + "451 4.7.1 later",
            [
                sender(3), delivery("<b@corp.test>,<c@corp.test>", "dsn=2.0.0, stat=Sent (Ok: queued as X1)"),
                delivery("<d@corp.test>", "dsn=4.7.1, reply=451 4.7.1 later, stat=Deferred: 451 4.7.1 later"),
            ]
        ),
        (
            "rejected", "\(id) was refused for <x@other.test>: 550 5.7.1 <x@other.test>... Relaying denied",
            [
                "sendmail[100]: \(id): ruleset=check_rcpt, arg1=<x@other.test>, \(client), reject=550 5.7.1 <x@other.test>... "
                    + "Relaying denied", sender(0),
            ]
        ),
        (
            "lost",
            "\(id) never arrived whole: the connection was lost (collect: premature EOM: unexpected close)",
            ["sendmail[100]: \(id): collect: premature EOM: unexpected close", sender(1)]
        ),
        (
            "no-message", "198.51.100.4 (mx.sender.test) came and went without sending a message",
            [
                "sendmail[100]: NOQUEUE: connect from mx.sender.test [198.51.100.4]",
                "sendmail[100]: \(id): mx.sender.test [198.51.100.4] did not issue MAIL/EXPN/VRFY/ETRN during connection to MTA",
            ]
        ),
    ]

    @Test("are told in one word and one sentence", arguments: all.indices)
    func told(_ number: Int) throws {
        let outcome = Self.all[number]
        let story = LogStory.syslog(outcome.words)
        let trace = try #require(story.index.traces(matching: "198.51.100.4").first)
        #expect(trace.verdict == outcome.verdict)
        #expect(trace.sentence == outcome.sentence)
        #expect(trace.firm == Array(1...outcome.words.count))
        #expect(story.index.formatName == "Sendmail log")
        #expect(story.index.understoodCount == outcome.words.count)
    }

    @Test("keep a process id that is used again apart by the client")
    func processes() {
        let second =
            "sendmail[100]: 612A07Gs000100: from=<c@other.test>, size=1, class=0, nrcpts=1, relay=[203.0.113.9]"
        let story = LogStory.syslog([Self.sender(1), second])
        #expect(story.index.traces(matching: "198.51.100.4").map(\.firm) == [[1]])
        #expect(story.index.traces(matching: "203.0.113.9").map(\.firm) == [[2]])
    }
}
