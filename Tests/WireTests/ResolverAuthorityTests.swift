import DNS
import Lab
import MailVocabulary
import Testing

@testable import Wire

@Suite("Authoritative servers side by side")
struct ResolverAuthorityTests {
    private static func zone(mx: String, _ conduct: LabZone.Conduct = .answer) throws -> LabZone {
        let domain = try DNSName(reading: "example.test")
        let address = { (last: UInt8) in RecordData.address(IPAddress(v4: 127, 0, 77, last)) }
        return LabZone(
            domain, conduct,
            records: [
                ResourceRecord(domain, .soa, ttl: 60, .startOfAuthority(primary: domain, serial: 7, minimum: 60)),
                ResourceRecord(domain, .ns, ttl: 60, .name(try DNSName(reading: "ns1.example.test"))),
                ResourceRecord(domain, .ns, ttl: 60, .name(try DNSName(reading: "ns2.example.test"))),
                ResourceRecord(try DNSName(reading: "ns1.example.test"), .a, ttl: 60, address(1)),
                ResourceRecord(try DNSName(reading: "ns2.example.test"), .a, ttl: 60, address(2)),
                ResourceRecord(domain, .mx, ttl: 60, .exchange(MailExchanger(10, try DNSName(reading: mx)))),
            ])
    }

    /// What is found when the second server behaves like this; `nil` for a port that is closed. The limit ends only the wait for a
    /// server that says nothing: everyone else answers long before it, on the slowest machine too.
    private func codes(second: LabZone?, limit: Duration = .seconds(20)) async throws -> [String] {
        var (good, other) = (LabZones(), LabZones())
        good.add(try Self.zone(mx: "mx.example.test"))
        if let second { other.add(second) }
        // The resolver and the two servers share a port that the system chose for the first of them.
        let resolver = try await LabNameServer.start(zones: good)
        let port = resolver.endpoint.port
        let one = try await LabNameServer.start(zones: good, address: IPAddress(v4: 127, 0, 77, 1), port: port)
        let two =
            second == nil
            ? nil : try await LabNameServer.start(zones: other, address: IPAddress(v4: 127, 0, 77, 2), port: port)
        let examination = await Resolver(server: resolver.endpoint).examineAuthority(
            of: try DNSName(reading: "example.test"), port: port, limit: limit)
        await resolver.stop()
        await one.stop()
        await two?.stop()
        #expect(examination.isFinished && examination.servers.count == 2)
        for finding in examination.findings { #expect(AuthorityExamination.kinds.contains(finding.kind)) }
        return examination.findings.map(\.kind.code)
    }

    @Test("agree, differ, are silent, lame, broken or closed, each by its own name")
    func conducts() async throws {
        let mx = "mx.example.test"
        #expect(try await codes(second: Self.zone(mx: mx, .silent), limit: .seconds(4)) == ["dns.zone.server-silent"])
        let cases: [(LabZone?, String)] = [
            (try Self.zone(mx: mx), "dns.zone.agree"),
            (try Self.zone(mx: "old.example.test"), "dns.zone.servers-differ"),
            (try Self.zone(mx: mx, .lame), "dns.zone.server-lame"),
            (try Self.zone(mx: mx, .refused), "dns.zone.server-lame"),
            (try Self.zone(mx: mx, .serverFailure), "dns.zone.server-broken"),
            (try Self.zone(mx: mx, .malformed), "dns.zone.server-broken"), (nil, "dns.zone.server-closed"),
        ]
        for (zone, code) in cases { #expect(try await codes(second: zone) == [code]) }
    }

    @Test("are asked without recursion, and above the domain where it has no zone of its own")
    func below() async throws {
        var zones = LabZones()
        zones.add(try Self.zone(mx: "mx.example.test"))
        let server = try await LabNameServer.start(zones: zones)
        let examination = await Resolver(server: server.endpoint).examineAuthority(
            of: try DNSName(reading: "mail.example.test"), port: 1, limit: .milliseconds(100))
        await server.stop()
        #expect(examination.zone?.description == "example.test")
        #expect(examination.findings.first?.kind.code == "dns.zone.no-server-answers")
    }
}
