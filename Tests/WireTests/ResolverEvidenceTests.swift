import DNS
import Lab
import MailVocabulary
import Synchronization
import Testing

@testable import Wire

@Suite("Datagrams of a question, and what they prove")
struct ResolverEvidenceTests {
    private let question = DNSQuestion(DNSName("example.test") ?? .root, .mx)

    private static func answer(_ query: [UInt8], _ change: (inout DNSMessage) -> Void = { _ in }) -> [UInt8] {
        guard let asked = try? MessageDecoder.message(query) else { return [] }
        var message = DNSMessage(answering: asked)
        message.rcode = 3
        change(&message)
        return MessageEncoder.bytes(of: message)
    }

    /// What comes of a question, and how many queries the peer saw. Nobody has to be fast: the limit is never reached.
    private func ask(
        recursion: Bool = true, pauses: [Duration] = [], times: Int = 1, _ script: @escaping ResolverPeer.Script
    ) async throws -> (answer: DNSAnswer, queries: [DNSMessage]) {
        let seen = Mutex<[DNSMessage]>([])
        let peer = try await ResolverPeer.start { query, isStream in
            if let message = try? MessageDecoder.message(query) { seen.withLock { $0.append(message) } }
            return script(query, isStream)
        }
        let resolver = Resolver(
            server: peer.endpoint, limit: .seconds(60), attempts: 1, recursion: recursion, pauses: pauses)
        var answer = await resolver.ask(question)
        for _ in 1..<max(1, times) { answer = await resolver.ask(question, refresh: true) }
        await peer.stop()
        return (answer, seen.withLock { $0 })
    }

    @Test("a datagram that is lost goes out again within the same attempt, with another id")
    func repetition() async throws {
        let first = FirstQuery()
        let (answer, queries) = try await ask(pauses: [.milliseconds(20), .seconds(30)]) { query, _ in
            first.isFirst() ? [] : [Self.answer(query)]
        }
        #expect(answer.outcome == .absent(.noSuchName) && answer.attempts == 2)
        #expect(answer.took >= .milliseconds(20))
        #expect(queries.count == 2 && queries.allSatisfy { $0.payloadSize == 1232 && $0.wantsSignatures })
        #expect(Resolver.pauses == [.milliseconds(400), .milliseconds(800), .milliseconds(1600)])
    }

    @Test("sends a cookie, and gives back the server's part of it from then on")
    func cookie() async throws {
        let part: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8]
        let (_, queries) = try await ask(times: 2) { query, _ in
            [Self.answer(query) { $0.cookie = DNSCookie(client: Self.client(query), server: part) }]
        }
        #expect(queries.count == 2 && queries[0].cookie?.server == [] && queries[1].cookie?.server == part)
        #expect(queries[0].cookie?.client == queries[1].cookie?.client)
    }

    @Test("ignores and counts an answer with somebody else's cookie")
    func foreignCookie() async throws {
        let (answer, _) = try await ask { query, _ in
            let other = Self.client(query).map { $0 ^ 0xFF }
            return [
                Self.answer(query) {
                    ($0.cookie, $0.rcode) = (DNSCookie(client: other, server: other), 2)
                }, Self.answer(query),
            ]
        }
        #expect(answer.outcome == .absent(.noSuchName) && answer.ignored == 1)
    }

    @Test("asks again with the cookie that a server wants to see, and by TCP if that does not help")
    func badCookie() async throws {
        let part: [UInt8] = [9, 9, 9, 9, 9, 9, 9, 9]
        let strict: ResolverPeer.Script = { query, isStream in
            let asked = try? MessageDecoder.message(query)
            let isKnown = asked?.cookie?.server == part || isStream
            let answer = Self.answer(query) {
                $0.cookie = DNSCookie(client: Self.client(query), server: part)
                if !isKnown { $0.rcode = 23 }
            }
            return [isStream ? ResolverPeer.framed(answer) : answer]
        }
        let (answer, queries) = try await ask(strict)
        #expect(answer.outcome == .absent(.noSuchName) && answer.transport == .udp && queries.count == 2)
        let (stubborn, _) = try await ask { query, isStream in
            let answer = Self.answer(query) {
                $0.cookie = DNSCookie(client: Self.client(query), server: part)
                if !isStream { $0.rcode = 23 }
            }
            return [isStream ? ResolverPeer.framed(answer) : answer]
        }
        #expect(stubborn.outcome == .absent(.noSuchName) && stubborn.transport == .tcp)
    }

    @Test("asks an authoritative server for its own name, and keeps name, flags and size of its answer")
    func evidence() async throws {
        let (own, queries) = try await ask(recursion: false) { query, _ in
            [Self.answer(query) { ($0.serverID, $0.isAuthoritative) = ("ns-3\u{1B}[2J", true) }]
        }
        #expect(queries[0].serverID == "" && !queries[0].recursionDesired)
        #expect(own.serverID == "ns-3\\027[2J" && own.flags.words == ["aa", "ra"] && own.size > 12)
        let (_, plain) = try await ask { query, _ in [Self.answer(query)] }
        #expect(plain[0].serverID == nil)
    }

    private static func client(_ query: [UInt8]) -> [UInt8] {
        (try? MessageDecoder.message(query))?.cookie?.client ?? []
    }
}
