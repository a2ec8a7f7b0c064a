import MailVocabulary
import NIOCore
import NIOPosix
import SMTP
import TLS

/// Holds SMTP sessions over real sockets: the state machine decides, this only carries bytes, time and TLS.
public struct SessionDriver: Sendable {
    /// One thread for all sessions: they wait, they do not compute.
    private static let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)

    private let resolve: @Sendable (SessionTarget) async -> Resolution
    private let journalFolder: String?
    private let tls: SharedTLSContext

    /// - Parameters:
    ///   - resolve: Turns the target into hosts and addresses. It is cancelled when the operator gives up.
    ///   - trustFile: A PEM file of trusted roots in place of the system's.
    ///   - journalFolder: Where the journal of each session is written, line by line; `nil` keeps none.
    public init(
        resolve: @escaping @Sendable (SessionTarget) async -> Resolution, trustFile: String?,
        journalFolder: String? = nil
    ) {
        self.resolve = resolve
        self.journalFolder = journalFolder
        tls = SharedTLSContext(trustFile: trustFile)
    }

    /// What of the plan's TLS cannot be had, such as a cipher list or a certificate file, in one sentence.
    public func fault(in demands: TLSDemands) -> String? {
        do { _ = try tls.context(demands) } catch {
            return (error as? TLSFailure)?.reason ?? "\(error)"
        }
        return nil
    }

    /// Begins a session: resolves, connects, reads the greeting, and then waits for orders.
    ///
    /// - Parameters:
    ///   - secret: What the plan's AUTH needs.
    ///   - proxySecret: What the plan's proxy wants to know.
    public func start(_ plan: SessionPlan, secret: Secret? = nil, proxySecret: Secret? = nil) -> LiveSession {
        start(plan, secret: secret, proxySecret: proxySecret, errand: nil)
    }

    /// Holds a whole session without an operator: goes as far as the plan says, sends the message when the plan says so, quits.
    ///
    /// - Parameters:
    ///   - secret: What the plan's AUTH needs.
    ///   - proxySecret: What the plan's proxy wants to know.
    ///   - observe: Called with each event as it happens.
    public func run(
        _ plan: SessionPlan, secret: Secret? = nil, proxySecret: Secret? = nil,
        observe: @Sendable (SessionEvent) -> Void = { _ in }
    ) async -> SessionRecord {
        let errand: SessionOrder = plan.stopAfter >= .data ? .sendMessage : .run(upTo: plan.stopAfter)
        let session = start(plan, secret: secret, proxySecret: proxySecret, errand: errand)
        var record = SessionRecord(plan: plan)
        for await event in session.events {
            observe(event)
            record.append(event)
        }
        return record
    }

    /// - Parameter errand: What is done before the session quits by itself; `nil` leaves it to the operator.
    private func start(
        _ plan: SessionPlan, secret: Secret?, proxySecret: Secret?, errand: SessionOrder?
    ) -> LiveSession {
        let loop = Self.group.next()
        let (events, continuation) = AsyncStream.makeStream(of: SessionEvent.self)
        let conductor = NIOLoopBoundBox.makeEmptyBox(valueType: SessionConductor.self, eventLoop: loop)
        let (resolve, tls, journalFolder) = (resolve, tls, journalFolder)
        let (lookUps, lookUp) = AsyncStream.makeStream(of: Never.self)
        loop.execute {
            let journal = journalFolder.map { TranscriptFile(folder: $0, plan: plan) }
            let new = SessionConductor(
                plan: plan, credentials: secret.flatMap { try? Credentials($0) }, loop: loop, tls: tls,
                proxySecret: proxySecret, journal: journal, errand: errand,
                publish: { continuation.yield($0) },
                finish: {
                    lookUp.finish()
                    continuation.finish()
                })
            conductor.value = new
            new.start()
        }
        let deliver: @Sendable (SessionOrder) -> Void = { order in loop.execute { conductor.value?.order(order) } }
        let look = Task {
            guard plan.target.socketPath == nil, plan.connection.command == nil else { return }
            let proxy = await Self.proxy(of: plan, resolve)
            let resolution = await Self.resolution(of: plan, resolve)
            loop.execute { conductor.value?.resolved(resolution, proxy: proxy) }
        }
        Task {
            for await _ in lookUps {}
            look.cancel()
        }
        continuation.onTermination = { why in
            if case .cancelled = why { deliver(.drop) }
        }
        return LiveSession(events: events, deliver: deliver)
    }

    /// The address of the plan's proxy; `nil` without a proxy, or without an address of it.
    private static func proxy(
        of plan: SessionPlan, _ resolve: @Sendable (SessionTarget) async -> Resolution
    ) async -> Endpoint? {
        guard let proxy = plan.connection.proxy else { return nil }
        let found = await resolve(SessionTarget(.host(proxy.host), port: proxy.port))
        return found.candidates.first?.addresses.first.map { Endpoint($0, proxy.port) }
    }

    /// A host's name goes as it is to a proxy that looks names up itself; a domain's exchangers are looked up here.
    private static func resolution(
        of plan: SessionPlan, _ resolve: @Sendable (SessionTarget) async -> Resolution
    ) async -> Resolution {
        if plan.connection.proxy?.kind.resolvesThere == true, case .host(let name) = plan.target.destination {
            return Resolution(candidates: [.init(host: name, addresses: [])])
        }
        return await resolve(plan.target)
    }
}
