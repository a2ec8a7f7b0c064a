import DNS
import MailVocabulary
import Testing

@Suite("Check: reverse DNS confirms")
struct ReverseDNSConfirmsTests {
    private static let source = DNSSubject.address(IPAddress(v4: 198, 51, 100, 4), role: .source)
    private static let pointer = "4.100.51.198.in-addr.arpa"

    private func findings(_ lines: String...) throws -> [Finding] {
        let check = try #require(DNSCheck.all.first { $0.name == "reverse-dns-confirms" })
        var answering = Answering("reverse")
        for line in lines { answering = try answering.with(line.replacing("PTR-NAME", with: Self.pointer)) }
        return answering.findings(check, Self.source)
    }

    @Test("confirms an address whose name leads back")
    func confirmed() throws {
        let found = try findings("PTR-NAME PTR host.test", "host.test A 198.51.100.4")
        #expect(found.map(\.kind.code) == ["dns.ptr.confirmed"])
        #expect(found[0].message == "198.51.100.4 is host.test, and that name is 198.51.100.4 (both in 6 ms)")
    }

    @Test("names the way of a name that does not lead back")
    func unconfirmed() throws {
        let other = try findings("PTR-NAME PTR host.test", "host.test A 192.0.2.99")
        #expect(other.map(\.kind.code) == ["dns.ptr.unconfirmed"])
        #expect(other[0].message == "the PTR does not lead back: 198.51.100.4 → host.test → 192.0.2.99")
        let nowhere = try findings("PTR-NAME PTR host.test")
        #expect(nowhere.map(\.kind.code) == ["dns.ptr.unconfirmed"])
        #expect(nowhere[0].message.contains("NXDOMAIN"))
    }

    @Test("does not call a name unconfirmed when its lookup failed")
    func forwardUnknown() throws {
        let found = try findings("PTR-NAME PTR host.test", "host.test A servfail")
        #expect(found.map(\.kind.code) == ["dns.ptr.forward-fails"])
    }

    @Test("is content with one of several names, and notes them")
    func several() throws {
        let found = try findings("PTR-NAME PTR a.test", "PTR-NAME PTR b.test", "b.test A 198.51.100.4")
        #expect(found.map(\.kind.code) == ["dns.ptr.confirmed", "dns.ptr.several"])
    }

    @Test("tells a PTR that is absent at once from one that is absent late")
    func absent() throws {
        let quick = try findings("PTR-NAME PTR nxdomain")
        #expect(quick.map(\.kind.code) == ["dns.ptr.absent"])
        #expect(quick[0].kind.severity == .warning)
        #expect(quick[0].message.contains("NXDOMAIN") && quick[0].message.contains("in 38 ms"))
        #expect(quick[0].message.contains("does not by itself delay a banner"))
        let late = try findings("PTR-NAME PTR late-nxdomain")
        #expect(late.map(\.kind.code) == ["dns.ptr.absent", "dns.ptr.slow"])
        #expect(late[1].message.contains("7.0 s; a gateway waits for this before its banner"))
    }

    @Test("calls the reverse zone silent when the resolver answers other questions, with the time that it took")
    func silent() throws {
        let found = try findings("PTR-NAME PTR silent")
        #expect(found.map(\.kind.code) == ["dns.ptr.silent"])
        #expect(found[0].kind.severity == .delay)
        #expect(
            found[0].message
                == "reverse zone's servers do not answer: no PTR of 198.51.100.4 from 192.0.2.53:53 in 20.0 s (2 attempts); "
                + "a gateway waits for this before its banner")
    }

    @Test("does not blame the reverse zone when the resolver says nothing at all")
    func silentResolver() throws {
        let found = try findings("PTR-NAME PTR silent", ". NS silent")
        #expect(found.map(\.kind.code) == ["dns.lookup.silent"])
        #expect(found[0].kind.severity == .unknown)
    }

    @Test("keeps the other kinds of no answer apart")
    func failures() throws {
        let kinds = [
            "servfail": "dns.ptr.servfail", "refused": "dns.lookup.refused", "lame": "dns.lookup.lame",
            "malformed": "dns.lookup.malformed", "unreachable": "dns.lookup.unreachable",
            "formerr": "dns.lookup.error",
        ]
        for (outcome, code) in kinds {
            #expect(try findings("PTR-NAME PTR \(outcome)").map(\.kind.code) == [code])
        }
    }

    @Test("does not warn of a private address that has no PTR")
    func privateAddress() throws {
        let check = try #require(DNSCheck.all.first { $0.name == "reverse-dns-confirms" })
        let found = Answering("none").findings(check, .address(.loopback, role: .target))
        #expect(found.map(\.kind.severity) == [.note])
    }
}
