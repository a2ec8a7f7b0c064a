import Glibc
import MailVocabulary
import NIOCore
import NIOPosix
import SMTP
import TLS
import TestSupport
import Testing

@testable import Wire

@Suite("Session driver")
struct SessionDriverTests {
    @Test(
        "every conversation plays over sockets as it does on paper",
        arguments: ConversationFile.all.filter { (try? $0.conversation().needsTime) == false })
    func plays(file: ConversationFile) async throws {
        let conversation = try file.conversation()
        let server = try await FakeMTA(conversation.lines, tls: TestAuthority.shared())
        let record = await Self.play(conversation, at: server.port)
        await server.stop()
        #expect(server.mismatches == [])
        let known = Conversation.knowledge(of: record)
        for expectation in conversation.expectations {
            #expect(known.contains(expectation), "known: \(known.sorted().joined(separator: "\n"))")
        }
    }

    @Test("a run without an operator goes as far as the plan and quits")
    func runsHeadless() async throws {
        let lines: [Conversation.Line] = [
            .server(Array("220 mx ESMTP\r\n".utf8)), .client("EHLO probe.example.net"),
            .server(Array("250 mx\r\n".utf8)), .client("MAIL FROM:<probe@example.net>"),
            .server(Array("250 ok\r\n".utf8)), .client("QUIT"), .server(Array("221 bye\r\n".utf8)),
        ]
        let server = try await FakeMTA(lines)
        var plan = Self.plan(port: server.port)
        (plan.stopAfter, plan.tls) = (.sender, .never)
        let record = await Self.driver().run(plan)
        await server.stop()
        #expect(server.mismatches == [])
        #expect(record.closed == .quit)
    }

    /// A loopback address that no test, no lab and no server of this machine listens on, whatever the port.
    private static let deaf = IPAddress(v4: 127, 0, 0, 77)

    @Test("a port where nobody listens is refused, at once and in its own word")
    func isRefused() async throws {
        let driver = SessionDriver(
            resolve: { _ in Resolution(candidates: [.init(host: "mx", addresses: [Self.deaf])]) }, trustFile: nil)
        let record = await driver.run(Self.plan(port: 2525))
        #expect(record.closed == .refused)
        #expect(record.events.last?.fact == .closed(.refused, during: .connect))
    }

    @Test("the next address is tried when one refuses, and the transcript says so")
    func triesNextAddress() async throws {
        let server = try await FakeMTA([.server(Array("554 no\r\n".utf8)), .client("QUIT"), .closes])
        let driver = SessionDriver(
            resolve: { _ in Resolution(candidates: [.init(host: "mx", addresses: [Self.deaf, .loopback])]) },
            trustFile: nil)
        let record = await driver.run(Self.plan(port: server.port))
        await server.stop()
        #expect(record.remote == Endpoint(.loopback, server.port))
        let notes = record.events.compactMap { if case .note(let words) = $0.fact { words } else { nil } }
        #expect(notes == ["127.0.0.77:\(server.port): connection refused; trying the next address"])
    }

    @Test("a server that resets the connection right behind its reply ends the session", arguments: 0..<20)
    func endsWhenWritingFails(_: Int) async throws {
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.execute {
                    // Closed with no lingering, the connection is reset: our next command cannot be written.
                    _ = (channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
                    channel.writeAndFlush(ByteBuffer(string: "220 mx\r\n"), promise: nil)
                    channel.close(promise: nil)
                }
                return channel.eventLoop.makeSucceededVoidFuture()
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let record = await Self.driver().run(Self.plan(port: listener.localAddress?.port ?? 0))
        try await listener.close()
        #expect(record.closed != nil)
    }

    @Test("a silent server is given up at the limit of its stage")
    func keepsDeadline() async throws {
        let server = try await FakeMTA([.client("never said")])
        var plan = Self.plan(port: server.port)
        plan.deadlines.greeting = .milliseconds(80)
        let record = await Self.driver().run(plan)
        await server.stop()
        let connected = record.events.first { if case .connected = $0.fact { true } else { false } }
        #expect(record.closed == .replyTimedOut(.connect))
        #expect(record.elapsed - (connected?.at ?? .zero) >= .milliseconds(80))
    }

    @Test("dropping cuts a wait short, even while the name is still being looked up")
    func dropsAtOnce() async throws {
        let (cancelled, tell) = AsyncStream.makeStream(of: Never.self)
        let driver = SessionDriver(
            resolve: { _ in
                for await _ in cancelled {}
                return Resolution()
            }, trustFile: nil)
        let session = driver.start(Self.plan(port: 25))
        session.order(.drop)
        var record = SessionRecord(plan: Self.plan(port: 25))
        for await event in session.events { record.append(event) }
        tell.finish()
        #expect(record.closed == .droppedByOperator)
    }

    @Test("dropping ends a session whose server neither answers nor reads")
    func dropsSilentServer() async throws {
        let server = try await FakeMTA([.client("never said")])
        let session = Self.driver().start(Self.plan(port: server.port))
        var record = SessionRecord(plan: Self.plan(port: server.port))
        for await event in session.events {
            record.append(event)
            if case .connected = event.fact {
                session.order(.type(String(repeating: "x", count: 4 << 20)))
                session.order(.drop)
            }
        }
        await server.stop()
        #expect(record.closed == .droppedByOperator)
        #expect(record.events.last?.fact == .closed(.droppedByOperator, during: .connect))
    }

    @Test("TLS from the first byte is spoken before the greeting")
    func speaksImplicitTLS() async throws {
        let lines: [Conversation.Line] = [
            .handshake, .server(Array("220 mx ESMTP\r\n".utf8)), .client("EHLO probe.example.net"),
            .server(Array("250 mx\r\n".utf8)), .client("QUIT"), .server(Array("221 bye\r\n".utf8)),
        ]
        let server = try await FakeMTA(lines, tls: TestAuthority.shared())
        var plan = Self.plan(port: server.port)
        (plan.target.implicitTLS, plan.stopAfter) = (true, .hello)
        let record = await Self.driver().run(plan)
        await server.stop()
        #expect(server.mismatches == [])
        #expect(record.closed == .quit)
        #expect(record.tls?.version == "TLSv1.3")
        #expect(record.tls?.isVerified == false)
    }

    @Test("a PROXY header stands in the clear before TLS from the first byte")
    func saysProxyBeforeTLS() async throws {
        let lines: [Conversation.Line] = [
            .client("PROXY TCP4 192.0.2.1 198.51.100.2 4000 465"), .handshake, .server(Array("220 mx ESMTP\r\n".utf8)),
            .client("QUIT"), .server(Array("221 bye\r\n".utf8)),
        ]
        let server = try await FakeMTA(lines, tls: TestAuthority.shared())
        var plan = Self.plan(port: server.port)
        (plan.target.implicitTLS, plan.stopAfter) = (true, .connect)
        plan.connection.proxyHeader = ProxyHeader(
            .v1, client: Endpoint(IPAddress(v4: 192, 0, 2, 1), 4000),
            server: Endpoint(IPAddress(v4: 198, 51, 100, 2), 465))
        let record = await Self.driver().run(plan)
        await server.stop()
        #expect(server.mismatches == [])
        #expect(record.tls?.version == "TLSv1.3")
        #expect(record.closed == .quit)
    }

    @Test("a dropped end says no QUIT, and the plan is done")
    func dropsAtEnd() async throws {
        let lines: [Conversation.Line] = [.server(Array("220 mx ESMTP\r\n".utf8))]
        let server = try await FakeMTA(lines)
        var plan = Self.plan(port: server.port)
        (plan.stopAfter, plan.dropsAtEnd) = (.connect, true)
        let record = await Self.driver().run(plan)
        await server.stop()
        #expect(server.mismatches == [])
        #expect(record.closed == .droppedByOperator)
        #expect(record.progress.isPlanDone)
    }

    @Test("a socket that is not there is said to be missing, without a name being looked up")
    func namesMissingSocket() async throws {
        let folder = try SessionTestFolder()
        var plan = Self.plan(port: 25)
        plan.target = try SessionTarget(parsing: "\(folder.path)/lmtp")
        let record = await Self.driver().run(plan)
        #expect(record.closed == .unreachable("there is no such socket"))
        #expect(record.remote == nil)
    }

    @Test("plain text where TLS is due is quoted in the reason")
    func namesPlainText() async throws {
        let server = try await FakeMTA([.server(Array("220 mx ESMTP\r\n".utf8))])
        var plan = Self.plan(port: server.port)
        plan.target.implicitTLS = true
        let record = await Self.driver().run(plan)
        await server.stop()
        #expect(record.closed == .tls("the server answered in the clear: 220 mx ESMTP"))
    }

    // MARK: scaffolding

    static func plan(port: Int) -> SessionPlan {
        SessionPlan(
            target: SessionTarget(.host("mx1.example.test"), port: port), helloName: "probe.example.net",
            reversePath: "probe@example.net", recipients: [Recipient("user@example.test")])
    }

    static func driver() -> SessionDriver {
        SessionDriver(
            resolve: { Resolution(candidates: [.init(host: $0.name, addresses: [.loopback])]) }, trustFile: nil)
    }

    /// Plays the client's side: gives each order when the replies before it have been read.
    static func play(_ conversation: Conversation, at port: Int) async -> SessionRecord {
        var plan = conversation.plan
        plan.target.port = port
        // A busy machine is no slow server.
        plan.deadlines.warnAfter = .seconds(600)
        let session = driver().start(plan)
        var orders = conversation.timedOrders[...]
        var record = SessionRecord(plan: plan)
        var replies = 0
        let mustClose = conversation.expectations.contains { $0.hasPrefix("closed:") || $0.hasPrefix("outcome:") }
        for await event in session.events {
            record.append(event)
            if case .received = event.fact { replies += 1 }
            while let next = orders.first, next.repliesBefore <= replies {
                session.order(next.order)
                orders.removeFirst()
            }
            if orders.isEmpty, replies >= conversation.replies, !mustClose, !record.isWaiting { break }
        }
        return record
    }
}

/// A certificate authority and a server certificate, made once.
enum TestAuthority {
    private static let made = Result {
        let authority = try CertificateAuthority(commonName: "Test Authority")
        return try OpenSSLServerContext(
            LeafCertificate(commonName: "mx1.example.test", hosts: ["mx1.example.test"]), signedBy: authority)
    }

    static func shared() throws -> OpenSSLServerContext { try made.get() }
}
