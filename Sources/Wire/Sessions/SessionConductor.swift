import MailVocabulary
import NIOCore
import NIOPosix
import SMTP
import TLS

/// One session on its event loop: feeds the state machine and does what it says. Not `Sendable`: it never leaves the loop.
final class SessionConductor {
    let loop: any EventLoop
    let tls: SharedTLSContext
    /// What is done before the session quits by itself; `nil` leaves it to the operator.
    private let errand: SessionOrder?
    private let publish: (SessionEvent) -> Void
    private let finish: () -> Void
    private let began = NIODeadline.now()

    var machine: SessionStateMachine
    private var journal: TranscriptFile?
    /// An address is missing where the proxy looks the name up.
    var untried: ArraySlice<(host: String, address: IPAddress?)> = []
    /// Where the plan's proxy is.
    var proxy: Endpoint?
    let proxySecret: Secret?
    /// The TLS of the channel, once it has been begun.
    var tlsHandler: OpenSSLHandler?
    var host = ""
    var channel: (any Channel)?
    var handshakeBegan = Duration.zero
    /// The plan's command has not ended, as far as is known.
    var isCommandRunning = false
    /// The end of a command's pipes, until its exit status is there.
    private var heldEnd: TransportEnd?
    /// The piece of a file that the message goes on with.
    var wanted: ContentRequest?
    /// `wanted` is being read, or about to be.
    var isFeeding = false
    /// Octets of the message since the loop looked at its sockets.
    var fed = 0
    var contentReader: StoredFileReader?
    private var timer: Scheduled<Void>?
    private var actions: [SessionAction] = []
    private var isPerforming = false
    /// Gets the connection in place of the QUIT when the plan is done: whoever wants to speak on by itself.
    private var handOver: ((any Channel, SessionProgress) -> Void)?

    init(
        plan: SessionPlan, credentials: Credentials?, loop: any EventLoop, tls: SharedTLSContext,
        proxySecret: Secret?, journal: TranscriptFile?, errand: SessionOrder?,
        handOver: ((any Channel, SessionProgress) -> Void)? = nil,
        publish: @escaping (SessionEvent) -> Void, finish: @escaping () -> Void
    ) {
        self.handOver = handOver
        (self.loop, self.tls, self.journal, self.errand) = (loop, tls, journal, errand)
        (self.publish, self.finish, self.proxySecret) = (publish, finish, proxySecret)
        machine = SessionStateMachine(plan: plan, credentials: credentials)
    }

    var now: Duration { .nanoseconds((NIODeadline.now() - began).nanoseconds) }

    // MARK: what comes in

    func start() {
        if let fault = journal?.open() { perform(machine.note(fault, at: now)) }
        perform(machine.started(at: now))
        if let errand { perform(machine.order(errand, at: now)) }
        if let command = machine.plan.connection.command {
            connect(command: command)
        } else if let path = machine.plan.target.socketPath {
            connect(socket: path)
        }
    }

    func resolved(_ resolution: Resolution, proxy: Endpoint?) {
        guard machine.plan.target.socketPath == nil, machine.plan.connection.command == nil else { return }
        let demands = machine.plan.connection
        self.proxy = proxy
        if let wanted = demands.proxy, proxy == nil {
            let words = "the proxy \(wanted.host) has no address"
            return perform(machine.resolved(Resolution(failure: .notResolved(words)), took: now, at: now))
        }
        var all: [(host: String, address: IPAddress?)] = []
        for candidate in resolution.candidates {
            all += candidate.addresses.map { (host: candidate.host, address: $0) }
            if candidate.addresses.isEmpty, demands.proxy?.kind.resolvesThere == true {
                all.append((host: candidate.host, address: nil))
            }
        }
        untried = all.filter { $0.address.map(demands.allows) ?? true }[...]
        perform(machine.resolved(resolution, took: now, at: now))
        let family = "the name has no address of the family that was asked for"
        let missing = all.isEmpty ? "the name has no address" : family
        if !machine.isClosed { connect(after: .notResolved(missing)) }
    }

    func order(_ order: SessionOrder) { perform(machine.order(order, at: now)) }
    func received(_ bytes: [UInt8]) { perform(machine.received(bytes, at: now)) }
    func ended(_ how: TransportEnd) {
        guard isCommandRunning, !machine.isClosed else { return perform(machine.ended(how, at: now)) }
        // Its exit status often says why, and comes a moment later.
        heldEnd = how
        loop.assumeIsolated().scheduleTask(in: .seconds(2)) { [weak self] in self?.releaseEnd() }
    }

    /// The command of the plan has ended.
    func commandEnded(_ words: String) {
        isCommandRunning = false
        guard !machine.isClosed else { return }
        perform(machine.note(words, at: now))
        releaseEnd()
    }

    private func releaseEnd() {
        guard let how = heldEnd else { return }
        heldEnd = nil
        perform(machine.ended(how, at: now))
    }
    func tlsFailed(_ words: String) { perform(machine.tlsFailed(words, at: now)) }

    func secured(_ facts: TLSFacts) {
        let bindings = tlsHandler?.channelBindings ?? [:]
        perform(machine.secured(facts, bindings: bindings, took: now - handshakeBegan, at: now))
    }

    // MARK: what goes out

    func perform(_ new: [SessionAction]) {
        actions += new
        guard !isPerforming else { return }
        isPerforming = true
        repeat {
            var position = 0
            while position < actions.count {
                perform(actions[position])
                position += 1
                if position == actions.count, errand != nil, machine.isAtRest {
                    if handOver != nil, machine.progress.isPlanDone { break }
                    actions += machine.order(machine.plan.dropsAtEnd ? .drop : .quit, at: now)
                }
            }
            actions = []
            // Once for all that was said: commands that go together share a segment. A write to a connection that was reset
            // fails here and now, and what becomes of it is the next round.
            channel?.flush()
        } while !actions.isEmpty
        isPerforming = false
        feed()
        if handOver != nil, machine.isAtRest, machine.progress.isPlanDone { release() } else { schedule() }
    }

    private func release() {
        timer?.cancel()
        timer = nil
        guard let handOver, let channel else { return }
        (self.handOver, self.channel) = (nil, nil)
        // Not from inside a read: the handler that reads is about to be taken out.
        let progress = machine.progress
        loop.assumeIsolated().execute { handOver(channel, progress) }
    }

    private func perform(_ action: SessionAction) {
        switch action {
        case .send(let bytes): channel?.write(ByteBuffer(bytes: bytes), promise: nil)
        case .startTLS: startTLS()
        case .read(let request): wanted = request
        case .close: close()
        case .report(let raw):
            let event = ForeignText.read(raw) { [machine] in machine.concealed($0) }
            if let fault = journal?.append(event) { actions += machine.note(fault, at: now) }
            publish(event)
        }
    }

    private func startTLS() {
        do {
            let handler = try OpenSSLHandler(tls.context(machine.plan.security), to: peer)
            (tlsHandler, handshakeBegan) = (handler, now)
            try channel?.pipeline.syncOperations.addHandler(handler, position: .first)
        } catch {
            actions += machine.tlsFailed(ConnectionFault.words(error), at: now)
        }
    }

    private func close() {
        timer?.cancel()
        timer = nil
        channel?.flush()
        if let channel { Self.close(channel, whenSent: machine.plan.dropsBeforeReply != nil) }
        (channel, tlsHandler, wanted, contentReader) = (nil, nil, nil, nil)
        journal = nil
        finish()
    }

    /// - Parameter whenSent: What is still on its way to the socket goes first, for a moment: a session that is dropped before a
    ///   reply has said its command.
    private static func close(_ channel: any Channel, whenSent: Bool) {
        guard whenSent else { return channel.close(promise: nil) }
        let late = channel.eventLoop.scheduleTask(in: .seconds(5)) { channel.close(promise: nil) }
        channel.writeAndFlush(ByteBuffer()).whenComplete { _ in
            late.cancel()
            channel.close(promise: nil)
        }
    }

    private func schedule() {
        timer?.cancel()
        timer = nil
        guard let deadline = machine.deadline else { return }
        timer = loop.assumeIsolated().scheduleTask(deadline: began + TimeAmount(deadline)) { [weak self] in
            guard let self else { return }
            perform(machine.deadlinePassed(at: now))
        }
    }
}
