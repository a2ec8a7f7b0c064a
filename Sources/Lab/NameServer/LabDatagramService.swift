import NIOCore

/// The UDP side of the lab's name server, RFC 1035 §4.2.1.
final class LabDatagramService: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    typealias OutboundOut = AddressedEnvelope<ByteBuffer>

    private let desk: LabQuestionDesk

    init(_ desk: LabQuestionDesk) { self.desk = desk }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let envelope = unwrapInboundIn(data)
        guard let reply = desk.reply(to: Array(envelope.data.readableBytesView), limit: nil) else { return }
        let answer = AddressedEnvelope(remoteAddress: envelope.remoteAddress, data: ByteBuffer(bytes: reply.bytes))
        let channel = context.channel
        for stray in reply.strays {
            let datagram = AddressedEnvelope(remoteAddress: envelope.remoteAddress, data: ByteBuffer(bytes: stray))
            channel.writeAndFlush(datagram, promise: nil)
        }
        if reply.delay == .zero {
            channel.writeAndFlush(answer, promise: nil)
        } else {
            context.eventLoop.scheduleTask(in: TimeAmount(reply.delay)) { channel.writeAndFlush(answer, promise: nil) }
        }
    }

    /// An asker who has gone away shows as an ICMP error here: no reason to stop.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {}
}
