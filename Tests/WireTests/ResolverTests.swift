import DNS
import Lab
import MailVocabulary
import Testing
import Wire

@Suite("Resolver")
struct ResolverTests {
    private let question = DNSQuestion(DNSName("example.test") ?? .root, .mx)

    /// A good answer to a query.
    private static func good(_ query: [UInt8]) -> DNSMessage {
        guard let asked = try? MessageDecoder.message(query), let question = asked.question else {
            return DNSMessage(asking: DNSQuestion(.root, .ns), id: 0)
        }
        var message = DNSMessage(answering: asked)
        message.answers = [
            ResourceRecord(question.name, .mx, ttl: 60, .exchange(MailExchanger(10, question.name)))
        ]
        return message
    }

    /// Asks a scripted server, with a short limit unless the answer is to be waited for.
    private func ask(
        limit: Duration = .seconds(20), attempts: Int = 2, _ script: @escaping ResolverPeer.Script
    ) async throws -> DNSAnswer {
        let peer = try await ResolverPeer.start(script)
        let answer = await Resolver(server: peer.endpoint, limit: limit, attempts: attempts, pauses: []).ask(question)
        await peer.stop()
        return answer
    }

    @Test("gives the records with server, transport and time")
    func found() async throws {
        let answer = try await ask { query, _ in [MessageEncoder.bytes(of: Self.good(query))] }
        #expect(answer.records.count == 1)
        #expect(answer.transport == .udp && answer.attempts == 1 && answer.ignored == 0)
        #expect(answer.took > .zero && answer.took < .seconds(20))
    }

    @Test("ignores and counts what has another id, another question or is no response, and takes the answer after it")
    func strays() async throws {
        let answer = try await ask { query, _ in
            var wrongID = MessageEncoder.bytes(of: Self.good(query))
            wrongID[0] ^= 0xFF
            var wrongQuestion = Self.good(query)
            wrongQuestion.question = DNSQuestion(.root, .mx)
            return [
                wrongID, MessageEncoder.bytes(of: wrongQuestion), query, [], [0x17],
                MessageEncoder.bytes(of: Self.good(query)),
            ]
        }
        #expect(answer.records.count == 1)
        #expect(answer.ignored == 5)
    }

    @Test("takes the answer to a question whose letters changed their case")
    func letterCase() async throws {
        let answer = try await ask { query, _ in
            var message = Self.good(query)
            message.question = DNSName("EXAMPLE.test").map { DNSQuestion($0, .mx) }
            return [MessageEncoder.bytes(of: message)]
        }
        #expect(answer.records.count == 1)
    }

    @Test("calls a server silent after its limit for each attempt, and counts the strays that came")
    func silent() async throws {
        let answer = try await ask(limit: .milliseconds(400), attempts: 3) { _, _ in [[1, 2, 3]] }
        #expect(answer.outcome == .silent)
        #expect(answer.attempts == 3)
        // A slow machine may bring the last one too late.
        #expect((1...3).contains(answer.ignored))
        #expect(answer.took >= .milliseconds(1200))
    }

    @Test("asks again when the limit of an attempt is over")
    func retry() async throws {
        let seen = FirstQuery()
        let answer = try await ask(limit: .milliseconds(60), attempts: 40) { query, _ in
            seen.isFirst() ? [] : [MessageEncoder.bytes(of: Self.good(query))]
        }
        #expect(answer.records.count == 1)
        #expect(answer.attempts >= 2)
        #expect(answer.took >= .milliseconds(60))
    }

    @Test("still hears the answer to its first attempt during the later ones")
    func lateAnswer() async throws {
        var zones = LabZones()
        let records = [ResourceRecord(question.name, .mx, ttl: 1, .exchange(MailExchanger(1, question.name)))]
        zones.add(LabZone(question.name, .answerLate(.milliseconds(150)), records: records))
        let server = try await LabNameServer.start(zones: zones)
        let answer = await Resolver(server: server.endpoint, limit: .milliseconds(100), attempts: 100, pauses: []).ask(
            question)
        #expect(answer.records.count == 1)
        #expect(answer.took >= .milliseconds(150))
        #expect(answer.attempts >= 2)
        await server.stop()
    }

    @Test("says at once that a port is closed")
    func closedPort() async throws {
        // Below those that the system hands out: one that was given back may be somebody else's by now.
        let answer = await Resolver(server: Endpoint(.loopback, 1), limit: .seconds(20)).ask(question)
        #expect(answer.outcome == .unreachable("port 1 is closed"))
        #expect(answer.attempts == 1)
    }

    @Test("fetches a cut answer by TCP")
    func truncated() async throws {
        let answer = try await ask { query, isStream in
            let whole = MessageEncoder.bytes(of: Self.good(query))
            return isStream ? [ResolverPeer.framed(whole)] : [MessageEncoder.bytes(of: Self.good(query), limit: 50)]
        }
        #expect(answer.records.count == 1)
        #expect(answer.transport == .tcp && answer.attempts == 1)
    }

    @Test("reads an answer that TCP brings in pieces")
    func pieces() async throws {
        let answer = try await ask { query, isStream in
            let whole = ResolverPeer.framed(MessageEncoder.bytes(of: Self.good(query)))
            return isStream
                ? whole.map { [$0] } : [MessageEncoder.bytes(of: Self.good(query), limit: 50)]
        }
        #expect(answer.records.count == 1)
    }

    @Test("calls a TCP length that lies malformed, and a close without a byte unreachable")
    func streamLies() async throws {
        let cut = { @Sendable (query: [UInt8]) in MessageEncoder.bytes(of: Self.good(query), limit: 50) }
        let lie = try await ask { query, isStream in
            isStream ? [[0xFF, 0xFF] + MessageEncoder.bytes(of: Self.good(query))] : [cut(query)]
        }
        #expect(lie.outcome.isMalformed && lie.transport == .tcp)
        let closed = try await ask { query, isStream in isStream ? [] : [cut(query)] }
        #expect(closed.outcome == .unreachable("it closed the TCP connection without an answer"))
        let half = try await ask { query, isStream in isStream ? [[7]] : [cut(query)] }
        #expect(half.outcome.isMalformed)
    }

    @Test("has one limit for UDP and TCP together")
    func oneDeadline() async throws {
        let answer = try await ask(limit: .seconds(2), attempts: 2) { query, isStream in
            isStream ? ResolverPeer.mute : [MessageEncoder.bytes(of: Self.good(query), limit: 50)]
        }
        #expect(answer.outcome == .silent && answer.transport == .tcp)
        #expect(answer.attempts == 2 && answer.took >= .seconds(4))
    }

    @Test("asks without EDNS after FORMERR, and says FORMERR if that does not help")
    func withoutEDNS() async throws {
        let old = try await ask { query, _ in
            let hasEDNS = (try? MessageDecoder.message(query))?.payloadSize != nil
            var refusal = Self.good(query)
            (refusal.answers, refusal.rcode) = ([], 1)
            return [MessageEncoder.bytes(of: hasEDNS ? refusal : Self.good(query))]
        }
        #expect(old.records.count == 1 && old.attempts == 2)
        let broken = try await ask { query, _ in
            var refusal = Self.good(query)
            (refusal.answers, refusal.rcode) = ([], 1)
            return [MessageEncoder.bytes(of: refusal)]
        }
        #expect(broken.outcome == .otherError(1))
    }

    @Test("calls bytes with our id that are no message malformed")
    func malformed() async throws {
        let short = try await ask { query, _ in [Array(query.prefix(5))] }
        #expect(short.outcome == .malformed("5 bytes are fewer than a header's 12"))
        let lying = try await ask { query, _ in
            var bytes = MessageEncoder.bytes(of: Self.good(query))
            bytes[7] = 200
            return [bytes]
        }
        #expect(lying.outcome.isMalformed)
    }

    @Test("gives each type of record its own limit")
    func limits() {
        let resolver = Resolver(server: Endpoint(.loopback, 53), limit: .seconds(3), limits: [.ptr: .seconds(15)])
        #expect(resolver.limit(for: question) == .seconds(3))
        #expect(resolver.limit(for: DNSQuestion(.root, .ptr)) == .seconds(15))
    }
}

extension DNSAnswer.Outcome {
    var isMalformed: Bool {
        if case .malformed = self { true } else { false }
    }
}
