import MailLog
import MailVocabulary
import Testing

@Suite("Needles")
struct NeedleTests {
    static let story = LogStory.gateway([
        "New SMTP ICID 6 interface Data 1 (192.0.2.25) address 198.51.100.4 reverse dns host mx.sender.test verified yes",
        "Start MID 214 ICID 6", "MID 214 ICID 6 From: <a@sender.test>", "MID 214 ICID 6 RID 0 To: <b@corp.test>",
        "MID 214 Subject 'Your invoice 4711'", "ICID 6 close",
        "New SMTP ICID 7 interface Data 1 (192.0.2.25) address 2001:db8::4 reverse dns host mx.other.test verified yes",
        "Start MID 215 ICID 7", "MID 215 ICID 7 From: <c@other.test>", "ICID 7 close",
    ])

    @Test(
        "lead to the connection by network, host, domain of sender or recipient, and words of the subject",
        arguments: [
            "198.51.100.0/24", "198.51.100.4/32", "0.0.0.0/0", "mx.sender.test", "Sender.Test", "corp.test",
            "INVOICE 47",
            "a@sender.test", "MID 214",
        ])
    func found(_ needle: String) {
        #expect(Self.story.index.traces(matching: needle).map { $0.keys.first } == [.icid(6)], "\(needle)")
    }

    @Test(
        "lead to the other one",
        arguments: ["2001:db8::/32", "2001:db8::4/128", "2001:db8::/125", "2001:db8::4", "other.test"])
    func other(_ needle: String) {
        #expect(Self.story.index.traces(matching: needle).map { $0.keys.first } == [.icid(7)], "\(needle)")
    }

    @Test("lead nowhere", arguments: ["198.51.101.0/24", "198.51.100.0/33", "der.test", "2001:db9::/32", "a/b", "/"])
    func nowhere(_ needle: String) { #expect(Self.story.index.traces(matching: needle).isEmpty, "\(needle)") }
}
