import Glibc
import MailVocabulary
import NIOCore
import NIOPosix
import SMTP
import TLS

/// How a session gets its channel: TCP, by way of a proxy, a socket of the file system, or a command.
extension SessionConductor {
    /// Tries the next address; `reason` is why the one before it failed.
    func connect(after reason: CloseReason) {
        guard !machine.isClosed else { return }
        guard let next = untried.popFirst() else { return perform(machine.failedToConnect(reason, at: now)) }
        host = next.host
        if let proxy { return connect(to: next, by: proxy) }
        guard let address = next.address else { return connect(after: reason) }
        let remote = Endpoint(address, machine.plan.target.port)
        perform(machine.connecting(host: next.host, to: remote, at: now))
        let start = now
        do {
            let bootstrap = try bound(bootstrap(), for: address)
            let place = try SocketAddress(ipAddress: "\(remote.address)", port: remote.port)
            bootstrap.connect(to: place).assumeIsolated().whenComplete { [self] result in
                connected(result, named: "\(remote)") { local in
                    machine.connected(local: local, remote: remote, took: now - start, at: now)
                }
            }
        } catch {
            connect(after: ConnectionFault.reason(error))
        }
    }

    /// The proxy is connected to, asked to open the way, and then forgotten.
    private func connect(to next: (host: String, address: IPAddress?), by proxy: Endpoint) {
        guard let demand = machine.plan.connection.proxy else { return }
        let port = machine.plan.target.port
        let remote = next.address.map { Endpoint($0, port) }
        perform(machine.connecting(host: next.host, to: remote, at: now))
        perform(machine.note("by way of \(demand)", at: now))
        let start = now
        let destination = next.address.map { ProxyNegotiation.Destination.address($0) } ?? .name(next.host)
        let negotiation = ProxyNegotiation(demand, to: destination, port: port, secret: proxySecret)
        let opened = loop.makePromise(of: [UInt8].self)
        let limit = TimeAmount(machine.plan.deadlines.connect)
        let handler = NIOLoopBound(ProxyHandler(negotiation, opened: opened), eventLoop: loop)
        let me = NIOLoopBound(self, eventLoop: loop)
        do {
            let raw = ClientBootstrap(group: loop).connectTimeout(limit).channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(handler.value)
                }.flatMap { me.value.bind(channel) }
            }
            let place = try SocketAddress(ipAddress: "\(proxy.address)", port: proxy.port)
            try bound(raw, for: proxy.address).connect(to: place).assumeIsolated().whenComplete { [self] result in
                switch result {
                case .failure(let error):
                    opened.fail(ProxyFault(words: ConnectionFault.reason(error).words))
                    connected(.failure(ProxyFault(words: ConnectionFault.reason(error).words)), named: "\(demand)") {
                        _ in
                        []
                    }
                case .success(let channel):
                    self.channel = channel
                    opened.futureResult.assumeIsolated().whenComplete { [self] result in
                        let ready = result.flatMap { rest in
                            Result { try prepare(channel) }.map { (channel, rest) }
                        }
                        connected(ready.map(\.0), named: "\(demand)") { local in
                            machine.connected(local: local, remote: remote, took: now - start, at: now)
                        }
                        // What the server said before we listened goes through whatever stands in the channel now.
                        guard case .success((let channel, let rest)) = ready, !rest.isEmpty else { return }
                        guard let context = try? channel.pipeline.syncOperations.context(handler: handler.value) else {
                            return
                        }
                        context.fireChannelRead(NIOAny(ByteBuffer(bytes: rest)))
                        context.fireChannelReadComplete()
                    }
                    handler.value.begin(on: channel, limit: limit)
                }
            }
        } catch {
            opened.fail(ProxyFault(words: "\(error)"))
            connect(after: ConnectionFault.reason(error))
        }
    }

    func connect(socket path: String) {
        guard !machine.isClosed else { return }
        host = path
        perform(machine.connectingToSocket(at: now))
        let start = now
        bootstrap().connect(unixDomainSocketPath: path).assumeIsolated().whenComplete { [self] result in
            connected(result, named: nil) { _ in machine.connectedToStream(took: now - start, at: now) }
        }
    }

    func connect(command: String) {
        guard !machine.isClosed else { return }
        // A name on the command line is the one that a certificate should carry.
        host = machine.plan.target.name
        perform(machine.connecting(toCommand: command, at: now))
        let start = now
        let me = NIOLoopBound(self, eventLoop: loop)
        do throws(ChildOutput.ErrorNumber) {
            let pipes = try ProcessPipes(command)
            isCommandRunning = true
            pipes.reap { [loop] words in loop.execute { me.value.commandEnded(words) } }
            NIOPipeBootstrap(group: loop)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture { try me.value.prepare(channel) }
                }
                .takingOwnershipOfDescriptors(input: pipes.input, output: pipes.output)
                .assumeIsolated().whenComplete { [self] result in
                    connected(result, named: nil) { _ in machine.connectedToStream(took: now - start, at: now) }
                }
        } catch {
            let reason = unsafe String(cString: strerror(error.code))
            perform(machine.failedToConnect(.failed("the command cannot be started: \(reason)"), at: now))
        }
    }

    private func bootstrap() -> ClientBootstrap {
        let me = NIOLoopBound(self, eventLoop: loop)
        return ClientBootstrap(group: loop)
            .connectTimeout(TimeAmount(machine.plan.deadlines.connect))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try me.value.prepare(channel) }
                    .flatMap { me.value.bind(channel) }
            }
    }

    /// With the address and port of our own that the plan names.
    private func bound(_ bootstrap: ClientBootstrap, for remote: IPAddress) throws -> ClientBootstrap {
        let demands = machine.plan.connection
        let bootstrap = bootstrap.channelOption(.tcpOption(.tcp_nodelay), value: 1)
        guard demands.source != nil || demands.sourcePort != 0 else { return bootstrap }
        let own = demands.source.map { "\($0)" } ?? (remote.isV6 ? "::" : "0.0.0.0")
        let reused = bootstrap.channelOption(.socketOption(.so_reuseaddr), value: 1)
        return reused.bind(to: try SocketAddress(ipAddress: own, port: demands.sourcePort))
    }

    /// SO_BINDTODEVICE, socket(7): before the connection is made.
    private func bind(_ channel: any Channel) -> EventLoopFuture<Void> {
        guard let name = machine.plan.connection.interface, let provider = channel as? any SocketOptionProvider else {
            return channel.eventLoop.makeSucceededVoidFuture()
        }
        var room = InterfaceName()
        room.set(name)
        return provider.unsafeSetSocketOption(
            level: .init(SOL_SOCKET), name: .init(SO_BINDTODEVICE), value: room)
    }

    private func prepare(_ channel: any Channel) throws {
        self.channel = channel
        // A PROXY header stands in the clear before TLS.
        if machine.plan.target.implicitTLS, machine.plan.connection.opening == nil {
            let handler = try OpenSSLHandler(tls.context(machine.plan.security), to: peer)
            tlsHandler = handler
            try channel.pipeline.syncOperations.addHandler(handler)
        }
        try channel.pipeline.syncOperations.addHandler(SessionChannelHandler(self))
    }

    /// The name that the certificate should carry: that of the host spoken to, RFC 8461 §4.2.
    var peer: TLSPeer {
        let demands = machine.plan.security
        // A path is no name that a certificate could carry.
        let name = demands.expectedName ?? (host.hasPrefix("/") ? nil : host)
        let isAddress = name.flatMap { IPAddress($0) } != nil
        let spokenTo = IPAddress(host) == nil && !host.hasPrefix("/") ? host : ""
        var peer = TLSPeer(name: name, isAddress: isAddress, serverName: demands.serverName ?? spokenTo)
        peer.resumes = demands.resumes
        return peer
    }

    /// - Parameters:
    ///   - name: What was tried, for the transcript; `nil` where there is no other way to try.
    ///   - tell: Tells the machine of the connection; given the address of our own, where there is one.
    private func connected(
        _ result: Result<any Channel, any Error>, named name: String?, tell: (Endpoint?) -> [SessionAction]
    ) {
        guard !machine.isClosed else {
            if case .success(let late) = result { late.close(promise: nil) }
            return
        }
        switch result {
        case .success(let channel):
            self.channel = channel
            handshakeBegan = now
            perform(tell(Endpoint(channel.localAddress)))
            if machine.plan.target.implicitTLS, machine.plan.connection.opening != nil { perform([.startTLS]) }
        case .failure(let error):
            channel = nil
            let reason = reason(error)
            if let name, !untried.isEmpty {
                perform(machine.note("\(name): \(reason.words); trying the next address", at: now))
            }
            connect(after: reason)
        }
    }

    private func reason(_ error: any Error) -> CloseReason {
        guard let name = machine.plan.connection.interface, let error = error as? IOError, error.errnoCode == EPERM
        else {
            return ConnectionFault.reason(error)
        }
        return .unreachable("this machine does not let you choose the interface \(name): that takes CAP_NET_RAW")
    }
}

/// The name of an interface as the kernel takes it: 15 octets at most, and a NUL.
private struct InterfaceName: Sendable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    mutating func set(_ name: String) {
        for (index, byte) in name.utf8.prefix(15).enumerated() {
            if index < 8 {
                low |= UInt64(byte) << (8 * UInt64(index))
            } else {
                high |= UInt64(byte) << (8 * UInt64(index - 8))
            }
        }
        (low, high) = (low.littleEndian, high.littleEndian)
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
