import DNS
import Lab
import MailVocabulary
import Synchronization
import Testing
import Wire

/// Tells the first query from the others.
final class FirstQuery: Sendable {
    private let seen = Mutex(false)

    func isFirst() -> Bool {
        seen.withLock { seen in
            defer { seen = true }
            return !seen
        }
    }
}

@Suite("Resolver with the lab's name server")
struct ResolverCacheTests {
    private func question(_ name: String, _ type: RecordType) throws -> DNSQuestion {
        DNSQuestion(try DNSName(reading: name), type)
    }

    @Test("asks a question once that is asked many times at once, and again only when refreshed")
    func coalescing() async throws {
        let server = try await LabNameServer.start(zones: .story())
        let resolver = Resolver(server: server.endpoint, limit: .seconds(20), pauses: [])
        let asked = try question("example.test", .mx)
        let answers = await withTaskGroup(of: DNSAnswer.self) { group in
            for _ in 0..<20 { group.addTask { await resolver.ask(asked) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.count == 20 && answers.allSatisfy { $0.records.count == 2 })
        _ = await resolver.ask(asked)
        #expect(server.questions.count == 1)
        _ = await resolver.ask(asked, refresh: true)
        #expect(server.questions.count == 2)
        await resolver.forget()
        _ = await resolver.ask(asked)
        #expect(server.questions.count == 3)
        await server.stop()
    }

    @Test("keeps a certain absence, and asks again after a fault")
    func keeping() async throws {
        let server = try await LabNameServer.start(zones: .story())
        let resolver = Resolver(server: server.endpoint, limit: .seconds(20), pauses: [])
        for _ in 0..<2 {
            #expect(await resolver.ask(try question("gone.test", .mx)).outcome == .absent(.noSuchName))
        }
        #expect(server.questions.count == 1)
        for _ in 0..<2 {
            #expect(await resolver.ask(try question("broken.test", .mx)).outcome == .serverFailure)
        }
        #expect(server.questions.count == 3)
        await server.stop()
    }

    @Test("has a different outcome for each kind of zone")
    func outcomes() async throws {
        let server = try await LabNameServer.start(zones: .story())
        let resolver = Resolver(
            server: server.endpoint, limit: .seconds(20), limits: [.txt: .milliseconds(30)], pauses: [])
        #expect(await resolver.ask(try question("refused.test", .mx)).outcome == .refused)
        #expect(await resolver.ask(try question("broken.test", .mx)).outcome == .serverFailure)
        #expect(await resolver.ask(try question("lame.test", .mx)).outcome == .lame)
        #expect(await resolver.ask(try question("malformed.test", .mx)).outcome.isMalformed)
        #expect(await resolver.ask(try question("example.test", .aaaa)).outcome == .absent(.noSuchRecord))
        #expect(await resolver.ask(try question("silent.test", .txt)).outcome == .silent)
        let large = await resolver.ask(try question("large.test", .mx))
        #expect(large.records.count == 1)
        await server.stop()
    }

    @Test("fetches text by TCP that is larger than a datagram")
    func large() async throws {
        let server = try await LabNameServer.start(zones: .story())
        let answer = await Resolver(server: server.endpoint, limit: .seconds(20), pauses: []).ask(
            try question("large.test", .txt))
        #expect(answer.records.count == 41 && answer.transport == .tcp)
        await server.stop()
    }

    @Test("returns at once when the asking task is cancelled, and leaves others their answer")
    func cancelling() async throws {
        let slow = try question("slow.test", .mx)
        var zones = LabZones.story()
        let record = ResourceRecord(slow.name, .mx, ttl: 1, .exchange(MailExchanger(1, slow.name)))
        zones.replace(LabZone(slow.name, .answerLate(.milliseconds(100)), records: [record]))
        let server = try await LabNameServer.start(zones: zones)
        let resolver = Resolver(server: server.endpoint, limit: .seconds(20), pauses: [])
        let patient = Task { await resolver.ask(slow) }
        let hasty = Task { await resolver.ask(slow) }
        hasty.cancel()
        #expect(await hasty.value.outcome == .silent)
        #expect(await patient.value.records.count == 1)
        let alone = Task { await resolver.ask(try question("silent.test", .mx)) }
        alone.cancel()
        let answer = try await alone.value
        #expect(answer.outcome == .silent && answer.took < .seconds(20))
        await server.stop()
    }

    @Test("asks no more than fifty questions at a time, and all of them in the end")
    func width() async throws {
        let server = try await LabNameServer.start(zones: .story())
        let resolver = Resolver(server: server.endpoint, limit: .milliseconds(100), attempts: 1, pauses: [])
        let questions = try (0..<120).map { try question("n\($0).silent.test", .mx) }
        let started = ContinuousClock.now
        let answers = await withTaskGroup(of: DNSAnswer.self) { group in
            for question in questions { group.addTask { await resolver.ask(question) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.count == 120 && answers.allSatisfy { $0.outcome == .silent })
        #expect(.now - started >= .milliseconds(300))
        await server.stop()
    }

    @Test("runs an examination to its end and reports each answer once")
    func examination() async throws {
        let server = try await LabNameServer.start(zones: .story())
        let resolver = Resolver(
            server: server.endpoint, limit: .seconds(20), limits: [.ptr: .milliseconds(50)], pauses: [])
        let reported = Mutex(0)
        let examination = await resolver.examine(.domain(try DNSName(reading: "example.test"))) { _ in
            reported.withLock { $0 += 1 }
        }
        #expect(examination.isFinished)
        #expect(reported.withLock { $0 } == examination.answers.inOrder.count)
        #expect(examination.findings.contains { $0.kind.code == "dns.mx.found" })
        let source = await resolver.examine(.address(IPAddress(v4: 127, 0, 0, 9), role: .source))
        #expect(source.findings.map(\.kind.code) == ["dns.ptr.silent"])
        await server.stop()
    }
}
