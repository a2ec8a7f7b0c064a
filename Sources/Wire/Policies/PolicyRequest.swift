import DNS
import NIOCore
import NIOHTTP1
import SMTP
import TLS

/// One GET for a policy: sent when the certificate has proved good, answered when the body is whole.
final class PolicyRequest: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    private let host: String
    private let promise: EventLoopPromise<PolicyFetch.Outcome>
    private var body: [UInt8] = []
    private var hasHead = false

    init(_ host: String, _ promise: EventLoopPromise<PolicyFetch.Outcome>) {
        (self.host, self.promise) = (host, promise)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard let facts = event as? TLSFacts else { return context.fireUserInboundEventTriggered(event) }
        if let objection = facts.objections.first {
            return end(.failed("the certificate of \(host) is not valid: \(objection.text)"), context)
        }
        var head = HTTPRequestHead(version: .http1_1, method: .GET, uri: PolicyFetcher.path)
        head.headers = ["Host": host, "User-Agent": "porthole", "Accept": "text/plain", "Connection": "close"]
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            // 100 Continue and its like come before the response.
            guard head.status.code >= 200 else { return }
            hasHead = true
            if let fault = fault(in: head) { end(.failed(fault), context) }
        case .body(let part):
            body += part.readableBytesView
            if body.count > PolicyFetcher.sizeLimit {
                end(.failed("\(host) sends more than \(PolicyFetcher.sizeLimit) bytes"), context)
            }
        case .end:
            if hasHead { end(.text(body), context) }
        }
    }

    private func fault(in head: HTTPResponseHead) -> String? {
        let status = head.status.code
        if (300..<400).contains(status) {
            let target = head.headers.first(name: "Location").map { " to \($0.prefix(100))" } ?? ""
            return "\(host) redirects\(target) (HTTP \(status)), which senders do not follow"
        }
        guard status == 200 else { return "\(host) answers with HTTP \(status)" }
        let type = head.headers.first(name: "Content-Type") ?? "none"
        guard type.lowercased().prefix(while: { $0 != ";" && $0 != " " }) == "text/plain" else {
            return "\(host) sends it with the content type \(type.prefix(60)), and text/plain is asked for"
        }
        return nil
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if let failure = error as? TLSFailure {
            end(.failed("TLS with \(host) fails: \(failure.reason)"), context)
        } else if error is HTTPParserError {
            end(.failed("\(host) does not speak HTTP (\(error))"), context)
        } else {
            end(.failed("the connection to \(host) broke (\(error))"), context)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        end(.failed("\(host) closed the connection before its policy was whole"), context)
    }

    /// The first end counts.
    private func end(_ outcome: PolicyFetch.Outcome, _ context: ChannelHandlerContext) {
        promise.succeed(outcome)
        context.close(promise: nil)
    }
}
