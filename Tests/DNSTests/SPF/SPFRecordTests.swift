import MailVocabulary
import TestSupport
import Testing

@testable import DNS

@Suite("SPF record parser")
struct SPFRecordTests {
    private func record(_ text: String) -> SPFRecord { SPFRecord(Array(text.utf8)) }

    @Test("reads every mechanism and modifier with its place")
    func terms() {
        let text =
            "v=spf1  a mx:example.test/24//64 -ptr ?ip4:192.0.2.0/24 ~ip6:2001:db8::/32 include:_spf.%{d} "
            + "exists:%{ir}.%{l1r-}.test redirect=x.test exp=why.test moo=%{d}.x +all"
        let record = record(text)
        #expect(record.faults.isEmpty)
        #expect(record.terms.count == 11)
        #expect(record.terms.first?.position == 9)
        #expect(record.terms.map(\.qualifier).prefix(5) == [.pass, .pass, .fail, .neutral, .softfail])
        #expect(record.terms[1].text == "mx:example.test/24//64")
        guard case .mx(let spec?, let prefixes) = record.terms[1].content else { return #expect(Bool(false)) }
        #expect(spec.name([:])?.description == "example.test")
        #expect(prefixes == SPFPrefixes(v4: 24, v6: 64))
        #expect(record.terms.filter(\.costsLookup).count == 6)
    }

    @Test(
        "names the place and the reason of what cannot be read",
        arguments: [
            ("v=spf1 mx ip4:192.0.2.300 -all", 11, "IPv4 address"), ("v=spf1 ipv4:192.0.2.1", 8, "ip4:"),
            ("v=spf1 192.0.2.1", 8, "ip4:"), ("v=spf1 include: -all", 8, "names nothing"),
            ("v=spf1 include:nodot -all", 8, "without a dot"), ("v=spf1 a:x.123", 8, "top-level"),
            ("v=spf1 ip4:192.0.2.0/33", 8, "0 to 32"), ("v=spf1 a//129", 8, "0 to 128"),
            ("v=spf1 a/024", 8, "0 to 32"), ("v=spf1 all:x.test", 8, "all with something"),
            ("v=spf1 exists:%{z}.test", 8, "unknown macro"), ("v=spf1 exists:%{i.test", 8, "closing brace"),
            ("v=spf1 exists:%i.test", 8, "begins no macro"), ("v=spf1 exists:%{i0}.test", 8, "0 parts"),
            ("v=spf1 exists:%{c}.test", 8, "explanations only"), ("v=spf1 mx\tall", 8, "no mechanism"),
            ("v=spf1 include=x.test", 8, "a colon"), ("v=spf1 ptr/24", 8, "prefix length"),
            ("v=spf1 redirect=a.test redirect=b.test", 24, "second redirect"), ("v=spf1 -", 8, "no mechanism"),
            ("v=spf1 ip6:192.0.2.1", 8, "IPv6 address"), ("v=spf1 moo=%", 8, "begins no macro"),
        ])
    func faults(_ text: String, _ position: Int, _ words: String) throws {
        let fault = try #require(record(text).faults.first)
        #expect(fault.position == position)
        #expect(fault.description.contains(words), "\(fault.reason)")
    }

    @Test("expands the macros of RFC 7208 §7.4")
    func macros() throws {
        let domain = try DNSName(reading: "email.example.com")
        let v4 = SPFSender(source: IPAddress(v4: 192, 0, 2, 3), domain: domain, localPart: "strong-bad")
        let cases = [
            ("%{s}", "strong-bad@email.example.com"), ("%{o}", "email.example.com"), ("%{d4}", "email.example.com"),
            ("%{d2}", "example.com"), ("%{d1}", "com"), ("%{dr}", "com.example.email"), ("%{d2r}", "example.email"),
            ("%{l}", "strong-bad"), ("%{l-}", "strong.bad"), ("%{lr}", "strong-bad"), ("%{lr-}", "bad.strong"),
            ("%{l1r-}", "strong"), ("%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com"),
            ("%{lr-}.lp._spf.%{d2}", "bad.strong.lp._spf.example.com"),
            ("%{ir}.%{v}.%{l1r-}.lp._spf.%{d2}", "3.2.0.192.in-addr.strong.lp._spf.example.com"),
        ]
        for (text, expected) in cases {
            let spec = try SPFDomainSpec(Array(text.utf8)[...])
            let name = spec.name(v4.macros(current: domain))
            #expect(name.map { String(decoding: SPFSender.text($0), as: UTF8.self) } == expected, "\(text)")
        }
        let v6 = SPFSender(source: try #require(IPAddress("2001:db8::cb01")), domain: domain)
        let spec = try SPFDomainSpec(Array("%{ir}.%{v}._spf.%{d2}".utf8)[...])
        #expect(
            spec.name(v6.macros(current: domain))?.description
                == "1.0.b.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6._spf.example.com")
    }

    @Test("drops labels at the left of a name that grows too long")
    func longName() throws {
        let spec = try SPFDomainSpec(Array("%{s}.%{s}.%{s}.%{s}.example.test".utf8)[...])
        let local = Array((0..<30).map { "l\($0)" }.joined(separator: ".").utf8)
        let name = try #require(spec.name([UInt8(ascii: "s"): local]))
        #expect(name.wireLength <= 255 && name.description.hasSuffix("example.test"))
    }

    @Test("survives random bytes, and terms put together at random")
    func random() {
        var numbers = SeededBytes(seed: 7208)
        let pieces = [
            "v=spf1", " ", "include:", "a", "mx", "/24", "//", "%{", "}", "%", "ip4:", "1.2.3.4", "ip6:::", "redirect=",
            "exp=", "-", "~", "all", "d1r.", ":", "=", "\u{1B}", "x.test", "99999999999999999999",
        ]
        for _ in 0..<20_000 {
            let count = Int.random(in: 0..<12, using: &numbers)
            let text = (0..<count).map { _ in pieces.randomElement(using: &numbers) ?? "" }.joined()
            let record = record("v=spf1 " + text)
            #expect(record.faults.allSatisfy { $0.position > 0 })
            _ = SPFRecord((0..<count * 4).map { _ in UInt8.random(in: 0...255, using: &numbers) })
        }
    }
}
