import DNS
import MailVocabulary
import NIOCore
import NIOPosix

/// One attempt by UDP, RFC 1035 §4.2.1.
///
/// The socket is not connected, so that datagrams from strangers can be counted instead of vanishing in the kernel; the option
/// IP_RECVERR makes the ICMP errors arrive all the same.
final class DatagramExchange: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>

    private let query: ExchangeQuery
    private let server: SocketAddress
    private let exchange: ExchangeState

    private init(_ query: ExchangeQuery, _ server: SocketAddress, _ exchange: ExchangeState) {
        (self.query, self.server, self.exchange) = (query, server, exchange)
    }

    static func open(
        _ query: ExchangeQuery, to server: Endpoint, on loop: any EventLoop, reportingTo exchange: ExchangeState
    ) -> EventLoopFuture<any Channel> {
        let (address, bytes): (SocketAddress, [UInt8])
        do { (address, bytes) = (try SocketAddress(server), query.bytes) } catch { return loop.makeFailedFuture(error) }
        let isV6 = server.address.isV6
        let handler = NIOLoopBound(DatagramExchange(query, address, exchange), eventLoop: loop)
        return DatagramBootstrap(group: loop)
            .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 4096))
            .channelOption(isV6 ? .reportV6Errors : .reportV4Errors, value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(handler.value)
                }
            }
            .bind(host: isV6 ? "::" : "0.0.0.0", port: 0)
            .flatMap { channel in
                channel.writeAndFlush(AddressedEnvelope(remoteAddress: address, data: ByteBuffer(bytes: bytes)))
                    .map { channel }
            }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let envelope = unwrapInboundIn(data)
        let bytes = Array(envelope.data.readableBytesView)
        if envelope.remoteAddress == server, query.isAnswered(by: bytes) {
            exchange.received(bytes, over: .udp)
        } else {
            exchange.ignoredStray()
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { exchange.failed(error) }
}

extension ChannelOption where Self == ChannelOptions.Types.SocketOption {
    /// IP_RECVERR of Linux, ip(7).
    fileprivate static var reportV4Errors: Self { Self(level: .ip, name: NIOBSDSocket.Option(rawValue: 11)) }
    /// IPV6_RECVERR of Linux, ipv6(7).
    fileprivate static var reportV6Errors: Self { Self(level: .ipv6, name: NIOBSDSocket.Option(rawValue: 25)) }
}
