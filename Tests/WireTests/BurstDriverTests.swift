import MailVocabulary
import SMTP
import Testing

@testable import Wire

@Suite("Burst driver")
struct BurstDriverTests {
    /// The statistics at the end of a burst to `port`.
    private static func burst(
        _ port: Int, sessions: Int, messages: Int, _ change: (inout BurstPlan) -> Void = { _ in },
        during: (LiveBurst, BurstStatistics) -> Void = { _, _ in }
    ) async throws -> BurstStatistics {
        var session = SessionPlan(
            target: SessionTarget(.host("mx.example.test"), port: port), helloName: "probe.example.net",
            reversePath: "probe@example.net", recipients: [Recipient("user@example.test")], tls: .never,
            stopAfter: .endOfData,
            message: TestMessage(date: "Sun, 22 Nov 2026 09:00:00 +0000", messageID: "1@example.net"))
        session.deadlines.endOfData = .seconds(600)
        var plan = BurstPlan(session, sessions: sessions, messages: messages)
        change(&plan)
        let resolution = Resolution(candidates: [.init(host: "mx.example.test", addresses: [.loopback])])
        let live = try BurstDriver(resolution, trustFile: nil).start(plan)
        var last = BurstStatistics()
        for await statistics in live.progress {
            last = statistics
            during(live, statistics)
        }
        return last
    }

    @Test("every message is sent once, over no more connections than asked for", arguments: [false, true])
    func sendsAll(isPipelined: Bool) async throws {
        let server = try await BurstPeer()
        let end = try await Self.burst(server.port, sessions: 3, messages: 40) { $0.session.pipelines = isPipelined }
        await server.stop()
        #expect(end.taken == 40 && end.begun == 40 && server.messages == 40)
        #expect(end.connections == 3 && server.connections == 3)
        #expect(end.stages[.endOfData]?.codes.map(\.count) == [40])
        #expect(end.failures.isEmpty)
    }

    @Test("a new connection for each message where the plan says so")
    func reconnects() async throws {
        let server = try await BurstPeer()
        let end = try await Self.burst(server.port, sessions: 2, messages: 10) { $0.reconnects = true }
        await server.stop()
        #expect(end.taken == 10 && server.connections == 10)
    }

    @Test("a limit of the server is counted, with its first reply and the message at which it began to bite")
    func limits() async throws {
        let server = try await BurstPeer(limit: 5)
        let end = try await Self.burst(server.port, sessions: 1, messages: 12)
        await server.stop()
        #expect(end.taken == 5 && end.refused == 7)
        #expect(end.firstTemporary?.message == 6)
        #expect(end.firstTemporary?.text == "451 4.7.1 slow down")
    }

    @Test("a stop begins no message any more and leaves none half sent")
    func stops() async throws {
        let server = try await BurstPeer()
        let end = try await Self.burst(server.port, sessions: 2, messages: 100_000, during: { live, _ in live.stop() })
        await server.stop()
        #expect(end.taken == server.messages && end.taken < 100_000)
        #expect(end.unknown == 0 && end.broken == 0)
    }

    @Test("a drop behind the final dot is of unknown outcome, and ends at once")
    func drops() async throws {
        let server = try await BurstPeer(isMute: true)
        let end = try await Self.burst(server.port, sessions: 2, messages: 10) { _ in
        } during: { live, statistics in
            if statistics.begun == 2 { live.drop() }
        }
        await server.stop()
        #expect(end.unknown == 2 && end.taken == 0)
    }
}
