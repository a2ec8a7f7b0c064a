import NIOCore
import SMTP

/// Why a proxy did not open the way.
struct ProxyFault: Error {
    let words: String
}

/// Speaks to a proxy until the way is open, then passes everything on. It stays where it is: what is put in front of it later,
/// such as TLS after STARTTLS, has the way to itself.
final class ProxyHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// Succeeds with the bytes of the server that came with the proxy's last words.
    private let opened: EventLoopPromise<[UInt8]>
    private var negotiation: ProxyNegotiation
    private var isOver = false
    private var limit: Scheduled<Void>?

    init(_ negotiation: ProxyNegotiation, opened: EventLoopPromise<[UInt8]>) {
        (self.negotiation, self.opened) = (negotiation, opened)
    }

    /// The connection to the proxy stands.
    ///
    /// - Parameter limit: How long it may take to open the way.
    func begin(on channel: any Channel, limit: TimeAmount) {
        let me = NIOLoopBound((self, channel), eventLoop: channel.eventLoop)
        self.limit = channel.eventLoop.scheduleTask(in: limit) {
            me.value.0.fail("it did not open the way in time", me.value.1)
        }
        act(negotiation.start(), channel)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isOver else { return context.fireChannelRead(data) }
        act(negotiation.received(unwrapInboundIn(data).readableBytesView), context.channel)
    }

    func channelInactive(context: ChannelHandlerContext) {
        if isOver { return context.fireChannelInactive() }
        fail("it closed the connection", context.channel)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if isOver { return context.fireErrorCaught(error) }
        fail(ConnectionFault.reason(error).words, context.channel)
    }

    private func act(_ step: ProxyNegotiation.Step, _ channel: any Channel) {
        guard !isOver else { return }
        switch step {
        case .wait: break
        case .send(let bytes): channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
        case .open(let rest):
            isOver = true
            limit?.cancel()
            opened.succeed(rest)
        case .failed(let words): fail(words, channel)
        }
    }

    private func fail(_ words: String, _ channel: any Channel) {
        guard !isOver else { return }
        isOver = true
        limit?.cancel()
        opened.fail(ProxyFault(words: words))
        channel.close(promise: nil)
    }
}
