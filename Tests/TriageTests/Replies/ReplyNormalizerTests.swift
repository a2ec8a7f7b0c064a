import MailVocabulary
import SMTP
import Testing
import Triage

@Suite("Reply normalizer")
struct ReplyNormalizerTests {
    private func text(_ reply: String) -> String {
        String(decoding: ReplyNormalizer.normalize(reply).folded, as: UTF8.self)
    }

    @Test("joins continuation lines and takes codes and enhanced codes out of each")
    func joinsLines() {
        let reply = ReplyNormalizer.normalize(
            "550-5.7.25 [192.0.2.1] The IP address does\r\n550 5.7.25 not have a PTR record")
        #expect(reply.code == 550)
        #expect(reply.status == EnhancedStatusCode(5, 7, 25))
        #expect(
            String(decoding: reply.folded, as: UTF8.self) == "[192.0.2.1] the ip address does not have a ptr record")
        #expect(String(decoding: reply.text, as: UTF8.self).hasPrefix("[192.0.2.1] The IP"))
        #expect(!reply.codesDiffer)
    }

    @Test(
        "reads enhanced codes as they are written in the wild",
        arguments: [
            ("421 #4.4.5 Too many connections", "4.4.5", "too many connections"),
            ("550 sorry, no mailbox here by that name. (#5.1.1)", "5.1.1", "sorry, no mailbox here by that name."),
            ("550 5.1.1: unknown", "5.1.1", "unknown"), ("550 5.1.1. Unknown", "5.1.1", "unknown"),
            ("550 [5.7.1] no", "5.7.1", "no"), ("550 <a@b.test>: 5.1.1 unknown", "5.1.1", "<a@b.test>: unknown"),
            ("5.1.1 unknown", "5.1.1", "unknown"), ("550-5.1.1 unknown", "5.1.1", "unknown"),
        ])
    func readsStatus(_ reply: String, _ status: String, _ text: String) {
        #expect(ReplyNormalizer.normalize(reply).status?.description == status)
        #expect(self.text(reply) == text)
    }

    @Test(
        "takes an address, a version or a time for no code",
        arguments: ["10.2.3.4 listed", "250:10:11 text", "2500 items"])
    func refusesNumbers(_ reply: String) {
        #expect(ReplyNormalizer.normalize(reply).code == nil)
    }

    @Test("leaves an IP address in the text")
    func leavesAddresses() {
        let reply = ReplyNormalizer.normalize("550 5.6.7.8 is listed")
        #expect(reply.status == nil)
        #expect(String(decoding: reply.text, as: UTF8.self) == "5.6.7.8 is listed")
    }

    @Test("keeps #4.x.2 as what it is: no enhanced code")
    func keepsOddStatus() {
        let reply = ReplyNormalizer.normalize("421 #4.x.2 Too many messages to this session")
        #expect(reply.status == nil)
        #expect(reply.oddStatus == "4.x.2")
        #expect(String(decoding: reply.folded, as: UTF8.self) == "too many messages to this session")
    }

    @Test("reads a code glued to a word")
    func readsGluedCode() {
        #expect(ReplyNormalizer.normalize("550Sorry, no").code == 550)
        #expect(text("550Sorry, no") == "sorry, no")
        #expect(ReplyNormalizer.normalize("550#5.1.0 no").status == EnhancedStatusCode(5, 1, 0))
    }

    @Test("takes the code of the last line and notes that the lines differ")
    func notesDifferingCodes() {
        let reply = ReplyNormalizer.normalize("220-mx.example.test\n421 too busy")
        #expect(reply.code == 421)
        #expect(reply.codesDiffer)
    }

    @Test("finds the reply and the stage in a pasted log line")
    func findsEmbeddedReply() {
        let line =
            "Nov 21 10:23:45 mx postfix/smtp[2501]: 4F2A: to=<u@example.test>, relay=mx[192.0.2.1]:25, delay=450, dsn=5.1.1, "
            + "status=bounced (host mx[192.0.2.1] said: 550 5.1.1 <u@example.test>: User unknown (in reply to RCPT TO command))"
        let reply = ReplyNormalizer.normalize(line)
        #expect(reply.code == 550)
        #expect(reply.status == EnhancedStatusCode(5, 1, 1))
        #expect(reply.stage == .recipient)
        #expect(String(decoding: reply.folded, as: UTF8.self) == "<u@example.test>: user unknown")
    }

    @Test("reads the quotations of Exim and Sendmail")
    func readsOtherLogs() {
        let exim =
            "** u@example.test R=dns T=smtp: SMTP error from remote mail server after end of data: 552 5.3.4 too big"
        #expect(ReplyNormalizer.normalize(exim).code == 552)
        #expect(ReplyNormalizer.normalize(exim).stage == .endOfData)
        let sendmail = "to=<u@example.test>, delay=00:00:01, dsn=4.2.0, stat=Deferred: 450 4.2.0 Greylisted"
        #expect(ReplyNormalizer.normalize(sendmail).code == 450)
    }

    @Test("has an answer for any bytes")
    func neverTraps() {
        var random = Randomness(seed: 0x5EED)
        let alphabet = Array("0123456789 .#-()[]<>{}x:\r\n\t\u{0}aZ\u{e9}\u{65e5}@".unicodeScalars)
        for _ in 0..<3000 {
            var text = ""
            for _ in 0..<random.below(80) { text.unicodeScalars.append(alphabet[random.below(alphabet.count)]) }
            let reply = ReplyNormalizer.normalize(text)
            #expect(reply.text.count == reply.folded.count)
        }
    }
}
