import DNS
import MailVocabulary
import Testing

@Suite("Checks of MX targets")
struct MXTargetTests {
    @Test("finds whether each exchanger has an address")
    func resolves() throws {
        let base = try Answering("base").with("example.test MX 10 mx1.test", "example.test MX 20 mx2.test")
        let cases: [(Answering, [String])] = [
            (
                try base.with("mx1.test A 192.0.2.1", "mx2.test AAAA 2001:db8::1"),
                ["dns.mx.target-resolves", "dns.mx.target-resolves", "dns.mx.ipv6-only"]
            ),
            (try base.with("mx1.test A 192.0.2.1"), ["dns.mx.target-resolves", "dns.mx.target-unresolved"]),
            (base, ["dns.mx.target-unresolved", "dns.mx.target-unresolved"]),
            (
                try base.with("mx1.test A silent", "mx1.test AAAA silent", "mx2.test A 192.0.2.2"),
                ["dns.lookup.silent", "dns.lookup.silent", "dns.mx.target-resolves"]
            ),
            (
                try base.with("mx1.test AAAA 2001:db8::1", "mx1.test A servfail", "mx2.test A 192.0.2.2"),
                ["dns.mx.target-resolves", "dns.lookup.servfail", "dns.mx.target-resolves"]
            ),
            (try Answering("null").with("example.test MX 0 ."), []),
            (try Answering("unknown").with("example.test MX refused"), []),
        ]
        for (answering, codes) in cases {
            #expect(try answering.codes("mx-target-resolves", .example) == codes)
        }
    }

    @Test("takes one exchanger without address for a delay, and all without for a failure")
    func severity() throws {
        let check = try #require(DNSCheck.all.first { $0.name == "mx-target-resolves" })
        let base = try Answering("base").with("example.test MX 10 mx1.test", "example.test MX 20 mx2.test")
        #expect(base.findings(check, .example).map(\.kind.severity) == [.failure, .failure])
        let some = try base.with("mx1.test A 192.0.2.1")
        #expect(some.findings(check, .example).map(\.kind.severity) == [.fine, .delay])
        #expect(some.findings(check, .example)[1].message.contains("NXDOMAIN"))
    }

    @Test("finds an exchanger that is an alias, and where the alias leads")
    func alias() throws {
        let base = try Answering("base").with("example.test MX 10 mx1.test", "real.test A 192.0.2.1")
        #expect(try base.codes("mx-target-is-not-alias", .example) == [])
        let alias = try base.with("mx1.test CNAME real.test")
        #expect(
            try alias.messages("mx-target-is-not-alias", .example) == [
                "mail exchanger mx1.test is an alias (mx1.test → real.test): DANE and some senders refuse it"
            ])
        #expect(try alias.codes("mx-target-is-not-alias", .example) == ["dns.mx.alias"])
        let gone = try base.with("mx1.test CNAME nowhere.test")
        #expect(try gone.codes("mx-target-is-not-alias", .example) == ["dns.mx.alias"])
        #expect(try gone.messages("mx-target-resolves", .example)[0].contains("nowhere.test does not exist"))
    }

    @Test("finds an address where a host name belongs, without asking for it")
    func address() throws {
        let literal = try Answering("literal").with("example.test MX 10 192.0.2.25")
        #expect(try literal.codes("mx-target-is-not-address", .example) == ["dns.mx.address"])
        #expect(try literal.codes("mx-target-resolves", .example) == [])
    }

    @Test("finds a private address, and excuses it when the resolver is inside")
    func privateAddress() throws {
        let check = try #require(DNSCheck.all.first { $0.name == "mx-target-is-not-address" })
        let lines = ["example.test MX 10 mx1.test", "mx1.test A 10.1.2.3"]
        let outside = try Answering("outside").with(lines[0], lines[1]).findings(check, .example)
        #expect(outside.map(\.kind.severity) == [.failure])
        let inside = try Answering("inside", server: IPAddress(v4: 10, 0, 0, 53)).with(lines[0], lines[1])
        #expect(inside.findings(check, .example).map(\.kind.severity) == [.note])
    }
}
