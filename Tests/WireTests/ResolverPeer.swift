import MailVocabulary
import NIOCore
import NIOPosix

/// A name server that answers as a test tells it: bytes for bytes, over UDP and TCP on one port of the loopback.
final class ResolverPeer: Sendable {
    /// What goes back for a query: datagrams, or the raw bytes of a TCP stream, which is closed afterwards.
    typealias Script = @Sendable (_ query: [UInt8], _ isStream: Bool) -> [[UInt8]]

    /// The answer of a script that leaves a TCP connection open and says nothing.
    static let mute: [[UInt8]] = [[]]

    let endpoint: Endpoint
    private let channels: [any Channel]

    private init(_ endpoint: Endpoint, _ channels: [any Channel]) {
        (self.endpoint, self.channels) = (endpoint, channels)
    }

    static func start(_ script: @escaping Script) async throws -> ResolverPeer {
        let group = MultiThreadedEventLoopGroup.singleton
        while true {
            let stream = try await ServerBootstrap(group: group)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(StreamScript(script))
                    }
                }
                .bind(host: "127.0.0.1", port: 0).get()
            let port = stream.localAddress?.port ?? 0
            let datagram = try? await DatagramBootstrap(group: group)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(DatagramScript(script))
                    }
                }
                .bind(host: "127.0.0.1", port: port).get()
            if let datagram { return ResolverPeer(Endpoint(.loopback, port), [stream, datagram]) }
            try await stream.close()
        }
    }

    func stop() async {
        for channel in channels { try? await channel.close() }
    }

    /// A message behind its length, as TCP carries it.
    static func framed(_ bytes: [UInt8]) -> [UInt8] { [UInt8(bytes.count >> 8), UInt8(bytes.count & 255)] + bytes }
}

private final class DatagramScript: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    typealias OutboundOut = AddressedEnvelope<ByteBuffer>
    let script: ResolverPeer.Script

    init(_ script: @escaping ResolverPeer.Script) { self.script = script }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let envelope = unwrapInboundIn(data)
        for bytes in script(Array(envelope.data.readableBytesView), false) {
            let answer = AddressedEnvelope(remoteAddress: envelope.remoteAddress, data: ByteBuffer(bytes: bytes))
            context.writeAndFlush(wrapOutboundOut(answer), promise: nil)
        }
    }
}

private final class StreamScript: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer
    let script: ResolverPeer.Script

    init(_ script: @escaping ResolverPeer.Script) { self.script = script }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let query = Array(unwrapInboundIn(data).readableBytesView.dropFirst(2))
        let answer = script(query, true)
        guard answer != ResolverPeer.mute else { return }
        for bytes in answer {
            context.write(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
        }
        context.flush()
        context.close(promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
