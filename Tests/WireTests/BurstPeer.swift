import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

/// A server on loopback that takes every message, or refuses them from some message on.
final class BurstPeer: Sendable {
    let port: Int
    private let listener: any Channel
    private let counts: NIOLockedValueBox<(messages: Int, connections: Int)>

    /// How many final dots were answered with 250.
    var messages: Int { counts.withLockedValue { $0.messages } }
    var connections: Int { counts.withLockedValue { $0.connections } }

    /// - Parameters:
    ///   - limit: MAIL is answered with 451 from this many messages on.
    ///   - isMute: The final dot is never answered.
    init(limit: Int = .max, isMute: Bool = false) async throws {
        let counts = NIOLockedValueBox((messages: 0, connections: 0))
        self.counts = counts
        listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    counts.withLockedValue { $0.connections += 1 }
                    try channel.pipeline.syncOperations.addHandler(
                        BurstAnswers(counts: counts, limit: limit, isMute: isMute))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = listener.localAddress?.port ?? 0
    }

    func stop() async { try? await listener.close() }
}

/// One connection of the server.
private final class BurstAnswers: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let counts: NIOLockedValueBox<(messages: Int, connections: Int)>
    private let limit: Int
    private let isMute: Bool
    private var unread = ByteBuffer()
    private var isInMessage = false

    init(counts: NIOLockedValueBox<(messages: Int, connections: Int)>, limit: Int, isMute: Bool) {
        (self.counts, self.limit, self.isMute) = (counts, limit, isMute)
    }

    func channelActive(context: ChannelHandlerContext) { say("220 mx ESMTP", context) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var more = unwrapInboundIn(data)
        unread.writeBuffer(&more)
        while let end = unread.readableBytesView.firstIndex(of: 0x0A) {
            let line = unread.readString(length: end + 1 - unread.readerIndex) ?? ""
            answer(String(line.dropLast()), context)
        }
        context.flush()
    }

    private func answer(_ line: String, _ context: ChannelHandlerContext) {
        if isInMessage {
            guard line == "." else { return }
            isInMessage = false
            if isMute { return }
            counts.withLockedValue { $0.messages += 1 }
            return say("250 ok: queued", context)
        }
        switch line.prefix(4) {
        case "EHLO": say("250-mx\r\n250 PIPELINING", context)
        case "MAIL": say(counts.withLockedValue { $0.messages } >= limit ? "451 4.7.1 slow down" : "250 ok", context)
        case "DATA":
            isInMessage = true
            say("354 go", context)
        case "QUIT":
            say("221 bye", context)
            context.close(promise: nil)
        case _: say("250 ok", context)
        }
    }

    private func say(_ line: String, _ context: ChannelHandlerContext) {
        context.writeAndFlush(NIOAny(ByteBuffer(string: line + "\r\n")), promise: nil)
    }
}
