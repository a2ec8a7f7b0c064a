import DNS
import MailVocabulary
import Testing

@Suite("Domain name")
struct DNSNameTests {
    @Test(
        "prints as it was read",
        arguments: ["example.test", "_dmarc.example.test", #"a\.b.test"#, #"\027[31m.test"#, #"back\\slash.test"#, "."])
    func roundTrip(_ text: String) throws {
        #expect(try DNSName(reading: text).description == text)
    }

    @Test("takes a final dot and forgets it")
    func finalDot() {
        #expect(DNSName("example.test.") == DNSName("example.test"))
    }

    @Test("is the same in capitals and in small letters")
    func letterCase() {
        #expect(DNSName("MX1.Example.TEST") == DNSName("mx1.example.test"))
        #expect(DNSName("MX1.Example.TEST").hashValue == DNSName("mx1.example.test").hashValue)
        #expect(DNSName("MX1.Example.TEST")?.description == "MX1.Example.TEST")
    }

    @Test("says in words what no name can be made of")
    func faults() {
        let label = String(repeating: "a", count: 64)
        let long = (0..<5).map { _ in String(repeating: "b", count: 60) }.joined(separator: ".")
        let cases: [(String, DNSNameFault)] = [
            ("", .empty), ("a..b", .emptyLabel), (".a", .emptyLabel), ("\(label).test", .longLabel(64)),
            (long, .longName(306)), (#"a\25"#, .badEscape), (#"a\256"#, .badEscape), (#"a\"#, .badEscape),
            ("exa mple.test", .blank), ("a\u{1B}[2J", .blank), ("bücher.test", .notASCII),
        ]
        for (text, fault) in cases {
            #expect(throws: fault) { try DNSName(reading: text) }
            #expect(DNSName(text) == nil)
        }
        #expect(DNSNameFault.notASCII.description.contains("xn--"))
    }

    @Test("takes 63 bytes in a label and 255 in all, and not one more")
    func limits() throws {
        let label = String(repeating: "a", count: 63)
        let full = "\(label).\(label).\(label).\(String(repeating: "b", count: 61))"
        #expect(try DNSName(reading: full).wireLength == 255)
        #expect(throws: DNSNameFault.longName(256)) { try DNSName(reading: full + "c") }
        #expect(try DNSName(reading: full).under("x") == nil)
    }

    @Test("turns an address round for its PTR")
    func reverse() throws {
        #expect(DNSName(reverse: IPAddress(v4: 192, 0, 2, 1)).description == "1.2.0.192.in-addr.arpa")
        let v6 = try #require(IPAddress("2001:db8::1"))
        #expect(
            DNSName(reverse: v6).description
                == "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa")
    }

    @Test("knows what lies below what")
    func within() throws {
        let (host, zone) = (try #require(DNSName("a.b.test")), try #require(DNSName("B.test")))
        #expect(host.isWithin(zone) && zone.isWithin(zone) && !zone.isWithin(host) && host.isWithin(.root))
    }
}
