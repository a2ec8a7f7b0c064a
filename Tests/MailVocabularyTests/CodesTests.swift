import MailVocabulary
import Testing

@Suite("Codes and words")
struct CodesTests {
    @Test("an enhanced status code prints what it read, and reads nothing else")
    func status() {
        #expect(EnhancedStatusCode("5.1.1")?.description == "5.1.1")
        #expect(EnhancedStatusCode("4.7.650") == EnhancedStatusCode(4, 7, 650))
        for text in ["5.1", "3.1.1", "5.1.1.1", "5.x.1", " 5.1.1", "5.1.1234", "5..1"] {
            #expect(EnhancedStatusCode(text) == nil)
        }
    }

    @Test("a reply code knows what its first digit promises")
    func severity() {
        #expect(ReplyCode(421).severity == .transient)
        #expect(ReplyCode(354).severity?.isPositive == true)
        #expect(ReplyCode(999).severity == nil)
        #expect(ReplyCode(25).description == "025")
    }

    @Test("a mailbox is divided at its last at-sign and takes nothing that would become another command")
    func mailbox() {
        #expect(Mailbox("\"a@b\"@example.test")?.domain == "example.test")
        #expect(Mailbox("<user@example.test>")?.localPart == "user")
        for text in ["user", "@example.test", "user@", "a b@c", "a@b\r\nRCPT TO:<x@y>", "a>@b"] {
            #expect(Mailbox(text) == nil)
        }
    }

    @Test("a time is written the same way everywhere")
    func time() {
        #expect(Duration.milliseconds(412).brief == "412 ms")
        #expect(Duration.milliseconds(31_449).brief == "31.4 s")
        #expect(Duration.seconds(204).brief == "204 s")
    }
}
