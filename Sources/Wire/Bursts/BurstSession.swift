import NIOCore
import SMTP

/// One place of a burst: a connection, and another when it is gone, until there is no message left.
final class BurstSession {
    /// So many connections in a row that come to nothing, and the place is given up.
    private static let patience = 3

    private let burst: BurstConductor
    private var opening: SessionConductor?
    private var phrases: BurstPhrases?
    private var channel: (any Channel)?
    private var transaction: BurstTransaction
    private var failuresInRow = 0
    private var isOver = false
    /// Why the connection is being closed, where that is a fault; in words.
    private var fault: String?
    private var isClosing = false
    /// What the opening said about an obstacle of its own.
    private var obstacle: String?

    init(_ burst: BurstConductor) {
        self.burst = burst
        transaction = Self.fresh(burst.plan)
    }

    private static func fresh(_ plan: BurstPlan) -> BurstTransaction {
        BurstTransaction(
            recipients: plan.session.recipients.count, isPipelined: plan.session.pipelines,
            isLMTP: plan.session.isLMTP, isSingle: plan.reconnects)
    }

    // MARK: the beginning of a connection

    func connect() {
        guard burst.ledger.wantsConnection, failuresInRow < Self.patience else { return finish() }
        burst.ledger.connects()
        (fault, isClosing, obstacle) = (nil, false, nil)
        var plan = burst.plan.session
        (plan.stopAfter, plan.messages, plan.pipelines) = (.authenticate, 1, false)
        let opening = SessionConductor(
            plan: plan, credentials: burst.credentials, loop: burst.loop, tls: burst.tls,
            proxySecret: nil, journal: nil,
            errand: .run(upTo: .authenticate),
            handOver: { [weak self] in self?.take(over: $0, $1) },
            publish: { [weak self] in self?.note($0) },
            finish: { [weak self] in self?.openingEnded() })
        self.opening = opening
        opening.start()
        opening.resolved(burst.resolution, proxy: nil)
    }

    private func note(_ event: SessionEvent) {
        burst.ledger.note(event, at: burst.now)
        switch event.fact {
        case .note(let words): obstacle = words
        case .closed(let reason, _): fault = reason.isOrderly ? obstacle ?? reason.words : reason.words
        case .resolved, .connecting, .connected, .sent, .sentMessage, .replyBegan, .received, .secured, .oddity,
            .gaveUp,
            .waiting:
            break
        }
    }

    /// The connection ended before MAIL.
    private func openingEnded() {
        guard opening != nil else { return }
        opening = nil
        burst.ledger.connectionDecided()
        failuresInRow += 1
        if !burst.ledger.isStopped { burst.ledger.fail(fault ?? "the connection came to nothing", at: burst.now) }
        // Not from inside the event that ended it.
        burst.loop.assumeIsolated().execute { [self] in connect() }
    }

    private func take(over channel: any Channel, _ progress: SessionProgress) {
        opening = nil
        burst.ledger.connectionDecided()
        guard channel.isActive, !isOver else {
            channel.close(promise: nil)
            fault = fault ?? "the server closed the connection"
            return ended()
        }
        do {
            phrases = try burst.phrases(after: progress)
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(BurstChannelHandler(self))
            let old = try pipeline.handler(type: SessionChannelHandler.self)
            pipeline.removeHandler(old, promise: nil)
        } catch {
            channel.close(promise: nil)
            fault = "\(error)"
            return ended()
        }
        self.channel = channel
        failuresInRow = 0
        transaction = Self.fresh(burst.plan)
        perform(transaction.begin(at: burst.now, &burst.ledger))
        channel.flush()
    }

    // MARK: messages

    func received(_ bytes: [UInt8]) {
        guard !isClosing else { return }
        perform(transaction.received(bytes, at: burst.now, &burst.ledger))
    }

    private func perform(_ move: BurstTransaction.Move) {
        guard let phrases else { return }
        switch move {
        case .nothing: break
        case .mail: write(phrases.mail)
        case .recipient(let index): write(phrases.recipients[index])
        case .data: write(phrases.data)
        case .envelope: write(phrases.envelope)
        case .message(let number, let thenEnvelope):
            let (head, rest) = phrases.message(number, thenEnvelope: thenEnvelope)
            write(head)
            if let rest { write(rest) }
        case .nothingButTheDot: write(phrases.dot)
        case .reset: write(phrases.reset)
        case .quit: write(phrases.quit)
        case .close: close(nil)
        case .serviceClosing: close("the server closed the connection: 421")
        case .broken: close("the server sent a line that is no reply, or one that nobody asked for")
        }
    }

    private func write(_ bytes: ByteBuffer) { channel?.write(bytes, promise: nil) }

    // MARK: the end of a connection

    private func close(_ fault: String?) {
        guard !isClosing else { return }
        isClosing = true
        self.fault = fault
        channel?.close(promise: nil)
    }

    /// The connection has ended, from this side or the other.
    func ended(_ words: String? = nil) {
        guard !isOver else { return }
        let isExpected = isClosing || transaction.waiting.map { $0.stage == .quit } ?? false
        if !isExpected { fault = fault ?? words ?? "the server closed the connection" }
        if let fault { burst.ledger.fail(fault, at: burst.now) }
        channel = nil
        transaction.ended(&burst.ledger)
        burst.loop.assumeIsolated().execute { [self] in connect() }
    }

    func checkDeadline() {
        guard channel != nil, let waiting = transaction.waiting else { return }
        let limit = burst.plan.session.deadlines.limit(waiting.stage)
        if Duration.nanoseconds(burst.now - waiting.since) > limit {
            close("no reply to \(waiting.stage.rawValue) within \(limit)")
        }
    }

    /// No more messages: one that is under way is finished.
    func stop() { opening?.order(.drop) }

    func drop() {
        opening?.order(.drop)
        close("dropped by the operator")
    }

    private func finish() {
        guard !isOver else { return }
        isOver = true
        burst.sessionEnded()
    }
}
