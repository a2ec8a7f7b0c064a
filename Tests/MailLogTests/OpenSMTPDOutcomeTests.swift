import MailLog
import MailVocabulary
import Testing

@Suite("Outcomes in an OpenSMTPD log")
struct OpenSMTPDOutcomeTests {
    static let session = "smtpd[66]: 2a35fc9ae4080d52 smtp"
    static let remote = "smtpd[66]: 2a35fc9d56cfd0dd mta"
    static let opening = ["\(session) connected address=198.51.100.4 host=mx.sender.test"]
    static let message = [
        "\(session) message msgid=ce6f855c size=370 nrcpt=1 proto=ESMTP",
        "\(session) envelope evpid=ce6f855cec6eb3cd from=<a@sender.test> to=<b@corp.test>",
        "\(session) disconnected reason=quit", "\(remote) connecting address=smtp://192.0.2.11:25 host=mx.corp.test",
        "\(remote) connected",
    ]

    static func delivery(_ words: String) -> String {
        "\(remote) delivery evpid=ce6f855cec6eb3cd from=<a@sender.test> to=<b@corp.test> rcpt=<-> source=\"192.0.2.1\" "
            + "relay=\"192.0.2.11 (mx.corp.test)\" delay=0s \(words)"
    }

    static let all: [(verdict: String, sentence: String, words: [String])] = [
        (
            "delivered", "ce6f855c was delivered to <b@corp.test> by 192.0.2.11 (mx.corp.test): 250 2.0.0 Ok: \"X1\"",
            opening + message + [delivery("result=\"Ok\" stat=\"250 2.0.0 Ok: \"X1\"\"")]
        ),
        (
            "bounced",
            "ce6f855c was bounced for <b@corp.test>, refused by 192.0.2.11 (mx.corp.test): 550 5.1.1 No such user",
            opening + message + [delivery("result=\"PermFail\" stat=\"550 5.1.1 No such user\"")]
        ),
        (
            "delayed-pending",
            "ce6f855c to <b@corp.test> is still queued since 10:00:01: delayed by 192.0.2.11 (mx.corp.test): 451 4.7.1 later",
            opening + message + [delivery("result=\"TempFail\" stat=\"451 4.7.1 later\"")]
        ),
        (
            "rcpt-rejected", "198.51.100.4 (mx.sender.test) was refused at RCPT: 550 Invalid recipient: <x@other.test>",
            opening + [
                "\(session) failed-command command=\"RCPT TO:<x@other.test>\" result=\"550 Invalid recipient: <x@other.test>\"",
                "\(session) disconnected reason=quit",
            ]
        ),
        (
            "tls-in-failed",
            "TLS with 198.51.100.4 (mx.sender.test) failed: io-error: error:0A00010B:SSL routines::wrong version number",
            opening + [
                "\(session) disconnected reason=\"io-error: error:0A00010B:SSL routines::wrong version number\""
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
        #expect(story.index.formatName == "OpenSMTPD log")
        #expect(story.index.understoodCount == outcome.words.count)
    }

    @Test("count a refused recipient with the message that the same session brings")
    func partly() {
        let refusal =
            "\(Self.session) failed-command command=\"rcpt TO:<no@corp.test>\" result=\"550 Invalid recipient: <no@corp.test>\""
        let words = Self.opening + [refusal] + Self.message + [Self.delivery("result=\"Ok\" stat=\"250 Ok\"")]
        let trace = LogStory.syslog(words).index.traces(matching: "ce6f855c").first
        #expect(trace?.verdict == "partly-delivered")
    }

    @Test("are found by either session")
    func sessions() {
        let story = LogStory.syslog(Self.opening + Self.message + [Self.delivery("result=\"Ok\" stat=\"250 Ok\"")])
        #expect(story.index.traces(matching: "2a35fc9ae4080d52").first?.verdict == "delivered")
        #expect(story.index.traces(matching: "2a35fc9d56cfd0dd").first?.verdict == "delivered")
        #expect(
            story.index.traces(matching: "2a35fc9d56cfd0dd").first?.keys.map(\.description) == [
                "2a35fc9ae4080d52", "2a35fc9d56cfd0dd",
            ])
    }

    @Test("are read in the words of the versions before 6.0")
    func old() {
        let story = LogStory.syslog([
            "smtpd[29]: smtp-in: New session 08d856b172f69c5c from host mx.sender.test [198.51.100.4]",
            "smtpd[29]: smtp-in: Accepted message 4296f490 on session 08d856b172f69c5c: from=<a@sender.test>, "
                + "to=<b@corp.test>, size=1746, ndest=1, proto=ESMTP",
            "smtpd[29]: smtp-in: Closing session 08d856b172f69c5c",
            "smtpd[29]: relay: Ok for 4296f490d3a1b2c4: session=08d856b4d3a1b2c4, from=<a@sender.test>, to=<b@corp.test>, "
                + "rcpt=<->, source=192.0.2.1, relay=192.0.2.11 (mx.corp.test), delay=1s, stat=250 2.0.0 Ok",
        ])
        let trace = story.index.traces(matching: "198.51.100.4").first
        #expect(trace?.verdict == "delivered")
        #expect(trace?.firm == [1, 2, 3, 4])
    }

    @Test("never show the argument of AUTH")
    func secret() {
        let record = LogFormat.record(
            of: Array(
                "Feb  2 10:00:04 mx \(Self.session) failed-command command=\"AUTH PLAIN AHVzZXIAcGFzcw==\" result=\"535 no\""
                    .utf8))
        #expect(record?.text.contains("AHVzZXIAcGFzcw") == false)
        #expect(record?.reply == "535 no")
    }
}
