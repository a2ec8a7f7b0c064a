import MailLog
import Testing

@Suite("Postfix: a milter's verdict")
struct PostfixMilterTests {
    @Test("cleanup's milter-reject belongs to the message's session and makes no session of its own")
    func reject() throws {
        let log = """
            Nov 21 19:40:11 mx1 postfix/smtpd[2500]: connect from client.example[198.51.100.7]
            Nov 21 19:40:11 mx1 postfix/smtpd[2500]: 4jX2Q15TbJz2Pshq: client=client.example[198.51.100.7]
            Nov 21 19:40:12 mx1 postfix/cleanup[2501]: 4jX2Q15TbJz2Pshq: message-id=<a@client.example>
            Nov 21 19:40:12 mx1 postfix/cleanup[2501]: 4jX2Q15TbJz2Pshq: milter-reject: END-OF-MESSAGE from client.example[198.51.100.7]: 5.7.1 Spam message rejected; from=<a@client.example> to=<user@example.test> proto=ESMTP helo=<client.example>
            Nov 21 19:40:12 mx1 postfix/smtpd[2500]: disconnect from client.example[198.51.100.7] ehlo=1 mail=1 rcpt=1 data=0/1 quit=1 commands=4/5

            """
        var splitter = LineSplitter()
        var index = TraceIndex()
        for line in splitter.split(Array(log.utf8)) { index.append(line) }
        let traces = index.traces(matching: "198.51.100.7")
        #expect(traces.count == 1)
        #expect(try #require(traces.first).lines.map(\.number) == [1, 2, 3, 4, 5])
    }
}
