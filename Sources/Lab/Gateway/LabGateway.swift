import MailVocabulary
import NIOCore
import NIOPosix
import TLS

/// An honest SMTP server over real sockets on loopback: plain with STARTTLS on one port, implicit TLS (RFC 8314 §3.3) on
/// another, each on all of its addresses.
final class LabGateway: Sendable {
    /// mx1.example.test. Not 127.0.0.1: clients come from there, and the two have different names in the story.
    static let first = IPAddress(v4: 127, 0, 0, 2)
    /// mx2.example.test.
    static let second = IPAddress(v4: 127, 0, 0, 5)
    private static let addresses = [first, second, .loopback]

    let plain: Endpoint
    let smtps: Endpoint
    private let core: GatewayCore
    private let listeners: [any Channel]

    private init(_ core: GatewayCore, plain: [any Channel], smtps: [any Channel]) {
        self.core = core
        self.plain = Endpoint(Self.first, plain.first?.localAddress?.port ?? 0)
        self.smtps = Endpoint(Self.first, smtps.first?.localAddress?.port ?? 0)
        listeners = plain + smtps
    }

    /// Port 0 lets the system choose.
    /// - Throws: `LabFailure` when a port cannot be had.
    static func start(_ core: GatewayCore, port: Int, smtpsPort: Int) async throws -> LabGateway {
        let plain = try await listen(core, port: port, isImplicitTLS: false)
        do {
            return LabGateway(
                core, plain: plain, smtps: try await listen(core, port: smtpsPort, isImplicitTLS: true))
        } catch {
            for listener in plain { try? await listener.close() }
            throw error
        }
    }

    func stop() async {
        for listener in listeners { try? await listener.close() }
        await core.closeAll()
    }

    /// One port number for all addresses: another program may have taken it on the second one, so a chosen number is tried
    /// anew a few times.
    private static func listen(_ core: GatewayCore, port: Int, isImplicitTLS: Bool) async throws -> [any Channel] {
        var fault: any Error = LabFailure("no address")
        for _ in 0..<(port == 0 ? 8 : 1) {
            var listeners: [any Channel] = []
            do {
                for address in addresses {
                    let wanted = listeners.first?.localAddress?.port ?? port
                    listeners.append(try await bind(core, address, wanted, isImplicitTLS))
                }
                return listeners
            } catch {
                for listener in listeners { try? await listener.close() }
                fault = error
            }
        }
        throw LabFailure.listening("gateway", port, fault)
    }

    private static func bind(
        _ core: GatewayCore, _ address: IPAddress, _ port: Int, _ isImplicitTLS: Bool
    ) async throws -> any Channel {
        try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if isImplicitTLS { try pipeline.addHandler(OpenSSLHandler(accepting: core.tls)) }
                    try pipeline.addHandler(GatewayHandler(core, isImplicitTLS: isImplicitTLS))
                }
            }
            .bind(host: address.description, port: port)
            .get()
    }
}
