import MailVocabulary

/// One session as it stands: its events and what follows from them. A fold over events, so a saved session replays into the same.
public struct SessionRecord: Hashable, Sendable {
    public let plan: SessionPlan
    public private(set) var events: [SessionEvent] = []
    /// How far the conversation has come.
    public private(set) var progress: SessionProgress
    /// What was done and what would be, in order.
    public private(set) var steps: [Step]

    /// Where the session is: the stage of what is awaited, else of what happened last.
    public private(set) var stage = SessionStage.resolve
    /// Since when something has been awaited, counted as `SessionEvent.at` is; `nil` when nothing is.
    public private(set) var waitingSince: Duration? = .zero
    /// The host that is spoken to: an exchanger, or the target itself. Outside text.
    public private(set) var host: String?
    /// `10 mx1.example.test`, best first. Outside text.
    public private(set) var exchangers: [String] = []
    public private(set) var local: Endpoint?
    public private(set) var remote: Endpoint?
    /// What was connected to, and is no address: a socket of the file system, a command, a name behind a proxy. Outside text.
    public private(set) var stream: String?
    /// From the connection's start to the first byte of the greeting.
    public private(set) var greetingTook: Duration?
    public private(set) var capabilitiesBeforeTLS: [EHLOKeyword]?
    public private(set) var tls: TLSFacts?
    /// The ids under which the server took messages, in order.
    public private(set) var acceptances: [AcceptanceID] = []
    /// How many messages the server took responsibility for.
    public private(set) var messagesAccepted = 0
    /// The product that seems to answer, as the reply catalogue calls it.
    public private(set) var vendor: String?
    /// Index in `events`.
    public private(set) var latestReplyEvent: Int?
    /// Index in `events` of the first reply that did not grant what was asked.
    public private(set) var firstRefusal: Int?

    /// Since when each reply has been due, in order.
    private var dueSince: [(stage: SessionStage, since: Duration)] = []
    /// How long the name server took, the connection, and TLS.
    public private(set) var resolveTook: Duration?
    public private(set) var connectTook: Duration?
    public private(set) var tlsTook: Duration?
    private var helloReply: Reply?

    public init(plan: SessionPlan) {
        self.plan = plan
        progress = SessionProgress(plan: plan)
        steps = Step.planned(by: plan)
    }

    /// The connection stands.
    public var isOpen: Bool { progress.isConnected && progress.closed == nil }
    public var isWaiting: Bool { waitingSince != nil }
    public var closed: CloseReason? { progress.closed }
    public var greeting: Reply? { progress.greeting }
    /// From the latest EHLO.
    public var capabilities: [EHLOKeyword] { progress.keywords }
    public var suggestion: SuggestedStep? { progress.suggestion }
    /// From the start to the latest event.
    public var elapsed: Duration { events.last?.at ?? .zero }
    /// What was waited for names, network and server: the pauses of whoever types are not in it.
    public var waited: Duration { min(elapsed, steps.reduce(.zero) { $0 + ($1.took ?? .zero) }) }
    /// The last of `steps` that was begun, from 1; 0 before the first.
    public var stepReached: Int { (steps.lastIndex { $0.verdict != .pending && $0.verdict != .skipped } ?? -1) + 1 }

    /// The mechanism of the AUTH that the server accepted on this side of TLS, as it was sent; `nil` without one.
    public var authenticatedWith: String? {
        guard progress.authentication == .accepted else { return nil }
        let commands = events.compactMap { event -> String? in
            guard case .sent(.authenticate, let line, _) = event.fact else { return nil }
            let words = line.split(separator: " ")
            return words.count > 1 && words[0].uppercased() == "AUTH" ? words[1].uppercased() : nil
        }
        return commands.last
    }

    /// How the latest EHLO list differs from the one before it, and why there are two; `nil` without two.
    public var latestCapabilityChange: (cause: EHLORenewal.Cause, difference: CapabilityDifference)? {
        guard let renewal = progress.renewal, progress.isGreeted else { return nil }
        return (renewal.cause, CapabilityDifference(from: renewal.keywords, to: capabilities))
    }

    /// How the EHLO list changed when TLS stood; `nil` without a list on each side.
    public var capabilityChange: CapabilityDifference? {
        guard let earlier = progress.keywordsBeforeTLS, progress.isGreeted else { return nil }
        return CapabilityDifference(from: earlier, to: capabilities)
    }

    /// Index in `events` of the first refusal that kept the plan from being done: not one that the plan goes on after.
    public var decidingRefusal: Int? {
        let bearsRefusals = plan.tls == .offered || plan.greeting == .either || plan.authentication?.demand == .optional
        guard bearsRefusals, let first = firstRefusal else { return firstRefusal }
        return events.indices[first...].first {
            guard case .received(let reply, let stage, _, _, _) = events[$0].fact else { return false }
            if stage == .startTLS, plan.tls == .offered { return false }
            if stage == .hello, plan.greeting == .either, progress.plainHello == .accepted { return false }
            if stage == .authenticate, plan.authentication?.demand == .optional { return false }
            return stage != .idle && reply.refuses(stage)
        }
    }

    /// Takes the next event in.
    public mutating func append(_ event: SessionEvent) {
        let index = events.count
        events.append(event)
        let before = progress
        progress.note(event.fact)
        switch event.fact {
        case .resolved(let exchangers, let host, let addresses, let took):
            (self.exchangers, self.host) = (exchangers, host)
            (stage, resolveTook) = (.connect, took)
            let found = exchangers.isEmpty ? addresses.map(\.description) : exchangers
            steps.decide(.resolve, outcome: found.joined(separator: ", "), .done, took: took, event: index)
        case .connecting(let host, let endpoint):
            self.host = host
            begin(.connect, at: event.at)
            if endpoint == nil { stream = host }
            steps.begin(.connect, request: endpoint?.description ?? host)
        case .connected(let local, let remote, let took):
            (self.local, self.remote) = (local, remote)
            connectTook = took
            dueSince = [(.connect, event.at)]
            begin(.connect, at: event.at)
        case .sent(let stage, let line, _):
            if before.isDataOpen, stage == .data { break }
            for _ in 0..<(stage == .endOfData ? before.finalReplies : 1) { dueSince.append((stage, event.at)) }
            steps.begin(stage, line: line)
            awaitNext(else: stage)
        case .sentMessage(let bytes, _, let subject, _):
            for _ in 0..<before.finalReplies { dueSince.append((.endOfData, event.at)) }
            steps.begin(.endOfData, request: "[\(bytes) bytes, Subject: \(subject)]")
            awaitNext(else: .endOfData)
        case .received(let reply, let stage, let command, let timing, _):
            take(reply, at: stage, to: command, timing: timing, event: index, messagesBefore: before.messagesTaken)
        case .gaveUp(let stage, let after, _):
            dueSince = []
            steps.giveUp(stage, after: after, event: index)
            awaitNext(else: .idle)
        case .secured(let facts, let took):
            if tls == nil, !before.keywords.isEmpty { capabilitiesBeforeTLS = before.keywords }
            (tls, tlsTook) = (facts, took)
            steps.secured(facts, took: took, event: index)
            awaitNext(else: .startTLS)
        case .closed(let reason, let stage):
            steps.close(reason, after: waitingSince.map { event.at - $0 }, event: index)
            (self.stage, waitingSince, dueSince) = (stage, nil, [])
        case .replyBegan, .oddity, .waiting, .note: break
        }
    }

    private mutating func begin(_ stage: SessionStage, at time: Duration) { (self.stage, waitingSince) = (stage, time) }

    private mutating func awaitNext(else last: SessionStage) {
        stage = dueSince.first?.stage ?? last
        waitingSince = dueSince.first?.since
    }

    private mutating func take(
        _ reply: Reply, at stage: SessionStage, to command: String?, timing: ReplyTiming, event index: Int,
        messagesBefore: Int
    ) {
        latestReplyEvent = index
        guard !reply.oddities.contains(where: { $0.kind == .unsolicited }) else { return }
        let isLate = reply.oddities.contains { $0.kind == .lateReply }
        if !isLate, !dueSince.isEmpty { dueSince.removeFirst() }
        if stage == .endOfData, reply.asksMore(at: stage) {
            for _ in 0..<progress.repliesDue { dueSince.append((.endOfData, events[index].at)) }
        }
        if !isLate { awaitNext(else: stage) }
        if reply.refuses(stage), firstRefusal == nil { firstRefusal = index }
        var took = timing.lastByte
        switch stage {
        case .connect:
            greetingTook = timing.firstByte
            took += connectTook ?? .zero
        case .hello:
            helloReply = reply
            steps.offersSTARTTLS(progress.offers("STARTTLS") || tls != nil, isRequired: plan.tls == .required)
        case .startTLS where reply.grants(.startTLS): waitingSince = events[index].at
        case .endOfData where reply.grants(.endOfData):
            if plan.isLMTP || progress.messagesTaken > messagesBefore { messagesAccepted += 1 }
            acceptances += AcceptanceID.all(in: reply)
        case .resolve, .startTLS, .authenticate, .sender, .recipient, .data, .chunk, .endOfData, .reset, .quit, .other,
            .idle:
            break
        }
        if stage == .connect || stage == .hello {
            vendor = ServerVendor.guess(greeting: greeting, hello: helloReply, keywords: progress.keywords) ?? vendor
        }
        let isSlow = took >= plan.deadlines.warnAfter
        steps.answer(reply, at: stage, to: command, isSlow: isSlow, took: took, event: index)
    }

    public static func == (left: SessionRecord, right: SessionRecord) -> Bool {
        left.plan == right.plan && left.events == right.events
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(plan)
        hasher.combine(events)
    }
}
