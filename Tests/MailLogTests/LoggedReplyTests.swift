import MailLog
import Testing

@Suite("Replies in log lines")
struct LoggedReplyTests {
    static let gateway = [
        (
            "Bounced: DCID 3 MID 4 to RID 0 - 5.1.0 - Unknown address error ('550', ['5.1.1 User unknown']) []",
            "550 5.1.1 User unknown"
        ),
        (
            "Bounced: DCID 3 MID 4 to RID 0 - 5.1.0 - x ('550', ['first line', \"that's all\"]) []",
            "550 first line that's all"
        ),
        (
            "Double bounce: MID 5 to 0 - 5.1.0 - Unknown address error 501-'5.5.4 Invalid Address'",
            "501 5.5.4 Invalid Address"
        ),
        ("MID 4 RID [0] Response '2.0.0 Ok: queued as 3jj'", "250 2.0.0 Ok: queued as 3jj"),
        ("Bounced: DCID 0 MID 4 to RID 0 - 5.4.7 - Delivery expired (message too old) ('000', ['timeout']) []", nil),
        ("MID 4 Subject '550 5.1.1 User unknown'", nil),
    ]

    @Test("are found where a gateway quotes them", arguments: gateway.indices)
    func found(_ number: Int) {
        let (words, reply) = Self.gateway[number]
        #expect(LogFormat.record(of: Array((LogStory.gatewayStamp(0) + words).utf8))?.reply == reply)
    }

    @Test("are found where Postfix quotes them")
    func postfix() {
        func reply(_ words: String) -> String? {
            LogFormat.record(of: Array("Feb  2 10:00:00 mx postfix/\(words)".utf8))?.reply
        }
        let to = "smtp[1]: C50F4FAC6F3: to=<b@corp.test>, relay=mx[192.0.2.1]:25, dsn=x, status="
        #expect(reply(to + "sent (250 2.0.0 Ok: queued as X)") == "250 2.0.0 Ok: queued as X")
        #expect(
            reply(to + "bounced (host mx[192.0.2.1] said: 550 5.1.1 no (in reply to RCPT TO command))")
                == "550 5.1.1 no")
        #expect(
            reply(to + "deferred (host mx[192.0.2.1] refused to talk to me: 421 4.3.2 busy)") == "421 4.3.2 busy")
        #expect(reply(to + "deferred (connect to mx[192.0.2.1]:25: Connection timed out)") == nil)
        #expect(
            reply(
                "smtpd[1]: NOQUEUE: reject: RCPT from a[192.0.2.2]: 554 5.7.1 blocked; from=<a@b> to=<c@d> proto=ESMTP")
                == "554 5.7.1 blocked")
    }
}
