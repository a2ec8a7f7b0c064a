import DNS
import MailVocabulary
import Testing

@Suite("Block lists")
struct BlockListsAreSilentTests {
    private func findings(_ lines: [String], address: String = "192.0.2.99") throws -> [Finding] {
        var answering = Answering("list")
        for line in lines { answering = try answering.with(line) }
        let check = try #require(DNSCheck.all.first { $0.name == "block-lists-are-silent" })
        let address = try #require(IPAddress(address))
        return answering.findings(check, .listing(address, on: [try DNSName(reading: "list.test")]))
    }

    private let healthy = "2.0.0.127.list.test A 127.0.0.2"

    @Test("asks a list for its health before its word counts")
    func health() throws {
        let own = "99.2.0.192.list.test A"
        let cases: [([String], String)] = [
            ([healthy], "dns.list.not-listed"), ([healthy, "\(own) 127.0.0.4"], "dns.list.listed"),
            ([], "dns.list.dead"), (["\(own) 127.0.0.4"], "dns.list.dead"),
            ([healthy, "1.0.0.127.list.test A 127.0.0.2", "\(own) 127.0.0.4"], "dns.list.lists-everything"),
            ([healthy, "\(own) 127.255.255.254"], "dns.list.refuses-resolver"),
            (["2.0.0.127.list.test A 127.255.255.255"], "dns.list.refuses-resolver"),
            ([healthy, "\(own) 198.51.100.1"], "dns.list.rewritten"),
            ([healthy, "\(own) servfail"], "dns.lookup.servfail"),
            (["2.0.0.127.list.test A silent"], "dns.lookup.silent"),
        ]
        for (lines, code) in cases { #expect(try findings(lines).map(\.kind.code) == [code], "\(lines)") }
    }

    @Test("gives the list's own reason")
    func reason() throws {
        let found = try findings([
            healthy, "99.2.0.192.list.test A 127.0.0.4", "99.2.0.192.list.test TXT seen \u{1B}[2J sending",
        ])
        #expect(
            found.map(\.message) == [
                #"192.0.2.99 is on list.test with code 127.0.0.4: "seen \027[2J sending""#
            ])
    }

    @Test("asks an IPv6 list for the entries that RFC 5782 §5 gives it")
    func v6() throws {
        let zeros = String(repeating: "0.", count: 20)
        let must = "2.0.0.0.0.0.f.7.f.f.f.f.\(zeros)list.test A 127.0.0.2"
        #expect(try findings([must], address: "2001:db8::1").map(\.kind.code) == ["dns.list.not-listed"])
    }
}
