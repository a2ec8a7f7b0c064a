import MailLog
import MailVocabulary
import Testing

@Suite("A needle that is in the lines and in no trace")
struct LogMentionTests {
    private static let story = LogStory.postfix([
        "smtpd[7]: connect from mx.sender.test[198.51.100.4]",
        "smtp[9]: 4ABC12DEF0: to=<b@corp.test>, relay=10.9.0.77[10.9.0.77]:25, delay=1, dsn=2.0.0, status=sent "
            + "(250 2.0.0 Ok: queued as D74A85C126)",
        "smtp[9]: 4ABD12DEF0: to=<c@corp.test>, relay=10.9.0.77[10.9.0.77]:25, delay=1, dsn=2.0.0, status=sent (250 ok)",
        "smtp[9]: 4ABE12DEF0: to=<c@corp.test>, relay=10.9.0.78[110.9.0.77]:25, delay=1, dsn=2.0.0, status=sent (250 ok)",
        "smtpd[7]: disconnect from mx.sender.test[198.51.100.4]",
    ])

    private static func sentence(_ needle: String, files: [String] = []) -> String {
        var mention = LogMention(of: needle)
        for line in story.lines { mention.take(line.bytes.span, file: 0, number: line.number) }
        return story.index.absence(of: needle, files: files, mention: mention).sentence
    }

    @Test("as an address is a next hop, and so many deliveries went to it")
    func hop() {
        #expect(Self.sentence("10.9.0.77").hasSuffix("; but 2 deliveries went to it, the first in line 2"))
        #expect(Self.sentence("10.9.0.77", files: ["a", "b"]).hasSuffix("the first in line 2 of a"))
        #expect(Self.sentence("10.9.0.78").hasSuffix("; but one delivery went to it, line 4"))
    }

    @Test("is said with the lines that contain it, not as a part of a longer number")
    func contained() {
        #expect(Self.sentence("D74A85C126").hasSuffix("; but line 2 contains it"))
        #expect(Self.sentence("status=sent").hasSuffix("; but 3 lines contain it, the first is line 2"))
        #expect(!Self.sentence("10.9.0.7").contains("; but"))
        #expect(!Self.sentence("0.9.0.77").contains("; but"))
    }

    @Test("keeps the first line, without its secrets")
    func first() {
        var mention = LogMention(of: "sesame")
        mention.take(Array("6 Rcvd from '198.51.100.4': 'AUTH PLAIN c2VzYW1l' sesame".utf8).span, file: 1, number: 0)
        mention.setNumber(ofFirst: 12)
        #expect(mention.first?.number == 12)
        #expect(mention.first.map { !String(decoding: $0.bytes, as: UTF8.self).contains("c2VzYW1l") } == true)
    }
}
