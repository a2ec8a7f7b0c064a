import NIOCore
import SMTP
import TLS

/// The last handler of a session's channel: hands over what arrived in one burst, and how the connection ended.
///
/// A burst is given whole, so that bytes behind a reply are seen before the next command goes out: behind the 220 to STARTTLS
/// they are an attack, elsewhere a reply that nobody asked for.
final class SessionChannelHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer

    /// A burst that would not end is given in parts of about this size.
    private static let burstLimit = 1 << 18

    private let conductor: SessionConductor
    private var burst: [UInt8] = []
    private var end = TransportEnd.finished

    init(_ conductor: SessionConductor) { self.conductor = conductor }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        unsafe unwrapInboundIn(data).withUnsafeReadableBytes { unsafe burst.append(contentsOf: $0) }
        if burst.count >= Self.burstLimit { flush() }
    }

    func channelReadComplete(context: ChannelHandlerContext) { flush() }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard let facts = event as? TLSFacts else { return }
        flush()
        conductor.secured(facts)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) { conductor.feed() }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch ConnectionFault.end(error) {
        // TLS says “truncated” of a reset as well; the first word is the truer one.
        case .transport(let end): if self.end == .finished { self.end = end }
        case .tls(let words):
            flush()
            conductor.tlsFailed(words)
        }
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        flush()
        conductor.ended(end)
    }

    private func flush() {
        guard !burst.isEmpty else { return }
        let bytes = burst
        burst = []
        conductor.received(bytes)
    }
}
