import MailVocabulary
import NIOCore
import NIOPosix
import SMTP
import TLS

/// A small SMTP client for the tests: one line out, one reply in.
final class LabClient {
    enum Event: Sendable {
        case bytes([UInt8])
        case tls(TLSFacts)
        case failed(TLSFailure?)
        case closed
    }

    private let channel: any Channel
    private var events: AsyncStream<Event>.Iterator
    private var pending: [UInt8] = []
    private(set) var isClosed = false

    private init(_ channel: any Channel, _ events: AsyncStream<Event>) {
        (self.channel, self.events) = (channel, events.makeAsyncIterator())
    }

    /// With a context the connection is under TLS from the first byte.
    static func connect(to endpoint: Endpoint, tls: OpenSSLContext? = nil, host: String? = nil) async throws
        -> LabClient
    {
        let (stream, continuation) = AsyncStream.makeStream(of: Event.self)
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let tls { try pipeline.addHandler(OpenSSLHandler(tls, to: TLSPeer(name: host))) }
                    try pipeline.addHandler(EventCollector(continuation))
                }
            }
            .connect(host: endpoint.address.description, port: endpoint.port)
            .get()
        return LabClient(channel, stream)
    }

    /// One whole reply, its lines joined by line feeds; `nil` when the connection ends first.
    func reply(isolation: isolated (any Actor)? = #isolation) async -> String? {
        var lines: [String] = []
        while true {
            while let end = pending.firstIndex(of: 10) {
                let line = String(decoding: pending[..<end].dropLast(), as: UTF8.self)
                pending.removeFirst(end + 1)
                lines.append(line)
                if line.dropFirst(3).first != "-" { return lines.joined(separator: "\n") }
            }
            guard let event = await events.next(isolation: isolation) else { return nil }
            switch event {
            case .bytes(let bytes): pending += bytes
            case .tls, .failed: break
            case .closed:
                isClosed = true
                return nil
            }
        }
    }

    /// The bytes of the next reply line, as they came.
    func rawLine(isolation: isolated (any Actor)? = #isolation) async -> [UInt8] {
        while true {
            if let end = pending.firstIndex(of: 10) {
                defer { pending.removeFirst(end + 1) }
                return Array(pending[...end])
            }
            guard case .bytes(let bytes) = await events.next(isolation: isolation) else { return pending }
            pending += bytes
        }
    }

    func send(_ text: String) async throws {
        try await channel.writeAndFlush(channel.allocator.buffer(string: text))
    }

    /// Sends one line and waits for its reply.
    func say(_ line: String, isolation: isolated (any Actor)? = #isolation) async throws -> String? {
        try await send(line + "\r\n")
        return await reply(isolation: isolation)
    }

    /// Starts TLS in place and waits for what the handshake shows.
    func startTLS(
        _ context: OpenSSLContext, host: String, isolation: isolated (any Actor)? = #isolation
    ) async throws -> TLSFacts? {
        let channel = channel
        try await channel.eventLoop.submit {
            try channel.pipeline.syncOperations.addHandler(
                OpenSSLHandler(context, to: TLSPeer(name: host)), position: .first)
        }.get()
        return await tlsFacts(isolation: isolation)
    }

    func tlsFacts(isolation: isolated (any Actor)? = #isolation) async -> TLSFacts? {
        while let event = await events.next(isolation: isolation) {
            switch event {
            case .bytes(let bytes): pending += bytes
            case .tls(let facts): return facts
            case .failed, .closed: return nil
            }
        }
        return nil
    }

    /// Waits for a handshake to fail.
    func tlsFailure(isolation: isolated (any Actor)? = #isolation) async -> TLSFailure? {
        while let event = await events.next(isolation: isolation) {
            switch event {
            case .failed(let failure): return failure
            case .bytes, .tls: break
            case .closed: return nil
            }
        }
        return nil
    }

    func close() async throws { try await channel.close() }
}

/// Turns what a channel sees into a stream.
private final class EventCollector: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let continuation: AsyncStream<LabClient.Event>.Continuation

    init(_ continuation: AsyncStream<LabClient.Event>.Continuation) { self.continuation = continuation }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        continuation.yield(.bytes(Array(unwrapInboundIn(data).readableBytesView)))
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let facts = event as? TLSFacts { continuation.yield(.tls(facts)) }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        continuation.yield(.failed(error as? TLSFailure))
    }

    func channelInactive(context: ChannelHandlerContext) {
        continuation.yield(.closed)
        continuation.finish()
    }
}
