import MailVocabulary

/// The client's side of one SMTP session, RFC 5321, without a socket and without a clock.
///
/// Facts come in with the time at which they became known, actions come out. A command is never refused for being out of order:
/// to see the 503 may be the point. Replies belong to commands in the order sent; one that no command asked for is said to be so.
/// After a timeout the connection is closed, so a late reply can never be taken for the answer to a later command.
public struct SessionStateMachine: Hashable, Sendable {
    enum Phase: Hashable, Sendable { case new, resolving, connecting, handshaking, open, closed }

    /// What the machine does by itself when nothing is due.
    enum Goal: Hashable, Sendable {
        case stage(SessionStage)
        case message

        func includes(_ step: SuggestedStep) -> Bool {
            switch self {
            // The other commands of a plan are XCLIENT, XFORWARD and the probes: all stand between EHLO and MAIL.
            case .stage(let last):
                step.isSafe
                    && (step.stage == .other || step.stage == .reset
                        ? last >= .authenticate : step.stage <= min(last, .recipient))
            case .message: step.stage <= .chunk || step.stage == .other || step.stage == .reset
            }
        }
    }

    /// More stray lines than this and the peer is not speaking SMTP to us.
    static let strayLimit = 1000
    /// From here on stray lines are counted and no longer reported one by one.
    static let strayReports = 50

    public let plan: SessionPlan
    public private(set) var progress: SessionProgress

    var phase = Phase.new
    var parser = ReplyParser()
    var redaction = Redaction()
    var due: [DueReply] = []
    var wait: Wait?
    var goal: Goal?
    var held: [SessionOrder] = []
    /// A message whose end is not out yet.
    var outgoing: OutgoingMessage?
    /// A chunk was refused, or DATA answered with a 250: RSET follows once every reply is here.
    var resetsTransaction = false
    /// When the session began.
    var began: Duration?
    var strays = 0
    /// A message went out that may have ended early: every reply before the 221 is counted.
    var countsReplies = false
    /// What the plan's AUTH needs; `nil` when the session is to prove nothing.
    let credentials: Credentials?
    /// Of the TLS that stands. Not a fact of the record: `tls-exporter` is key material.
    var bindings: [ChannelBinding: [UInt8]] = [:]
    var tlsVersion: String?
    /// The AUTH of the plan that is under way.
    var exchange: SASLExchange?
    /// An asterisk is out that ends the AUTH of the plan.
    var cancelsAuthentication = false
    /// The text of the 334 that waits for an answer.
    var authenticationPrompt: [UInt8]?
    var actions: [SessionAction] = []

    public init(plan: SessionPlan, credentials: Credentials? = nil) {
        (self.plan, self.credentials) = (plan, credentials)
        progress = SessionProgress(plan: plan)
        // From the first byte on: a server may know the secret of an earlier session, and say it before anybody asks.
        if let credentials { redaction.hide(credentials.secret) }
    }

    /// When `deadlinePassed` is due; `nil` while nothing is awaited.
    public var deadline: Duration? {
        guard phase != .closed else { return nil }
        return [wait?.deadline, lastMoment].compactMap { $0 }.min()
    }

    /// When the whole session ends at the latest.
    private var lastMoment: Duration? {
        guard let began, let limit = plan.maximumTime else { return nil }
        return began + limit
    }

    /// Outside text that became legible after it was recorded, without what AUTH may have said.
    public func concealed(_ text: String) -> String { redaction.scrub(text) }

    /// A reply is due that somebody waits for.
    var isAwaiting: Bool { due.contains { !$0.isGivenUp } }

    public var isClosed: Bool { phase == .closed }

    /// The connection stands, no reply is due, and nothing more happens without an order.
    public var isAtRest: Bool { phase == .open && !isAwaiting && goal == nil && held.isEmpty && outgoing == nil }

    // MARK: TLS

    /// The handshake is done: everything heard before it is void, RFC 3207 §4.2.
    ///
    /// - Parameter bindings: What AUTH can be bound to.
    public mutating func secured(
        _ facts: TLSFacts, bindings: [ChannelBinding: [UInt8]] = [:], took: Duration, at now: Duration
    ) -> [SessionAction] {
        guard phase == .handshaking else { return [] }
        (self.bindings, tlsVersion) = (bindings, facts.version)
        report(.secured(facts, took: took), now)
        if let refusal = plan.security.refusal(of: facts) {
            end(.tls(refusal), during: .startTLS, at: now)
            return take()
        }
        open(at: now)
        return take()
    }

    /// The handshake failed. A return to clear text is forbidden: the session is over.
    public mutating func tlsFailed(_ words: String, at now: Duration) -> [SessionAction] {
        end(.tls(words), during: phase == .handshaking ? .startTLS : currentStage, at: now)
        return take()
    }

    // MARK: orders, time and the end

    /// Something that the operator wants.
    public mutating func order(_ order: SessionOrder, at now: Duration) -> [SessionAction] {
        obey(order, now)
        return take()
    }

    /// `deadline` has come.
    public mutating func deadlinePassed(at now: Duration) -> [SessionAction] {
        guard phase != .closed else { return [] }
        if let lastMoment, lastMoment <= now {
            showUnfinished(at: now)
            end(.timeIsUp(during: currentStage), during: currentStage, at: now)
            return take()
        }
        guard var wait, wait.deadline <= now else { return [] }
        if outgoing?.isMidway == true, !isAwaiting || countsReplies { noteStall(since: wait.since, now) }
        if wait.isOver(at: now) {
            showUnfinished(at: now)
            let handshake = CloseReason.tls("no handshake within \(plan.deadlines.tlsHandshake)")
            let stage = reached(wait.stage)
            end(phase == .handshaking ? handshake : .replyTimedOut(stage), during: stage, at: now)
        } else {
            let octets = parser.openOctets
            if isAwaiting || outgoing == nil {
                report(.waiting(stage: wait.stage, now - wait.since, octets: octets), now)
            }
            wait.warned(at: now, isGrowing: octets > 0)
            self.wait = wait
        }
        return take()
    }

    /// The connection has ended from the other side.
    public mutating func ended(_ how: TransportEnd, at now: Duration) -> [SessionAction] {
        guard phase != .closed else { return [] }
        let stage = currentStage
        showUnfinished(at: now)
        if stage == .hello, progress.extendedHello == .untried, plan.greeting != .plain, !plan.isLMTP {
            report(.note("the server ended on EHLO: HELO on a new connection may get further"), now)
        }
        switch how {
        case .finished: end(farewell(during: stage), during: stage, at: now)
        case .reset: end(.reset(during: stage), during: stage, at: now)
        case .truncated:
            report(.oddity(Oddity(.tlsTruncated, "the connection ended without close_notify"), stage: stage), now)
            end(farewell(during: stage), during: stage, at: now)
        case .failed(let words): end(.failed(words), during: stage, at: now)
        }
        return take()
    }

    private func farewell(during stage: SessionStage) -> CloseReason {
        if due.contains(where: { $0.stage == .quit }) { return .closedAfterQuit }
        if let greeting = progress.greeting, !greeting.isPositive, stage == .idle {
            return .serviceClosing(greeting.code)
        }
        return .closedByServer(during: stage)
    }

    /// The stage of the reply that is due first.
    var currentStage: SessionStage {
        switch phase {
        case .new, .resolving: .resolve
        case .connecting: .connect
        case .handshaking: .startTLS
        case .open, .closed:
            due.first { !$0.isGivenUp }.map { reached($0.stage) } ?? (progress.isDataOpen ? .data : .idle)
        }
    }

    /// The stage itself, or the one before it as long as octets of the message are missing: no server takes a message without its
    /// final dot, or a chunk that is not whole, RFC 3030 §2. One that may end early may have been taken at any octet.
    private func reached(_ stage: SessionStage) -> SessionStage {
        guard stage == .endOfData, !countsReplies, let outgoing, outgoing.isMidway else { return stage }
        return outgoing.isChunked ? .chunk : .data
    }

    // MARK: shared

    mutating func open(at now: Duration) {
        phase = .open
        settleWait(since: now)
        let orders = held
        held = []
        for order in orders { obey(order, now) }
        advance(now)
    }

    /// Sends by itself what the goal includes, as long as nothing is due.
    mutating func advance(_ now: Duration) {
        guard phase == .open, !isAwaiting else { return }
        if outgoing?.isMidway == true { return }
        if resetsTransaction {
            resetsTransaction = false
            return send(Command.reset.line, .reset, now)
        }
        if outgoing != nil { return goOn(now) }
        if exchange != nil, let prompt = authenticationPrompt { return answerChallenge(prompt, now) }
        guard let goal else { return }
        if goal == .message, progress.isDataOpen {
            guard plan.stopAfter != .data else { return self.goal = nil }
            // DATA went out before the refusals came: an empty message is all that may follow, RFC 2920 §3.1.
            guard !progress.acceptedPaths.isEmpty else {
                self.goal = nil
                return send(".", .endOfData, now)
            }
            return sendMessage(now)
        }
        guard let step = progress.suggestion, goal.includes(step) else {
            self.goal = nil
            if let obstacle = progress.obstacle { report(.note(obstacle), now) }
            return
        }
        perform(step, now)
    }

    /// The wait for the reply that is due first, its limit counted from when it became the first.
    mutating func settleWait(since now: Duration) {
        guard let first = due.first(where: { !$0.isGivenUp }) else {
            wait = nil
            return
        }
        // What is missing of the message has to go out first.
        let limit = outgoing?.isMidway == true ? plan.deadlines.dataBlock : plan.deadlines.limit(first.stage)
        expect(first.stage, limit: limit, since: max(first.since, now))
    }

    mutating func expect(_ stage: SessionStage, limit: Duration?, since now: Duration) {
        wait = Wait(stage, since: now, limit: limit, warnAfter: plan.deadlines.warnAfter)
    }

    mutating func report(_ fact: SessionFact, _ now: Duration) {
        progress.note(fact)
        actions.append(.report(SessionEvent(at: now, fact)))
    }

    /// Bytes that never became a reply are evidence too.
    mutating func showUnfinished(at now: Duration) {
        let bytes = redaction.scrub(parser.takeUnfinished())
        guard !bytes.isEmpty else { return }
        let evidence = "unfinished after \(bytes.count) octets: \(EvidenceText.escaped(bytes.prefix(80)))"
        report(.oddity(Oddity(.notAReply, evidence), stage: currentStage), now)
    }

    mutating func end(_ reason: CloseReason, during stage: SessionStage, at now: Duration) {
        guard phase != .closed else { return }
        report(.closed(reason, during: reached(stage)), now)
        actions.append(.close)
        phase = .closed
        (due, wait, goal, held, outgoing) = ([], nil, nil, [], nil)
    }

    mutating func take() -> [SessionAction] {
        defer { actions = [] }
        return actions
    }
}
