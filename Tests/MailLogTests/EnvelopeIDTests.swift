import MailLog
import MailVocabulary
import Testing

@Suite("ENVID in logs of the dialogue")
struct EnvelopeIDTests {
    @Test("finds the connection of an Exchange protocol log by the ENVID of its MAIL, xtext decoded")
    func exchange() throws {
        let story = LogStory(
            ExchangeOutcomeTests.head
                + ExchangeOutcomeTests.receive(
                    "08DC6F0000000001", "198.51.100.4:51022",
                    [
                        "+,,", ">,220 ex1 ESMTP,", "<,EHLO probe.test,", ">,250 ex1,",
                        "<,MAIL FROM:<a@probe.test> RET=HDRS ENVID=QQ+2B314159,", ">,250 2.1.0 Sender OK,", "-,,Local",
                    ]))
        for needle in ["QQ+314159", "qq+314159"] {
            let trace = try #require(story.index.traces(matching: needle).first)
            #expect(trace.address?.description == "198.51.100.4")
        }
        #expect(story.index.traces(envelopeID: "QQ+314159").count == 1)
        #expect(story.index.traces(envelopeID: "QQ").isEmpty)
    }

    @Test("finds the connection of an injection debug log by the ENVID of its MAIL, not by the server's words")
    func injection() {
        let stamp = "Mon Feb  2 10:00:04 2026 Info: "
        let story = LogStory(
            stamp + "6 Sent to '198.51.100.4': '250 MAIL FROM ENVID=other\\015\\012'\n" + stamp
                + "6 Rcvd from '198.51.100.4': 'MAIL FROM:<a@probe.test> ENVID=314159\\015\\012'\n")
        #expect(story.index.traces(matching: "314159").map(\.keys) == [[.icid(6)]])
        #expect(story.index.traces(envelopeID: "other").isEmpty)
    }
}
