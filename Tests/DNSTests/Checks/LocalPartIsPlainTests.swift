import DNS
import MailVocabulary
import Testing

@Suite("Check: local part")
struct LocalPartIsPlainTests {
    @Test(
        "warns of a local part in the letters of the DNS, and of no other",
        arguments: [
            ("xn--bcher-kva", true), ("XN--bcher-kva", true), ("bücher", false), ("a.xn--b", false),
            ("postmaster", false),
        ])
    func spelled(localPart: String, isEncoded: Bool) throws {
        let sender = SPFSender(
            source: IPAddress(v4: 192, 0, 2, 3), domain: try DNSName(reading: "example.test"), localPart: localPart)
        let found = try Answering("nothing").codes("local-part-is-plain", .sender(sender))
        #expect(found == (isEncoded ? ["dns.sender.encoded-local-part"] : []))
    }
}
