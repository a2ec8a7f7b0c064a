import DNS
import MailVocabulary
import NIOCore
import NIOPosix

/// A name server over real sockets of the loopback, UDP and TCP on one port, that answers as a resolver would from its zones.
public final class LabNameServer: Sendable {
    /// Where it listens.
    public let endpoint: Endpoint
    private let desk: LabQuestionDesk
    private let channels: [any Channel]

    private init(_ endpoint: Endpoint, _ desk: LabQuestionDesk, _ channels: [any Channel]) {
        (self.endpoint, self.desk, self.channels) = (endpoint, desk, channels)
    }

    /// Starts on a port that the system chooses, unless one is given.
    ///
    /// - Throws: the error of the socket, if no port can be had.
    public static func start(
        zones: LabZones, address: IPAddress = .loopback, port: Int = 0
    ) async throws -> LabNameServer {
        let desk = LabQuestionDesk(zones)
        let group = MultiThreadedEventLoopGroup.singleton
        // The port that TCP was given may be taken for UDP: then another one.
        var attempt = 0
        while true {
            attempt += 1
            let stream = try await ServerBootstrap(group: group)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(LabStreamService(desk))
                    }
                }
                .bind(host: address.description, port: port).get()
            let chosen = stream.localAddress?.port ?? port
            do {
                let datagram = try await DatagramBootstrap(group: group)
                    .channelInitializer { channel in
                        channel.eventLoop.makeCompletedFuture {
                            try channel.pipeline.syncOperations.addHandler(LabDatagramService(desk))
                        }
                    }
                    .bind(host: address.description, port: chosen).get()
                return LabNameServer(Endpoint(address, chosen), desk, [stream, datagram])
            } catch {
                try? await stream.close()
                if port != 0 || attempt == 20 { throw error }
            }
        }
    }

    /// What it was asked so far, in order.
    public var questions: [DNSQuestion] { desk.questions }

    /// Closes both sockets; what is delayed is never sent.
    public func stop() async {
        for channel in channels { try? await channel.close() }
    }
}
