import MailVocabulary
import NIOCore
import SMTP
import TLS

/// One connection of the gateway: carries lines into its conversation and the conversation's actions out.
final class GatewayHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let gateway: GatewayCore
    private let isImplicitTLS: Bool
    private var conversation: GatewayConversation?
    private var lines = LineAssembler()
    private var actions: CircularBuffer<GatewayAction> = []
    private var icid = 0
    private var openedAt = NIODeadline.now()
    private var isWaiting = false
    private var isOneTooMany = false
    private var lookup: Task<Void, Never>?
    private var idle: Scheduled<Void>?

    init(_ gateway: GatewayCore, isImplicitTLS: Bool) { (self.gateway, self.isImplicitTLS) = (gateway, isImplicitTLS) }

    // MARK: begin and end

    func channelActive(context: ChannelHandlerContext) {
        context.fireChannelActive()
        let client = IPAddress(context.remoteAddress) ?? .loopback
        let interface = IPAddress(context.localAddress) ?? .loopback
        icid = gateway.nextICID()
        isOneTooMany = gateway.opened(context.channel)
        openedAt = .now()
        var behaviour = gateway.behaviour
        if interface == LabGateway.second { behaviour.hostName = behaviour.secondHostName }
        conversation = GatewayConversation(
            behaviour, client: client, interface: interface, isEncrypted: isImplicitTLS,
            surroundings: gateway.surroundings)
        // The banner waits for the reverse lookup, as it does on the real thing.
        let here = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let gateway = gateway
        lookup = Task {
            let name = await gateway.reverseLookup(client)
            guard !Task.isCancelled else { return }
            here.eventLoop.execute {
                let (handler, context) = here.value
                handler.opened(name, context)
            }
        }
    }

    private func opened(_ name: ReverseName, _ context: ChannelHandlerContext) {
        lookup = nil
        guard context.channel.isActive else { return }
        queue(conversation?.open(name, isOneTooMany: isOneTooMany), context)
        restartIdleTimer(context)
        readLines(context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        lookup?.cancel()
        idle?.cancel()
        let seconds = Int((NIODeadline.now() - openedAt).nanoseconds / 1_000_000_000)
        // What was still to be said goes nowhere, what was still to be logged does not happen but for the end.
        let rest = actions
        actions = []
        for action in rest + (conversation?.closed(after: seconds) ?? []) {
            if case .record(let event) = action { gateway.tell(event, icid) }
        }
        conversation = nil
        gateway.closed(context.channel)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if let failure = error as? TLSFailure, failure.stage == .handshake {
            queue(conversation?.tlsFailed(failure.reason), context)
        }
        context.close(promise: nil)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let facts = event as? TLSFacts {
            let tls = try? context.pipeline.syncOperations.handler(type: OpenSSLHandler.self)
            queue(conversation?.tlsStarted(facts, bindings: tls?.channelBindings ?? [:]), context)
        }
        context.fireUserInboundEventTriggered(event)
    }

    // MARK: lines

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        lines.append(unwrapInboundIn(data))
        restartIdleTimer(context)
        readLines(context)
    }

    private func readLines(_ context: ChannelHandlerContext) {
        while !isWaiting, lookup == nil, let mode = conversation?.mode, mode != .opening, mode != .ended,
            let piece = lines.next(limit: mode == .message ? 8192 : gateway.behaviour.commandLineLimit)
        {
            queue(conversation?.receive(piece), context)
        }
    }

    private func restartIdleTimer(_ context: ChannelHandlerContext) {
        idle?.cancel()
        let here = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        idle = context.eventLoop.scheduleTask(in: TimeAmount(gateway.behaviour.idleLimit)) {
            let (handler, context) = here.value
            handler.queue(handler.conversation?.idled(), context)
        }
    }

    // MARK: actions

    private func queue(_ more: [GatewayAction]?, _ context: ChannelHandlerContext) {
        actions.append(contentsOf: more ?? [])
        perform(context)
    }

    private func perform(_ context: ChannelHandlerContext) {
        while !isWaiting, let action = actions.popFirst() {
            switch action {
            case .send(let bytes):
                context.writeAndFlush(wrapOutboundOut(context.channel.allocator.buffer(bytes: bytes)), promise: nil)
            case .record(let event): gateway.tell(event, icid)
            case .wait(let duration): if duration > .zero { wait(duration, context) }
            case .startTLS: startTLS(context)
            case .close: context.close(promise: nil)
            }
        }
    }

    private func wait(_ duration: Duration, _ context: ChannelHandlerContext) {
        isWaiting = true
        let here = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: TimeAmount(duration)) {
            let (handler, context) = here.value
            handler.isWaiting = false
            handler.perform(context)
            handler.readLines(context)
        }
    }

    private func startTLS(_ context: ChannelHandlerContext) {
        lines.removeAll()
        do {
            let handler = try OpenSSLHandler(accepting: gateway.tls)
            try context.pipeline.syncOperations.addHandler(handler, position: .first)
        } catch {
            queue(conversation?.tlsFailed("\(error)"), context)
            context.close(promise: nil)
        }
    }
}

extension IPAddress {
    fileprivate init?(_ address: SocketAddress?) {
        guard let text = address?.ipAddress else { return nil }
        self.init(text)
    }
}
