import DNS
import Testing

@Suite("Check: MX exists")
struct MXExistsTests {
    @Test("finds the kind of each way to have mail exchangers, or none")
    func kinds() throws {
        let cases: [(Answering, [String])] = [
            (try Answering("an MX").with("example.test MX 10 mx1.example.test"), ["dns.mx.found"]),
            (try Answering("null").with("example.test MX 0 ."), []),
            (try Answering("no domain").with("example.test MX nxdomain"), ["dns.domain.absent"]),
            (
                try Answering("implicit, IPv4").with("example.test MX nodata", "example.test A 192.0.2.1"),
                ["dns.mx.implicit"]
            ),
            (
                try Answering("implicit, IPv6").with("example.test MX nodata", "example.test AAAA 2001:db8::1"),
                ["dns.mx.implicit"]
            ),
            (try Answering("nothing").with("example.test MX nodata"), ["dns.mx.none"]),
            (try Answering("an endless alias").with("example.test MX loop"), ["dns.mx.none"]),
            (
                try Answering("address unknown").with("example.test MX nodata", "example.test A servfail"),
                ["dns.lookup.servfail"]
            ),
            (try Answering("silent").with("example.test MX silent"), ["dns.lookup.silent"]),
            (try Answering("refused").with("example.test MX refused"), ["dns.lookup.refused"]),
            (try Answering("servfail").with("example.test MX servfail"), ["dns.lookup.servfail"]),
            (try Answering("lame").with("example.test MX lame"), ["dns.lookup.lame"]),
            (try Answering("malformed").with("example.test MX malformed"), ["dns.lookup.malformed"]),
            (try Answering("unreachable").with("example.test MX unreachable"), ["dns.lookup.unreachable"]),
            (try Answering("formerr").with("example.test MX formerr"), ["dns.lookup.error"]),
        ]
        for (answering, codes) in cases {
            #expect(try answering.codes("mx-exists", .example) == codes, "\(answering.testDescription)")
        }
    }

    @Test("lists the exchangers in the order in which they are tried")
    func order() throws {
        let answering = try Answering("three").with(
            "example.test MX 20 c.test", "example.test MX 10 b.test", "example.test MX 10 a.test")
        #expect(
            try answering.messages("mx-exists", .example) == [
                "mail for example.test goes to b.test (10), a.test (10), c.test (20); from 192.0.2.53:53 in 3 ms"
            ])
    }

    @Test("says that of very many exchangers only the first are looked up")
    func many() throws {
        var answering = Answering("a thousand")
        for index in 0..<1000 { answering = try answering.with("example.test MX \(index) mx\(index).test") }
        #expect(try answering.codes("mx-exists", .example) == ["dns.mx.found", "dns.mx.many"])
        #expect(try answering.messages("mx-exists", .example)[1].contains("1000 mail exchangers"))
    }

    @Test("gives each kind of no answer words of its own")
    func words() throws {
        let outcomes = [
            "silent", "refused", "servfail", "lame", "malformed", "unreachable", "formerr", "nxdomain", "nodata",
        ]
        var seen: Set<String> = []
        for outcome in outcomes {
            seen.formUnion(try Answering(outcome).with("example.test MX \(outcome)").messages("mx-exists", .example))
        }
        #expect(seen.count == outcomes.count)
        #expect(seen.contains("192.0.2.53:53 did not answer example.test MX in 20.0 s (2 attempts)"))
        #expect(seen.contains("192.0.2.53:53 could not find out example.test MX (SERVFAIL in 4.2 s)"))
    }
}
