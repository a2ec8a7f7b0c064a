import DNS
import MailVocabulary
import NIOCore
import NIOPosix

/// One attempt by TCP, RFC 1035 §4.2.2 and RFC 7766: each message behind a length of two bytes.
final class StreamExchange: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let query: ExchangeQuery
    private let exchange: ExchangeState
    private var received = ByteBuffer()

    private init(_ query: ExchangeQuery, _ exchange: ExchangeState) { (self.query, self.exchange) = (query, exchange) }

    static func open(
        _ query: ExchangeQuery, to server: Endpoint, on loop: any EventLoop, within limit: TimeAmount,
        reportingTo exchange: ExchangeState
    ) -> EventLoopFuture<any Channel> {
        let handler = NIOLoopBound(StreamExchange(query, exchange), eventLoop: loop)
        return ClientBootstrap(group: loop)
            .connectTimeout(limit)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(handler.value)
                }
            }
            .connect(host: server.address.description, port: server.port)
    }

    func channelActive(context: ChannelHandlerContext) {
        var buffer = ByteBuffer()
        buffer.writeInteger(UInt16(query.bytes.count))
        buffer.writeBytes(query.bytes)
        context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = unwrapInboundIn(data)
        received.writeBuffer(&buffer)
        while let length = received.getInteger(at: received.readerIndex, as: UInt16.self),
            received.readableBytes >= 2 + Int(length)
        {
            received.moveReaderIndex(forwardBy: 2)
            let bytes = received.readBytes(length: Int(length)) ?? []
            if query.isAnswered(by: bytes) {
                exchange.received(bytes, to: query, over: .tcp)
            } else {
                exchange.ignoredStray()
            }
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        let announced = received.getInteger(at: received.readerIndex, as: UInt16.self).map(Int.init)
        exchange.closedEarly(
            announced: announced, received: max(0, received.readableBytes - (announced == nil ? 0 : 2)))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { exchange.failed(error) }
}

extension SocketAddress {
    /// An endpoint for the sockets of NIO.
    init(_ endpoint: Endpoint) throws {
        try self.init(ipAddress: endpoint.address.description, port: endpoint.port)
    }
}
