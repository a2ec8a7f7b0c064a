import Lab
import MailVocabulary
import NIOCore
import NIOPosix
import SMTP
import TLS
import TestSupport
import Testing

@testable import Wire

@Suite("Ways to a server", .timeLimit(.minutes(5)))
struct SessionPathTests {
    @Test("a command's standard input and output are a connection", arguments: [true, false])
    func runsCommand(answers: Bool) async throws {
        let script =
            answers
            ? "printf '220 pipe ESMTP\\r\\n'; read x; printf '250 pipe\\r\\n'; read x; printf '221 bye\\r\\n'"
            : "exit 3"
        var plan = Self.plan(port: 25)
        (plan.connection.command, plan.stopAfter) = (script, .hello)
        let record = await Self.driver().run(plan)
        #expect(record.closed == (answers ? .quit : .closedByServer(during: .connect)))
        #expect(record.greeting?.texts == (answers ? ["pipe ESMTP"] : nil))
        #expect(record.stream == script)
        #expect(record.remote == nil)
        #expect(record.progress.isPlanDone == answers)
    }

    @Test("a socket of the file system is an end of its own, and no loopback address")
    func namesSocket() async throws {
        let folder = try SessionTestFolder()
        var plan = Self.plan(port: 25)
        plan.target = SessionTarget(.host(folder.path + "/none"))
        let record = await Self.driver().run(plan)
        #expect(record.closed == .unreachable("there is no such socket"))
        #expect(record.stream == folder.path + "/none")
        #expect(record.remote == nil)
    }

    @Test(
        "a proxy opens the way, by name or by address, with and without a password",
        arguments: ConnectionProxy.Kind.allCases, [nil, "me"])
    func goesThrough(kind: ConnectionProxy.Kind, user: String?) async throws {
        let proxy = try await FakeProxy(kind: kind, user: user, opens: true)
        var plan = Self.plan(port: 2525)
        plan.connection.proxy = ConnectionProxy(kind, host: "127.0.0.1", port: proxy.port, user: user)
        plan.stopAfter = .hello
        let secret = user.map { _ in Secret(Array("geheim".utf8)) }
        let record = await Self.driver().run(plan, proxySecret: secret)
        await proxy.stop()
        #expect(record.closed == .quit)
        #expect(record.progress.isPlanDone)
        #expect(proxy.asked == (kind.resolvesThere ? "mx.x.test:2525" : "127.0.0.9:2525"))
        let text = TranscriptText.text(of: record.events)
        #expect(text.contains("-- by way of \(kind.rawValue)://"))
        #expect(!text.contains("geheim"))
    }

    @Test("a proxy that refuses, or is not there, is named", arguments: ConnectionProxy.Kind.allCases)
    func isRefused(kind: ConnectionProxy.Kind) async throws {
        let proxy = try await FakeProxy(kind: kind, user: nil, opens: false)
        var plan = Self.plan(port: 2525)
        plan.connection.proxy = ConnectionProxy(kind, host: "127.0.0.1", port: proxy.port)
        let record = await Self.driver().run(plan)
        await proxy.stop()
        let words = record.closed?.words ?? ""
        #expect(words.hasPrefix("unreachable: by way of the proxy: the "))
        plan.connection.proxy?.host = "127.0.0.77"
        let none = await Self.driver(answer: IPAddress(v4: 127, 0, 0, 77)).run(plan)
        #expect(none.closed == .unreachable("by way of the proxy: connection refused"))
    }

    @Test("STARTTLS goes through a proxy as it goes without one")
    func securesThroughProxy() async throws {
        let lab = try await Self.lab()
        let proxy = try await FakeProxy(kind: .http, user: nil, opens: true, server: lab.gateway)
        var plan = Self.plan(port: 25)
        plan.target = SessionTarget(.host("mx1.example.test"), port: lab.gateway.port)
        plan.connection.proxy = ConnectionProxy(.http, host: "127.0.0.1", port: proxy.port)
        (plan.stopAfter, plan.tls) = (.startTLS, .required)
        let record = await Self.driver(trust: lab.caPath).run(plan)
        await proxy.stop()
        await lab.stop()
        #expect(record.tls?.isVerified == true)
        #expect(record.progress.isPlanDone)
    }

    @Test("a session that the server gave is resumed on the next connection of the same driver")
    func resumes() async throws {
        let lab = try await Self.lab()
        let address = lab.gateway.address
        let driver = SessionDriver(
            resolve: { Resolution(candidates: [.init(host: $0.name, addresses: [address])]) }, trustFile: lab.caPath)
        var plan = Self.plan(port: lab.gateway.port)
        plan.target = SessionTarget(.host("mx1.example.test"), port: lab.gateway.port)
        (plan.stopAfter, plan.tls) = (.startTLS, .required)
        let first = await driver.run(plan)
        plan.security.resumes = true
        let second = await driver.run(plan)
        await lab.stop()
        #expect(first.tls?.isResumed == false)
        #expect(second.tls?.isResumed == true)
    }

    @Test("SCRAM is bound to the channel by each binding that the TLS version has", arguments: ChannelBinding.allCases)
    func binds(binding: ChannelBinding) async throws {
        let lab = try await Self.lab()
        let address = lab.gateway.address
        let driver = SessionDriver(
            resolve: { Resolution(candidates: [.init(host: $0.name, addresses: [address])]) }, trustFile: lab.caPath)
        var plan = Self.plan(port: lab.gateway.port)
        plan.target = SessionTarget(.host("mx1.example.test"), port: lab.gateway.port)
        plan.tls = .required
        plan.authentication = AuthenticationPlan(mechanism: .scramSHA256Plus, user: "probe")
        plan.authentication?.binding = binding
        if binding == .unique { plan.security.maximum = .tls12 }
        let record = await driver.run(plan, secret: Secret(Array("lab".utf8)))
        await lab.stop()
        #expect(record.authenticatedWith == "SCRAM-SHA-256-PLUS")
    }

    // MARK: scaffolding

    private static func lab() async throws -> Lab {
        var options = LabOptions()
        (options.linesPerSecond, options.historyLines, options.reverseTimeout) = (0, 0, .zero)
        return try await Lab.start(options)
    }

    private static func driver(
        answer: IPAddress = IPAddress(v4: 127, 0, 0, 9), trust: String? = nil
    ) -> SessionDriver {
        SessionDriver(
            resolve: { target in
                let address = IPAddress(target.name) ?? answer
                return Resolution(candidates: [.init(host: target.name, addresses: [address])])
            }, trustFile: trust)
    }

    private static func plan(port: Int) -> SessionPlan {
        var plan = SessionPlan(
            target: SessionTarget(.host("mx.x.test"), port: port), helloName: "probe.example.net",
            reversePath: "probe@example.net", recipients: [Recipient("user@example.test")])
        plan.tls = .never
        return plan
    }
}
