import MailVocabulary
import TestSupport
import Testing

@testable import DNS

@Suite("What a DMARC record says")
struct DMARCHoldsTests {
    private func codes(_ record: String, _ more: String..., on name: String = "example.test") throws -> [String] {
        var answering = try Answering(record).with("\(name) TXT nodata", "_dmarc.example.test TXT \(record)")
        for line in more { answering = try answering.with(line) }
        return try answering.codes("dmarc-holds", .domain(try DNSName(reading: name)))
            .map { String($0.dropFirst("dns.dmarc.".count)) }
    }

    @Test("gives each tag its finding")
    func tags() throws {
        let cases: [(String, [String])] = [
            ("v=DMARC1; p=reject", ["enforced"]), ("v=DMARC1; p=Quarantine;", ["enforced"]),
            ("v=DMARC1; p=none", ["monitoring"]), ("v=DMARC1; rua=mailto:a@example.test", ["no-policy"]),
            ("v=DMARC1; p=stop", ["no-policy"]), ("v=DMARC1; p=reject; t=y", ["enforced", "testing"]),
            ("v=DMARC1; p=reject; sp=none", ["enforced", "subdomains-weaker"]),
            ("v=DMARC1; p=reject; np=quarantine", ["enforced", "subdomains-weaker"]),
            ("v=DMARC1; p=none; sp=reject", ["monitoring"]),
            (
                "v=DMARC1; p=reject; pct=50; rf=afrf; ri=86400",
                ["enforced", "removed-tag", "removed-tag", "removed-tag"]
            ),
            ("v=DMARC1; p=reject; adkim=x", ["enforced", "bad-value"]),
            ("v=DMARC1; p=reject; fo=1:d:s; aspf=s; psd=n", ["enforced"]),
            ("v=DMARC1; p=reject; fo=2", ["enforced", "bad-value"]),
            ("v=DMARC1; p=reject; moo=1", ["enforced", "unknown-tag"]),
            ("v=DMARC1; p=reject; p=none", ["enforced", "repeated-tag"]),
            ("v=DMARC1; p=reject; reports please", ["enforced", "syntax"]),
            ("v=DMARC1; p=reject; rua=dmarc@example.test", ["enforced", "report-address"]),
            ("v=DMARC1; p=reject; rua=mailto:a@sub.example.test!10m", ["enforced"]),
        ]
        for (record, expected) in cases { #expect(try codes(record) == expected, "\(record)") }
    }

    @Test("takes sp of the record above for a subdomain")
    func subdomain() throws {
        #expect(try codes("v=DMARC1; p=reject; sp=none", on: "sub.example.test") == ["monitoring"])
        #expect(try codes("v=DMARC1; p=reject", on: "sub.example.test") == ["enforced"])
    }

    @Test("asks another organization whether it takes the reports")
    func consent() throws {
        let record = "v=DMARC1; p=reject; rua=mailto:a@reports.test,mailto:b@example.test"
        #expect(try codes(record) == ["enforced", "report-consent"])
        #expect(try codes(record, "example.test._report._dmarc.reports.test TXT v=DMARC1;") == ["enforced"])
        let silent = try Answering("").with(
            "example.test TXT nodata", "_dmarc.example.test TXT \(record)",
            "example.test._report._dmarc.reports.test TXT silent")
        #expect(try silent.codes("dmarc-holds", .example).last == "dns.lookup.silent")
    }

    @Test("says why a text is not read as DMARC")
    func nearMisses() throws {
        for (text, words) in [
            ("v=DMARC1 p=none", "no semicolon"), ("\"v=DMARC1; p=none", "before the version"),
            ("p=none", "does not begin"),
        ] {
            let answering = try Answering(text).with("example.test TXT nodata", "_dmarc.example.test TXT \(text)")
            #expect(try answering.messages("dmarc-is-published", .example)[0].contains(words), "\(text)")
        }
    }

    @Test("survives random bytes")
    func random() {
        var numbers = SeededBytes(seed: 9989)
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 0..<60, using: &numbers)).map { _ in
                Bool.random(using: &numbers) ? UInt8.random(in: 0...255, using: &numbers) : UInt8(ascii: "=")
            }
            let record = DMARCRecord(Array("v=DMARC1;rua=".utf8) + bytes)
            #expect(record["v"] == "DMARC1")
            _ = record.reportAddresses
        }
    }
}
