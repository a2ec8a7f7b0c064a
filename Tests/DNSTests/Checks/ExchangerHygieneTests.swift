import DNS
import MailVocabulary
import Testing

@Suite("Hygiene of mail exchangers")
struct ExchangerHygieneTests {
    private func codes(_ check: String, _ lines: String...) throws -> [String] {
        var answering = Answering(check)
        for line in lines { answering = try answering.with(line) }
        return try answering.codes(check, .example)
    }

    @Test("finds an exchanger that no host can be called")
    func badHostName() throws {
        let check = "mx-target-is-host-name"
        #expect(try codes(check, "example.test MX 10 mx_1.example.test") == ["dns.mx.bad-host-name"])
        #expect(try codes(check, "example.test MX 10 -mx.example.test") == ["dns.mx.bad-host-name"])
        #expect(try codes(check, "example.test MX 10 mx-1.example.test") == [])
        #expect(try codes(check, "example.test MX 10 192.0.2.1") == [])
    }

    @Test("finds exchangers that are one machine")
    func sameMachine() throws {
        let check = "mx-targets-differ"
        #expect(
            try codes(
                check, "example.test MX 10 mx1.test", "example.test MX 20 mx2.test", "mx1.test A 192.0.2.1",
                "mx2.test A 192.0.2.1") == ["dns.mx.same-address"])
        #expect(
            try codes(check, "example.test MX 10 mx1.test", "example.test MX 20 MX1.test", "mx1.test A 192.0.2.1")
                == ["dns.mx.duplicate"])
        #expect(
            try codes(
                check, "example.test MX 10 mx1.test", "example.test MX 20 mx2.test", "mx1.test A 192.0.2.1",
                "mx2.test A 192.0.2.2") == [])
    }

    @Test("finds a domain that takes no mail and yet sends some")
    func nullSends() throws {
        #expect(
            try codes("null-mx", "example.test MX 0 .", "example.test TXT v=spf1 ip4:192.0.2.1 -all")
                == ["dns.mx.null-sends", "dns.mx.null"])
        #expect(try codes("null-mx", "example.test MX 0 .", "example.test TXT v=spf1 -all") == ["dns.mx.null"])
    }

    @Test("reads the announcements of MTA-STS and of TLS reports")
    func announcements() throws {
        let (mx, sts, tls) = ("example.test MX 10 mx1.test", "mta-sts-is-announced", "tls-reporting-is-announced")
        let cases: [(String, [String], [String])] = [
            (sts, ["_mta-sts.example.test TXT v=STSv1; id=20260101T1;"], ["dns.mta-sts.announced"]),
            (sts, [], ["dns.mta-sts.none"]),
            (sts, ["_mta-sts.example.test TXT v=STSv1; id=2026-01-01;"], ["dns.mta-sts.syntax"]),
            (sts, ["_mta-sts.example.test TXT v=STSv1;"], ["dns.mta-sts.syntax"]),
            (
                sts, ["_mta-sts.example.test TXT v=STSv1; id=1;", "_mta-sts.example.test TXT v=STSv1; id=2;"],
                ["dns.mta-sts.multiple"]
            ),
            (sts, ["_mta-sts.example.test TXT servfail"], ["dns.lookup.servfail"]),
            (
                tls, ["_smtp._tls.example.test TXT v=TLSRPTv1; rua=mailto:a@b.test,https://c.test/"],
                ["dns.tls-rpt.announced"]
            ),
            (tls, ["_smtp._tls.example.test TXT v=TLSRPTv1; rua=a@b.test"], ["dns.tls-rpt.syntax"]),
            (tls, ["_smtp._tls.example.test TXT v=TLSRPTv1;"], ["dns.tls-rpt.syntax"]), (tls, [], ["dns.tls-rpt.none"]),
        ]
        for (check, lines, expected) in cases {
            var answering = try Answering(check).with(mx)
            for line in lines { answering = try answering.with(line) }
            #expect(try answering.codes(check, .example) == expected, "\(lines)")
        }
        #expect(try codes(sts, "example.test MX 0 .") == [] && codes(tls, "example.test MX nodata") == [])
    }

    @Test("reads TLSA records, and says which cannot be used for mail")
    func tlsa() throws {
        let (check, place) = ("tlsa-is-published", "_25._tcp.mx1.test TLSA")
        let digest = String(repeating: "ab", count: 32)
        let found = try Answering(check).with("example.test MX 10 mx1.test", "\(place) 030101\(digest)")
        #expect(try found.messages(check, .example)[0].contains("(3 1 1 abababababababab…)"))
        #expect(try codes(check, "example.test MX 10 mx1.test", "\(place) 010101\(digest)") == ["dns.tlsa.unusable"])
        #expect(try codes(check, "example.test MX 10 mx1.test", "\(place) 030101ab") == ["dns.tlsa.unusable"])
        #expect(try codes(check, "example.test MX 10 mx1.test", "\(place) 03") == ["dns.tlsa.unusable"])
        #expect(try codes(check, "example.test MX 10 mx1.test") == [])
        #expect(try codes(check, "example.test MX 10 mx1.test", "\(place) silent") == ["dns.lookup.silent"])
    }
}
