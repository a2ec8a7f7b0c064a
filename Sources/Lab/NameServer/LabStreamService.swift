import NIOCore

/// The TCP side of the lab's name server: each message behind a length of two bytes, RFC 1035 §4.2.2.
final class LabStreamService: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let desk: LabQuestionDesk
    private var received = ByteBuffer()

    init(_ desk: LabQuestionDesk) { self.desk = desk }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = unwrapInboundIn(data)
        received.writeBuffer(&buffer)
        while let length = received.getInteger(at: received.readerIndex, as: UInt16.self),
            received.readableBytes >= 2 + Int(length)
        {
            received.moveReaderIndex(forwardBy: 2)
            guard let reply = desk.reply(to: received.readBytes(length: Int(length)) ?? [], limit: 65535) else {
                continue
            }
            var answer = ByteBuffer()
            answer.writeInteger(UInt16(clamping: reply.bytes.count))
            answer.writeBytes(reply.bytes)
            let (channel, framed) = (context.channel, answer)
            context.eventLoop.scheduleTask(in: TimeAmount(reply.delay)) {
                channel.writeAndFlush(framed, promise: nil)
            }
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
