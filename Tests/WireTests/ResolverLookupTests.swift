import DNS
import Lab
import MailVocabulary
import Testing

@testable import Wire

@Suite("Name lookup")
struct ResolverLookupTests {
    private let hosts = HostsFile(
        """
        127.0.0.1 localhost
        ::1       localhost ip6-localhost
        10.9.8.7  Gateway.Inside gateway # the appliance
        not-an-address name
        """)

    @Test("knows addresses and the names of the hosts file without asking")
    func withoutAsking() async throws {
        let lookup = NameLookup(Resolver(server: Endpoint(.loopback, 1)), hosts: hosts)
        let v6 = try #require(IPAddress("::1"))
        #expect(await lookup.addresses(of: "192.0.2.1") == HostAddresses([IPAddress(v4: 192, 0, 2, 1)]))
        #expect(await lookup.addresses(of: "[192.0.2.1]").addresses == [IPAddress(v4: 192, 0, 2, 1)])
        #expect(await lookup.addresses(of: "[IPv6:::1]").addresses == [v6])
        #expect(await lookup.addresses(of: "localhost").addresses == [.loopback, v6])
        #expect(await lookup.addresses(of: "a.localhost").addresses == [.loopback])
        #expect(await lookup.addresses(of: "gateway.inside.").addresses == [IPAddress(v4: 10, 9, 8, 7)])
    }

    @Test("asks for A and AAAA, follows aliases, and says why there is no address")
    func asking() async throws {
        let server = try await LabNameServer.start(zones: .story())
        let lookup = NameLookup(Resolver(server: server.endpoint, limit: .seconds(20)), hosts: hosts)
        let good = await lookup.addresses(of: "mx2.example.test")
        #expect(good.addresses == [IPAddress(v4: 127, 0, 0, 2)] && good.problem == nil && good.answers.count == 2)
        #expect(await lookup.addresses(of: "mail.alias.test").addresses == [.loopback])
        #expect(await lookup.addresses(of: "gone.test").problem == "gone.test does not exist (NXDOMAIN)")
        #expect(await lookup.addresses(of: "null.test").problem == "null.test has no A and no AAAA record (NODATA)")
        #expect(await lookup.addresses(of: "broken.test").problem?.contains("SERVFAIL") == true)
        #expect(await lookup.addresses(of: "bücher.test").problem?.contains("xn--") == true)
        #expect(await lookup.addresses(of: "").problem != nil)
        await server.stop()
    }

    @Test("gives a session the exchangers of a domain in their order")
    func exchangers() async throws {
        let server = try await LabNameServer.start(zones: .story())
        let lookup = NameLookup(Resolver(server: server.endpoint, limit: .seconds(20)), hosts: hosts)
        let (table, answers) = await lookup.exchangers(of: "example.test")
        #expect(table.rows.map(\.name.description) == ["mx1.example.test", "mx2.example.test"])
        #expect(table.rows.map(\.addresses) == [[.loopback], [IPAddress(v4: 127, 0, 0, 2)]])
        #expect(answers.count == 5)
        #expect(await lookup.exchangers(of: "null.test").table.isNull)
        #expect(await lookup.exchangers(of: "implicit.test").table.isImplicit)
        #expect(await lookup.exchangers(of: "a..b").table.problem?.contains("two dots") == true)
        await server.stop()
    }

    @Test("reads the first name server of the system, or says why there is none")
    func systemResolver() throws {
        let text = "# made by hand\nsearch inside\nnameserver 192.0.2.53\nnameserver 192.0.2.54\n"
        #expect(try SystemResolver.server(in: text, path: "/f") == Endpoint(IPAddress(v4: 192, 0, 2, 53), 53))
        let empty = SystemResolver.Fault(description: "/f names no name server; name one with --resolver")
        #expect(throws: empty) { try SystemResolver.server(in: "search inside", path: "/f") }
        let missing = SystemResolver.Fault(description: "/no/such/file does not exist; name a server with --resolver")
        #expect(throws: missing) { try SystemResolver.server(path: "/no/such/file") }
        #expect(throws: SystemResolver.Fault.self) {
            try SystemResolver.server(in: "nameserver fe80::1%eth0", path: "/f")
        }
    }
}
