import NIOCore
import NIOHTTP1

/// Answers one request by the host that it names, and closes.
final class WebResponder: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let answers: [String: WebAnswer]
    private var head: HTTPRequestHead?

    /// By host name.
    init(_ answers: [String: WebAnswer]) { self.answers = answers }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): self.head = head
        case .body: break
        case .end: respond(context)
        }
    }

    private func respond(_ context: ChannelHandlerContext) {
        guard let head else { return }
        let host = head.headers.first(name: "host").map { String($0.prefix { $0 != ":" }).lowercased() } ?? ""
        let isPolicy = head.uri == "/.well-known/mta-sts.txt"
        let answer = isPolicy ? answers[host] ?? WebAnswer(status: .notFound) : WebAnswer(status: .notFound)
        var headers = HTTPHeaders([
            ("content-type", answer.type), ("content-length", "\(answer.body.utf8.count)"), ("connection", "close"),
        ])
        if let location = answer.location { headers.add(name: "location", value: location) }
        context.write(
            wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: answer.status, headers: headers))),
            promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: answer.body)))), promise: nil)
        let loopBound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in loopBound.value.close(promise: nil) }
    }

    /// A client that goes away, or dislikes the certificate, is no fault of the lab's.
    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
