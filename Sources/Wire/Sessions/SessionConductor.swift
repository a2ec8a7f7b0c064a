import MailVocabulary
import NIOCore
import NIOPosix
import SMTP
import TLS

/// One session on its event loop: feeds the state machine and does what it says. Not `Sendable`: it never leaves the loop.
final class SessionConductor {
    private let loop: any EventLoop
    private let tls: SharedTLSContext
    /// What is done before the session quits by itself; `nil` leaves it to the operator.
    private let errand: SessionOrder?
    private let publish: (SessionEvent) -> Void
    private let finish: () -> Void
    private let began = NIODeadline.now()

    private var machine: SessionStateMachine
    private var journal: TranscriptFile?
    private var untried: ArraySlice<(host: String, address: IPAddress)> = []
    private var host = ""
    private var channel: (any Channel)?
    private var handshakeBegan = Duration.zero
    private var timer: Scheduled<Void>?
    private var actions: [SessionAction] = []
    private var isPerforming = false
    /// Gets the connection in place of the QUIT when the plan is done: whoever wants to speak on by itself.
    private var handOver: ((any Channel, SessionProgress) -> Void)?

    init(
        plan: SessionPlan, credentials: Credentials?, loop: any EventLoop, tls: SharedTLSContext,
        journal: TranscriptFile?, errand: SessionOrder?,
        handOver: ((any Channel, SessionProgress) -> Void)? = nil,
        publish: @escaping (SessionEvent) -> Void, finish: @escaping () -> Void
    ) {
        self.handOver = handOver
        (self.loop, self.tls, self.journal, self.errand) = (loop, tls, journal, errand)
        (self.publish, self.finish) = (publish, finish)
        machine = SessionStateMachine(plan: plan, credentials: credentials)
    }

    private var now: Duration { .nanoseconds((NIODeadline.now() - began).nanoseconds) }

    // MARK: what comes in

    func start() {
        if let fault = journal?.open() { perform(machine.note(fault, at: now)) }
        perform(machine.started(at: now))
        if let errand { perform(machine.order(errand, at: now)) }
        if let path = machine.plan.target.socketPath { connect(socket: path) }
    }

    func resolved(_ resolution: Resolution) {
        guard machine.plan.target.socketPath == nil else { return }
        let demands = machine.plan.connection
        let all = resolution.candidates.flatMap { host in
            host.addresses.map { (host: host.host, address: $0) }
        }
        untried = all.filter { demands.allows($0.address) }[...]
        perform(machine.resolved(resolution, took: now, at: now))
        let family = "the name has no address of the family that was asked for"
        let missing = all.isEmpty ? "the name has no address" : family
        if !machine.isClosed { connect(after: .notResolved(missing)) }
    }

    func order(_ order: SessionOrder) { perform(machine.order(order, at: now)) }
    func received(_ bytes: [UInt8]) { perform(machine.received(bytes, at: now)) }
    func ended(_ how: TransportEnd) { perform(machine.ended(how, at: now)) }
    func tlsFailed(_ words: String) { perform(machine.tlsFailed(words, at: now)) }

    func secured(_ facts: TLSFacts) { perform(machine.secured(facts, took: now - handshakeBegan, at: now)) }

    // MARK: connecting

    /// Tries the next address; `reason` is why the one before it failed.
    private func connect(after reason: CloseReason) {
        guard !machine.isClosed else { return }
        guard let next = untried.popFirst() else { return perform(machine.failedToConnect(reason, at: now)) }
        let remote = Endpoint(next.address, machine.plan.target.port)
        host = next.host
        perform(machine.connecting(host: next.host, to: remote, at: now))
        let start = now
        var bootstrap = bootstrap().channelOption(.tcpOption(.tcp_nodelay), value: 1)
        do {
            let demands = machine.plan.connection
            if demands.source != nil || demands.sourcePort != 0 {
                let own = demands.source.map { "\($0)" } ?? (remote.address.isV6 ? "::" : "0.0.0.0")
                bootstrap = bootstrap.bind(to: try SocketAddress(ipAddress: own, port: demands.sourcePort))
            }
            let address = try SocketAddress(ipAddress: "\(remote.address)", port: remote.port)
            bootstrap.connect(to: address).assumeIsolated().whenComplete { [self] result in
                connected(result, to: remote) { local in
                    machine.connected(local: local, remote: remote, took: now - start, at: now)
                }
            }
        } catch {
            connect(after: ConnectionFault.reason(error))
        }
    }

    private func connect(socket path: String) {
        guard !machine.isClosed else { return }
        host = path
        perform(machine.connectingToSocket(at: now))
        let start = now
        bootstrap().connect(unixDomainSocketPath: path).assumeIsolated().whenComplete { [self] result in
            connected(result, to: nil) { _ in machine.connectedToSocket(took: now - start, at: now) }
        }
    }

    private func bootstrap() -> ClientBootstrap {
        let me = NIOLoopBound(self, eventLoop: loop)
        return ClientBootstrap(group: loop)
            .connectTimeout(TimeAmount(machine.plan.deadlines.connect))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try me.value.prepare(channel) }
            }
    }

    private func prepare(_ channel: any Channel) throws {
        self.channel = channel
        // A PROXY header stands in the clear before TLS.
        if machine.plan.target.implicitTLS, machine.plan.connection.proxyHeader == nil {
            try channel.pipeline.syncOperations.addHandler(
                try OpenSSLHandler(tls.context(machine.plan.security), to: peer))
        }
        try channel.pipeline.syncOperations.addHandler(SessionChannelHandler(self))
    }

    /// The name that the certificate should carry: that of the host spoken to, RFC 8461 §4.2.
    private var peer: TLSPeer {
        let demands = machine.plan.security
        // A path is no name that a certificate could carry.
        let name = demands.expectedName ?? (host.hasPrefix("/") ? nil : host)
        let isAddress = name.flatMap { IPAddress($0) } != nil
        let spokenTo = IPAddress(host) == nil && !host.hasPrefix("/") ? host : ""
        return TLSPeer(name: name, isAddress: isAddress, serverName: demands.serverName ?? spokenTo)
    }

    private func connected(
        _ result: Result<any Channel, any Error>, to remote: Endpoint?, tell: (Endpoint) -> [SessionAction]
    ) {
        guard !machine.isClosed else {
            if case .success(let late) = result { late.close(promise: nil) }
            return
        }
        switch result {
        case .success(let channel):
            self.channel = channel
            handshakeBegan = now
            let local = Endpoint(channel.localAddress) ?? Endpoint(.loopback, 0)
            perform(tell(local))
            if machine.plan.target.implicitTLS, machine.plan.connection.proxyHeader != nil { perform([.startTLS]) }
        case .failure(let error):
            channel = nil
            let reason = ConnectionFault.reason(error)
            if let remote, !untried.isEmpty {
                perform(machine.note("\(remote): \(reason.words); trying the next address", at: now))
            }
            connect(after: reason)
        }
    }

    // MARK: what goes out

    private func perform(_ new: [SessionAction]) {
        actions += new
        guard !isPerforming else { return }
        isPerforming = true
        var position = 0
        while position < actions.count {
            perform(actions[position])
            position += 1
            if position == actions.count, errand != nil, machine.isAtRest {
                if handOver != nil, machine.progress.isPlanDone { break }
                actions += machine.order(machine.plan.dropsAtEnd ? .drop : .quit, at: now)
            }
        }
        actions = []
        // Once for all that was said: commands that go together share a segment.
        channel?.flush()
        isPerforming = false
        if handOver != nil, machine.isAtRest, machine.progress.isPlanDone { release() } else { schedule() }
    }

    private func release() {
        timer?.cancel()
        timer = nil
        guard let handOver, let channel else { return }
        (self.handOver, self.channel) = (nil, nil)
        // Not from inside a read: the handler that reads is about to be taken out.
        let progress = machine.progress
        loop.assumeIsolated().execute { handOver(channel, progress) }
    }

    private func perform(_ action: SessionAction) {
        switch action {
        case .send(let bytes): channel?.write(ByteBuffer(bytes: bytes), promise: nil)
        case .startTLS: startTLS()
        case .close: close()
        case .report(let event):
            if let fault = journal?.append(event) { actions += machine.note(fault, at: now) }
            publish(event)
        }
    }

    private func startTLS() {
        do {
            let handler = try OpenSSLHandler(tls.context(machine.plan.security), to: peer)
            handshakeBegan = now
            try channel?.pipeline.syncOperations.addHandler(handler, position: .first)
        } catch {
            actions += machine.tlsFailed(ConnectionFault.words(error), at: now)
        }
    }

    private func close() {
        timer?.cancel()
        timer = nil
        channel?.flush()
        channel?.close(promise: nil)
        channel = nil
        journal = nil
        finish()
    }

    private func schedule() {
        timer?.cancel()
        timer = nil
        guard let deadline = machine.deadline else { return }
        timer = loop.assumeIsolated().scheduleTask(deadline: began + TimeAmount(deadline)) { [weak self] in
            guard let self else { return }
            perform(machine.deadlinePassed(at: now))
        }
    }
}

extension Endpoint {
    /// `nil` for what is no IP address.
    init?(_ address: SocketAddress?) {
        // A zone such as %eth0 belongs to this machine, not to the address.
        guard let address, let text = address.ipAddress?.prefix(while: { $0 != "%" }), let ip = IPAddress(text),
            let port = address.port
        else { return nil }
        self.init(ip, port)
    }
}
