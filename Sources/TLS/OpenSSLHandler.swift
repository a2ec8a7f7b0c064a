import NIOCore
import SMTP

/// Speaks TLS below it and plaintext above it, as client or as server, and says what the handshake showed.
///
/// Put it in front of the other handlers, at the start or in place after STARTTLS (RFC 3207): on an active channel the
/// handshake begins at once. It fires `SMTP.TLSFacts` as a user inbound event when the handshake is done, `TLSClosedByPeer`
/// on close_notify, and `TLSFailure` as an error, after which it closes the channel. Writes before the handshake's end are
/// kept. Verification never refuses: what it objected to stands in the facts.
public final class OpenSSLHandler: ChannelDuplexHandler {
    public typealias InboundIn = ByteBuffer
    public typealias InboundOut = ByteBuffer
    public typealias OutboundIn = ByteBuffer
    public typealias OutboundOut = ByteBuffer

    private enum State { case idle, handshaking, open, closedByPeer, ended }
    private typealias Waiting = (plaintext: ByteBuffer, promise: EventLoopPromise<Void>?)

    private let connection: OpenSSLConnection
    private var state = State.idle
    private var waiting = MarkedCircularBuffer<Waiting>(initialCapacity: 4)
    private var firstBytes: [UInt8] = []

    /// The client's side. OpenSSL's memory is made here, so a name that cannot be used is told before any byte is sent.
    /// - Throws: `TLSFailure` at `.settings`.
    public init(_ context: OpenSSLContext, to peer: TLSPeer) throws {
        connection = try OpenSSLConnection(context.handle, to: peer)
    }

    /// The server's side.
    /// - Throws: `TLSFailure` at `.settings`.
    public init(accepting context: OpenSSLServerContext) throws {
        connection = try OpenSSLConnection(accepting: context.handle)
    }

    /// What ties a proof of identity to this very connection, RFC 5929 and RFC 9266; empty before the handshake is done.
    public var channelBindings: [ChannelBinding: [UInt8]] { state == .open ? connection.channelBindings() : [:] }

    // MARK: start

    public func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { start(context) }
    }

    public func channelActive(context: ChannelHandlerContext) {
        start(context)
        context.fireChannelActive()
    }

    public func handlerRemoved(context: ChannelHandlerContext) { refuseWaiting() }

    private func start(_ context: ChannelHandlerContext) {
        guard state == .idle else { return }
        state = .handshaking
        advanceHandshake(context)
        context.read()  // a reader above that is held back must not hold back the handshake
    }

    private func advanceHandshake(_ context: ChannelHandlerContext) {
        let step = connection.handshake()
        let reason = step == .failed ? takeErrors() : ""  // now: the next call on this thread empties the queue
        flushCiphertext(context)  // also after a failure: the alert
        switch step {
        case .wantIO: break
        case .closed: fail(context, .handshake, "the peer closed TLS during the handshake")
        case .truncated: fail(context, .handshake, "the connection ended during the handshake", truncated: true)
        case .failed: fail(context, .handshake, reason)
        case .done:
            state = .open
            firstBytes = []
            context.fireUserInboundEventTriggered(connection.facts())
            sendWaiting(context)
            readPlaintext(context)
        }
    }

    // MARK: inbound

    public func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let ciphertext = unwrapInboundIn(data)
        guard state == .handshaking || state == .open else { return }
        if state == .handshaking, firstBytes.count < 64 {
            firstBytes += ciphertext.readableBytesView.prefix(64 - firstBytes.count)
        }
        guard connection.feed(ciphertext) else { return fail(context, .reading, "out of memory") }
        if state == .handshaking { advanceHandshake(context) } else { readPlaintext(context) }
    }

    public func channelReadComplete(context: ChannelHandlerContext) {
        context.fireChannelReadComplete()
        if state == .handshaking { context.read() }
    }

    private func readPlaintext(_ context: ChannelHandlerContext) {
        while state == .open {
            var plaintext = context.channel.allocator.buffer(capacity: 0)
            let step = connection.read(into: &plaintext)
            let reason = step == .failed ? takeErrors() : ""
            flushCiphertext(context)  // a key update or an alert may want an answer
            switch step {
            case .done: context.fireChannelRead(wrapInboundOut(plaintext))
            case .wantIO: return
            case .truncated: fail(context, .reading, "the connection ended without close_notify", truncated: true)
            case .failed: fail(context, .reading, reason)
            case .closed:
                state = .closedByPeer
                context.fireUserInboundEventTriggered(TLSClosedByPeer())
                close(context: context, mode: .all, promise: nil)
            }
        }
    }

    public func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .some(.inputClosed) = event as? ChannelEvent { endOfInput(context) }
        context.fireUserInboundEventTriggered(event)
    }

    public func channelInactive(context: ChannelHandlerContext) {
        endOfInput(context)
        state = .ended
        refuseWaiting()
        context.fireChannelInactive()
    }

    private func endOfInput(_ context: ChannelHandlerContext) {
        connection.endOfCiphertext()
        switch state {
        case .handshaking: advanceHandshake(context)
        case .open: readPlaintext(context)
        case .idle, .closedByPeer, .ended: break
        }
    }

    // MARK: outbound

    public func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch state {
        case .idle, .handshaking, .open: waiting.append((unwrapOutboundIn(data), promise))
        case .closedByPeer, .ended: promise?.fail(ChannelError.ioOnClosedChannel)
        }
    }

    public func flush(context: ChannelHandlerContext) {
        waiting.mark()
        if state == .open { sendWaiting(context) }
    }

    private func sendWaiting(_ context: ChannelHandlerContext) {
        while state == .open, waiting.hasMark {
            let (plaintext, promise) = waiting.removeFirst()
            let step = connection.write(plaintext)
            guard step == .done else {
                let reason = step == .failed ? takeErrors() : "TLS is not ready to write"
                promise?.fail(TLSFailure(stage: .writing, reason: reason))
                return fail(context, .writing, reason)
            }
            guard let ciphertext = connection.takeCiphertext(context.channel.allocator) else {
                promise?.succeed()
                continue
            }
            context.write(wrapOutboundOut(ciphertext), promise: promise)
        }
        context.flush()
    }

    private func flushCiphertext(_ context: ChannelHandlerContext) {
        guard let ciphertext = connection.takeCiphertext(context.channel.allocator) else { return }
        context.writeAndFlush(wrapOutboundOut(ciphertext), promise: nil)
    }

    // MARK: end

    /// `.output` sends close_notify and leaves the transport open, so that the peer's last words can still be read.
    public func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        if mode == .input { return context.close(mode: mode, promise: promise) }
        if state == .open || state == .closedByPeer {
            connection.shutdown()
            flushCiphertext(context)
        }
        if mode == .output {
            promise?.succeed()
            return
        }
        state = .ended
        refuseWaiting()
        context.close(mode: .all, promise: promise)
    }

    private func fail(
        _ context: ChannelHandlerContext, _ stage: TLSFailure.Stage, _ reason: String, truncated: Bool = false
    ) {
        state = .ended
        // OpenSSL answers a truncation with a decode_error that nobody can read any more: not shown.
        let failure = TLSFailure(
            stage: stage, reason: reason, alertReceived: connection.alertReceived,
            alertSent: truncated ? nil : connection.alertSent,
            firstBytes: firstBytes, isTruncation: truncated)
        context.fireErrorCaught(failure)
        refuseWaiting()
        context.close(promise: nil)
    }

    private func refuseWaiting() {
        while !waiting.isEmpty { waiting.removeFirst().promise?.fail(ChannelError.ioOnClosedChannel) }
    }
}
