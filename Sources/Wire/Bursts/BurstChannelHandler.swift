import NIOCore
import SMTP

/// The last handler of a connection of a burst: what a read brings is answered at once, and goes out when the read is over.
final class BurstChannelHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let session: BurstSession
    private var reason: String?

    init(_ session: BurstSession) { self.session = session }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        session.received(Array(unwrapInboundIn(data).readableBytesView))
    }

    func channelReadComplete(context: ChannelHandlerContext) { context.flush() }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch ConnectionFault.end(error) {
        case .transport(.reset): reason = "the server reset the connection"
        case .transport(.failed(let words)): reason = words
        case .transport: break
        case .tls(let words): reason = words
        }
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) { session.ended(reason) }
}
