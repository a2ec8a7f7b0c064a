import DNS
import MailVocabulary
import NIOCore
import NIOPosix

/// The gateway's own look at the name of a client: PTR, and whether the name leads back to the address.
///
/// A real query over UDP. When nobody answers the gateway waits its whole time, and the client waits for the banner.
struct ReverseLookup: Sendable {
    let server: Endpoint
    /// Until giving up; asked once more at half of it.
    let timeout: Duration

    func name(of address: IPAddress) async -> ReverseName {
        guard let answer = await ask(DNSQuestion(DNSName(reverse: address), .ptr)) else { return .unknown }
        let names = answer.answers.compactMap { record -> DNSName? in
            guard record.type == .ptr, case .name(let name) = record.data else { return nil }
            return name
        }
        guard let name = names.first else { return .unknown }
        let forward = await ask(DNSQuestion(name, address.isV6 ? .aaaa : .a))
        let isVerified = forward?.answers.contains { $0.data == .address(address) } == true
        return .name(name.description, verified: isVerified)
    }

    /// - Returns: `nil` when there was no answer in time, or none that can be read.
    private func ask(_ question: DNSQuestion) async -> DNSMessage? {
        let query = DNSMessage(asking: question, id: .random(in: 0 ... .max))
        let bytes = MessageEncoder.bytes(of: query)
        let channel = try? await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { $0.eventLoop.makeSucceededVoidFuture() }
            .connect(host: server.address.description, port: server.port)
            .get()
        guard let channel else { return nil }
        let answer = channel.eventLoop.makePromise(of: DNSMessage?.self)
        let half = TimeAmount.nanoseconds(TimeAmount(timeout).nanoseconds / 2)
        channel.eventLoop.execute {
            let handler = AnswerAwaiter(bytes, id: query.id, question: question, every: half, answer)
            do {
                try channel.pipeline.syncOperations.addHandler(handler)
            } catch {
                answer.succeed(nil)
            }
        }
        let result = await withTaskCancellationHandler {
            try? await answer.futureResult.get()
        } onCancel: {
            channel.close(promise: nil)
        }
        channel.close(promise: nil)
        return result ?? nil
    }
}

/// Sends one query, once more after a while, and waits for its answer as long again.
private final class AnswerAwaiter: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    typealias OutboundOut = AddressedEnvelope<ByteBuffer>

    private let query: [UInt8]
    private let id: UInt16
    private let question: DNSQuestion
    private let interval: TimeAmount
    private let answer: EventLoopPromise<DNSMessage?>
    private var timer: Scheduled<Void>?

    init(
        _ query: [UInt8], id: UInt16, question: DNSQuestion, every interval: TimeAmount,
        _ answer: EventLoopPromise<DNSMessage?>
    ) {
        (self.query, self.id, self.question) = (query, id, question)
        (self.interval, self.answer) = (interval, answer)
    }

    func handlerAdded(context: ChannelHandlerContext) { send(context, again: true) }

    private func send(_ context: ChannelHandlerContext, again: Bool) {
        guard let server = context.remoteAddress else { return answer.succeed(nil) }
        let data = context.channel.allocator.buffer(bytes: query)
        context.writeAndFlush(wrapOutboundOut(AddressedEnvelope(remoteAddress: server, data: data)), promise: nil)
        let here = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        timer = context.eventLoop.scheduleTask(in: interval) {
            let (handler, context) = here.value
            if again { handler.send(context, again: false) } else { handler.answer.succeed(nil) }
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = Array(unwrapInboundIn(data).data.readableBytesView)
        guard let message = try? MessageDecoder.message(bytes), message.isResponse, message.id == id,
            message.question == question
        else { return }
        timer?.cancel()
        answer.succeed(message)
    }

    /// A closed port shows as an ICMP error: no answer will come.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        timer?.cancel()
        answer.succeed(nil)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.cancel()
        answer.succeed(nil)
    }
}
