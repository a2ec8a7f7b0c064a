import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import TLS
import TestSupport

/// A server on loopback that plays the server's lines of a conversation to its first client, and checks the client's.
final class FakeMTA: Sendable {
    let port: Int
    private let listener: any Channel
    private let mismatchBox: NIOLockedValueBox<[String]>

    /// What the client said otherwise than written.
    var mismatches: [String] { mismatchBox.withLockedValue { $0 } }

    init(_ lines: [Conversation.Line], tls: OpenSSLServerContext? = nil) async throws {
        let box = NIOLockedValueBox<[String]>([])
        mismatchBox = box
        listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let player = ScriptPlayer(lines, tls: tls) { words in box.withLockedValue { $0.append(words) } }
                    try channel.pipeline.syncOperations.addHandler(player)
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = listener.localAddress?.port ?? 0
    }

    func stop() async { try? await listener.close() }
}

/// One connection of the server: goes through the lines as the client lets it.
private final class ScriptPlayer: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private var rest: ArraySlice<Conversation.Line>
    private let tls: OpenSSLServerContext?
    private let complain: (String) -> Void
    private var unread = ByteBuffer()

    init(_ lines: [Conversation.Line], tls: OpenSSLServerContext?, complain: @escaping (String) -> Void) {
        (rest, self.tls, self.complain) = (lines[...], tls, complain)
    }

    func channelActive(context: ChannelHandlerContext) { advance(context) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var more = unwrapInboundIn(data)
        unread.writeBuffer(&more)
        advance(context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func advance(_ context: ChannelHandlerContext) {
        var out = ByteBuffer()
        defer { if out.readableBytes > 0 { send(out, context) } }
        while let line = rest.first {
            switch line {
            case .server(let bytes): out.writeBytes(bytes)
            case .client(let expected):
                guard let said = takeLine() else { return }
                if said != expected + "\r\n" { return complain("expected \(expected), got \(said)") }
            case .message:
                guard takeMessage() else { return }
            case .order, .waits: break
            case .handshake:
                send(out, context)
                out.clear()
                startTLS(context)
            case .closes: return context.close(promise: nil)
            case .resets: return reset(context)
            }
            rest.removeFirst()
        }
    }

    private func send(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
        context.channel.writeAndFlush(bytes, promise: nil)
    }

    private func takeLine() -> String? {
        let view = unread.readableBytesView
        guard let end = view.firstIndex(of: 0x0A) else { return nil }
        return unread.readString(length: end - view.startIndex + 1)
    }

    private func takeMessage() -> Bool {
        let view = unread.readableBytesView
        let end = Array("\r\n.\r\n".utf8)
        guard let found = view.indices.first(where: { view[$0...].starts(with: end) }) else { return false }
        unread.moveReaderIndex(forwardBy: found - view.startIndex + end.count)
        return true
    }

    private func startTLS(_ context: ChannelHandlerContext) {
        do {
            guard let tls else { return complain("the conversation wants TLS and the server has none") }
            try context.pipeline.syncOperations.addHandler(OpenSSLHandler(accepting: tls), position: .first)
            // A client that speaks in the clear before TLS may have its first record right behind.
            guard unread.readableBytes > 0 else { return }
            let early = unread
            unread.clear()
            context.pipeline.syncOperations.fireChannelRead(NIOAny(early))
        } catch { complain("\(error)") }
    }

    private func reset(_ context: ChannelHandlerContext) {
        let channel = context.channel
        let provider = channel as? any SocketOptionProvider
        let lingering = provider?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
        lingering?.whenComplete { _ in channel.close(promise: nil) }
    }
}
