import MailVocabulary
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import SMTP

/// A proxy on loopback, written apart from the client's side. Behind it is a server of three replies, or a real one.
final class FakeProxy: Sendable {
    let port: Int
    private let listener: any Channel
    private let askedBox: NIOLockedValueBox<String?>

    /// What it was asked for, `host:port`.
    var asked: String? { askedBox.withLockedValue { $0 } }

    init(kind: ConnectionProxy.Kind, user: String?, opens: Bool, server: Endpoint? = nil) async throws {
        let box = NIOLockedValueBox<String?>(nil)
        askedBox = box
        listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let player = ProxyPlayer(kind: kind, user: user, opens: opens, server: server) { asked in
                        box.withLockedValue { $0 = asked }
                    }
                    try channel.pipeline.syncOperations.addHandler(player)
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = listener.localAddress?.port ?? 0
    }

    func stop() async { try? await listener.close() }
}

private final class ProxyPlayer: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private enum State { case method, login, request, open }

    private let kind: ConnectionProxy.Kind
    private let user: String?
    private let opens: Bool
    private let server: Endpoint?
    private let tell: (String) -> Void
    private var state = State.method
    private var unread: [UInt8] = []
    private var onward: (any Channel)?
    private var early: [ByteBuffer] = []

    init(
        kind: ConnectionProxy.Kind, user: String?, opens: Bool, server: Endpoint?, tell: @escaping (String) -> Void
    ) {
        (self.kind, self.user, self.opens, self.server, self.tell) = (kind, user, opens, server, tell)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        if state == .open { return serve(bytes, context) }
        unread += bytes.readableBytesView
        kind == .http ? http(context) : socks(context)
    }

    func channelInactive(context: ChannelHandlerContext) { onward?.close(promise: nil) }
    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func http(_ context: ChannelHandlerContext) {
        let text = String(decoding: unread, as: UTF8.self)
        guard text.hasSuffix("\r\n\r\n") else { return }
        tell(String(text.split(separator: " ")[1]))
        let isKnown = user == nil || text.contains("Proxy-Authorization: Basic bWU6Z2VoZWlt\r\n")
        guard opens, isKnown else { return say(Array("HTTP/1.1 503 No\r\n\r\n".utf8), context) }
        open(Array("HTTP/1.1 200 OK\r\n\r\n".utf8), context)
    }

    private func socks(_ context: ChannelHandlerContext) {
        switch state {
        case .method:
            guard unread.count >= 2, unread.count >= 2 + Int(unread[1]) else { return }
            unread.removeFirst(2 + Int(unread[1]))
            state = user == nil ? .request : .login
            say([5, user == nil ? 0 : 2], context)
        case .login:
            let expected = [1, 2] + Array("me".utf8) + [6] + Array("geheim".utf8)
            guard unread.count >= expected.count else { return }
            say([1, Array(unread.prefix(expected.count)) == expected ? 0 : 1], context)
            unread.removeFirst(expected.count)
            state = .request
        case .request:
            guard unread.count > 4 else { return }
            let length = unread[3] == 3 ? 1 + Int(unread[4]) : 4
            guard unread.count >= 4 + length + 2 else { return }
            let place = unread[4..<(4 + length)]
            let name =
                unread[3] == 3
                ? String(decoding: place.dropFirst(), as: UTF8.self) : place.map { "\($0)" }.joined(separator: ".")
            tell("\(name):\(Int(unread[4 + length]) << 8 | Int(unread[5 + length]))")
            guard opens else { return say([5, 2, 0, 1, 0, 0, 0, 0, 0, 0], context) }
            open([5, 0, 0, 1, 127, 0, 0, 1, 0, 25], context)
        case .open: break
        }
    }

    /// The greeting comes in one segment with the proxy's own words: it must not be lost.
    private func open(_ words: [UInt8], _ context: ChannelHandlerContext) {
        state = .open
        guard let server else { return say(words + Array("220 behind ESMTP\r\n".utf8), context) }
        say(words, context)
        let client = NIOLoopBound(context, eventLoop: context.eventLoop)
        let me = NIOLoopBound(self, eventLoop: context.eventLoop)
        ClientBootstrap(group: context.eventLoop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Relay(client.value.channel))
                }
            }
            .connect(host: "\(server.address)", port: server.port)
            .assumeIsolated().whenSuccess { channel in
                me.value.onward = channel
                for bytes in me.value.early { channel.writeAndFlush(bytes, promise: nil) }
            }
    }

    private func serve(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
        if server != nil {
            guard let onward else { return early.append(bytes) }
            return onward.writeAndFlush(bytes, promise: nil)
        }
        let text = String(buffer: bytes)
        say(Array((text.hasPrefix("QUIT") ? "221 bye\r\n" : "250 behind\r\n").utf8), context)
    }

    private func say(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
        context.channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
    }
}

/// Carries what the server says back to the client.
private final class Relay: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let client: any Channel

    init(_ client: any Channel) { self.client = client }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        client.writeAndFlush(unwrapInboundIn(data), promise: nil)
    }
}
