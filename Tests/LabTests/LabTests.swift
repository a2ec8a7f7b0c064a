import Glibc
import MailVocabulary
import Testing

@testable import Lab

@Suite("Lab", .timeLimit(.minutes(1)))
struct LabTests {
    private func quietOptions() -> LabOptions {
        var options = LabOptions()
        (options.linesPerSecond, options.historyLines) = (0, 20)
        options.reverseTimeout = .zero
        return options
    }

    private func exists(_ path: String) -> Bool { unsafe access(path, R_OK) == 0 }

    @Test("starts gateway, name server and log, and removes its folder when it stops")
    func startAndStop() async throws {
        let lab = try await Lab.start(quietOptions())
        #expect(lab.gateway.address.description == "127.0.0.2" && lab.gateway.port > 1023)
        #expect(Set([lab.gateway.port, lab.smtps.port]).count == 2)
        #expect(lab.nameServer.port > 1023)
        #expect(lab.logPath.hasPrefix(lab.folder) && lab.caPath.hasPrefix(lab.folder))
        #expect(exists(lab.logPath) && exists(lab.caPath))
        await lab.stop()
        #expect(!exists(lab.folder))
    }

    @Test(
        "answers on every address of the story by its name",
        arguments: [
            ("127.0.0.1", "mx1.example.test"), ("127.0.0.2", "mx1.example.test"), ("127.0.0.5", "mx2.example.test"),
        ])
    func addresses(_ text: String, _ name: String) async throws {
        let lab = try await Lab.start(quietOptions())
        let address = try #require(IPAddress(text))
        let client = try await LabClient.connect(to: Endpoint(address, lab.gateway.port))
        #expect(await client.reply() == "220 \(name) ESMTP")
        await lab.stop()
    }

    @Test("asks its name server for the name of a client")
    func reverseLookup() async throws {
        let server = try await LabNameServer.start(
            zones: .story(gateway: LabGateway.first, backup: LabGateway.second, silent: [.loopback]))
        let lookup = ReverseLookup(server: server.endpoint, timeout: .seconds(60))
        #expect(await lookup.name(of: LabGateway.first) == .name("mx1.example.test", verified: true))
        #expect(await lookup.name(of: IPAddress(v4: 127, 0, 0, 4)) == .name("mx1.example.test", verified: false))
        #expect(await lookup.name(of: IPAddress(v4: 127, 0, 0, 77)) == .unknown)
        let impatient = ReverseLookup(server: server.endpoint, timeout: .milliseconds(2))
        #expect(await impatient.name(of: .loopback) == .unknown)
        await server.stop()
    }

    @Test("says in one sentence which port it cannot have")
    func portTaken() async throws {
        let first = try await Lab.start(quietOptions())
        var options = quietOptions()
        options.port = first.gateway.port
        let failure = await #expect(throws: LabFailure.self) { try await Lab.start(options) }
        #expect(
            failure?.description
                == "the lab's gateway cannot listen on port \(options.port): Address already in use")
        options = quietOptions()
        options.nameServerPort = first.nameServer.port
        let other = await #expect(throws: LabFailure.self) { try await Lab.start(options) }
        #expect(
            other?.description
                == "the lab's name server cannot listen on port \(options.nameServerPort): Address already in use")
        await first.stop()
    }
}
