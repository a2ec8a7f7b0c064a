import DNS
import Lab
import MailVocabulary
import Testing

@testable import Wire

@Suite("Several name servers")
struct ResolverServersTests {
    private static let silent = LabZone(.root, .silent)

    private func start(_ zone: LabZone) async throws -> LabNameServer {
        var zones = LabZones()
        zones.add(zone)
        return try await LabNameServer.start(zones: zones)
    }

    @Test("the next one is asked when the first is silent, and the silent one comes last from then on")
    func silentFirst() async throws {
        let (dead, alive) = (try await start(Self.silent), try await start(LabZone(.root)))
        let resolver = Resolver(server: dead.endpoint, others: [alive.endpoint], limit: .seconds(4), pauses: [])
        let first = await resolver.ask(DNSQuestion(try DNSName(reading: "a.test"), .mx))
        #expect(first.server == alive.endpoint && first.attempts == 2 && first.isSettled)
        let second = await resolver.ask(DNSQuestion(try DNSName(reading: "b.test"), .mx))
        #expect(second.server == alive.endpoint && second.attempts == 1)
        #expect(dead.questions.count == 1)
        await dead.stop()
        await alive.stop()
    }

    @Test("an answer that is no good is an answer: nobody else is asked")
    func refusal() async throws {
        let (first, second) = (try await start(LabZone(.root, .refused)), try await start(LabZone(.root)))
        let resolver = Resolver(server: first.endpoint, others: [second.endpoint], limit: .seconds(5), pauses: [])
        #expect(await resolver.ask(DNSQuestion(try DNSName(reading: "a.test"), .mx)).outcome == .refused)
        #expect(second.questions.isEmpty)
        await first.stop()
        await second.stop()
    }

    @Test("all silent is silent")
    func allSilent() async throws {
        let (first, second) = (try await start(Self.silent), try await start(Self.silent))
        let resolver = Resolver(server: first.endpoint, others: [second.endpoint], limit: .milliseconds(50), pauses: [])
        let answer = await resolver.ask(DNSQuestion(try DNSName(reading: "a.test"), .mx))
        #expect(answer.outcome == .silent && answer.attempts == 4)
        await first.stop()
        await second.stop()
    }

    @Test("the last attempt goes without EDNS, for those who drop it")
    func withoutEDNS() async throws {
        let peer = try await ResolverPeer.start { query, _ in
            guard let message = try? MessageDecoder.message(query), message.payloadSize == nil else { return [] }
            return [MessageEncoder.bytes(of: DNSMessage(answering: message, rcode: 3))]
        }
        let resolver = Resolver(server: peer.endpoint, limit: .seconds(4), pauses: [])
        let answer = await resolver.ask(DNSQuestion(try DNSName(reading: "a.test"), .mx))
        #expect(answer.outcome == .absent(.noSuchName))
        #expect(answer.attempts == 2)
        await peer.stop()
    }

    @Test("are the first three of resolv.conf")
    func configuration() throws {
        let text =
            "nameserver 192.0.2.1\nsearch example.test\nnameserver ::1\nnameserver 192.0.2.3\nnameserver 192.0.2.4\n"
        let servers = try SystemResolver.servers(in: text, path: "resolv.conf")
        #expect(servers.map(\.address.description) == ["192.0.2.1", "::1", "192.0.2.3"])
        #expect(throws: SystemResolver.Fault.self) { try SystemResolver.servers(in: "search x\n", path: "x") }
    }
}
