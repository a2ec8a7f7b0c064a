import MailVocabulary

/// How far the conversation has come, folded from its facts, and what would come next by the plan.
///
/// The state machine and the record keep one each from the same facts, so that the screen suggests what the machine would do.
public struct SessionProgress: Hashable, Sendable {
    /// What the server said to a command, if it was tried.
    public enum Verdict: Hashable, Sendable {
        case untried, accepted
        case refused(ReplyCode)
    }

    public let plan: SessionPlan
    public private(set) var isConnected = false
    public private(set) var closed: CloseReason?
    public private(set) var greeting: Reply?
    public private(set) var isSecured = false
    /// From the latest EHLO; empty when TLS has made an earlier one void.
    public private(set) var keywords: [EHLOKeyword] = []
    /// The list before the latest one, and what came between them; `nil` before a second EHLO.
    public private(set) var renewal: EHLORenewal?
    /// Of the latest EHLO before TLS; `nil` without both.
    public private(set) var keywordsBeforeTLS: [EHLOKeyword]?
    public private(set) var extendedHello = Verdict.untried
    public private(set) var plainHello = Verdict.untried
    public private(set) var startTLS = Verdict.untried
    /// AUTH, since TLS if there is TLS.
    public private(set) var authentication = Verdict.untried
    /// TLS stands and its certificate leads to a trusted root, or is the pinned one.
    public private(set) var isVerified = false
    /// The host that is spoken to. Outside text.
    public private(set) var host: String?
    /// The latest of the plan's.
    public private(set) var xclient = Verdict.untried
    /// How many the server accepted.
    public private(set) var xclientsTaken = 0
    public private(set) var xforward = Verdict.untried
    /// How many of the plan's probes have been answered, whatever was said.
    public private(set) var probesDone = 0
    /// EHLO was said again after AUTH.
    public private(set) var isGreetedAgain = false
    /// How many MAIL commands went out on this connection.
    public private(set) var mailCommands = 0
    public private(set) var sender = Verdict.untried
    /// By forward-path, as sent.
    public private(set) var recipients: [String: Verdict] = [:]
    /// The server said 354 and takes lines of text until the dot.
    public private(set) var isDataOpen = false
    public private(set) var message = Verdict.untried
    /// How many messages the server took.
    public private(set) var messagesTaken = 0
    /// Replies that are still to come, the greeting among them; without those that nobody waits for any more.
    public private(set) var repliesDue = 0
    /// Replies whose wait was given up: they may still come.
    public private(set) var repliesGivenUp = 0
    /// Replies of single recipients and of the whole message that follow the 353 of PRDR.
    private var recipientReplies = 0

    public init(plan: SessionPlan) { self.plan = plan }

    /// EHLO or HELO was accepted on this side of TLS.
    public var isGreeted: Bool { extendedHello == .accepted || plainHello == .accepted }

    public func offers(_ keyword: String) -> Bool { keywords.contains { $0.name == keyword } }

    /// Takes the next fact in.
    public mutating func note(_ fact: SessionFact) {
        switch fact {
        case .connected:
            isConnected = true
            repliesDue = 1
        case .sent(let stage, _, _):
            if isDataOpen, stage == .data { return }
            if stage == .endOfData { isDataOpen = false }
            if stage == .sender { mailCommands += 1 }
            repliesDue += stage == .endOfData ? finalReplies : 1
        case .sentMessage:
            isDataOpen = false
            repliesDue += finalReplies
        case .received(let reply, let stage, let command, _, _):
            guard !reply.oddities.contains(where: { $0.kind == .unsolicited }) else { return }
            if reply.oddities.contains(where: { $0.kind == .lateReply }) {
                repliesGivenUp = max(0, repliesGivenUp - 1)
            } else {
                repliesDue = max(0, repliesDue - 1)
            }
            note(reply, at: stage, to: command ?? "")
        case .connecting(let host, _): self.host = host
        case .secured(let facts, _):
            isSecured = true
            isVerified = facts.isVerified || !plan.security.pins.isEmpty
            authentication = .untried
            if isGreeted {
                keywordsBeforeTLS = keywords
                renewal = EHLORenewal(cause: .tls, keywords: keywords)
            }
            keywords = []
            (extendedHello, plainHello) = (.untried, .untried)
            forgetTransaction()
        case .gaveUp(_, _, let count):
            repliesGivenUp += count
            repliesDue = max(0, repliesDue - count)
        case .closed(let reason, _):
            closed = reason
            (repliesDue, repliesGivenUp) = (0, 0)
        case .resolved, .replyBegan, .oddity, .waiting, .note: break
        }
    }

    private mutating func note(_ reply: Reply, at stage: SessionStage, to command: String) {
        let verdict: Verdict = reply.grants(stage) ? .accepted : .refused(reply.code)
        switch stage {
        case .connect: greeting = reply
        case .hello:
            let isPlain = command.lowercased().hasPrefix("helo")
            let isAgain = isGreeted
            if isPlain { plainHello = verdict } else { extendedHello = verdict }
            let followsLogin = authentication == .accepted && !isGreetedAgain
            if followsLogin { isGreetedAgain = true }
            guard verdict == .accepted else { return }
            if isAgain { renewal = EHLORenewal(cause: followsLogin ? .authentication : .again, keywords: keywords) }
            keywords = isPlain ? [] : EHLOKeyword.list(in: reply)
            forgetTransaction()
        case .startTLS: startTLS = verdict
        case .sender:
            sender = verdict
            if verdict == .accepted { (recipients, acceptedPaths, message) = ([:], [], .untried) }
        case .recipient:
            let path = CommandText.path(in: command) ?? ""
            recipients[path] = verdict
            if verdict == .accepted { acceptedPaths.append(path) }
        case .data: isDataOpen = verdict == .accepted
        case .chunk: if verdict != .accepted { message = verdict }
        case .endOfData: noteFinal(reply, verdict)
        case .reset:
            noteProbe(command)
            if verdict == .accepted { forgetTransaction() }
        case .authenticate: if reply.code != 334 { authentication = verdict }
        case .other:
            noteProbe(command)
            if command.lowercased().hasPrefix("xforward ") { xforward = verdict }
            guard command.lowercased().hasPrefix("xclient ") else { return }
            xclient = verdict
            // The server starts anew: its 220 is another greeting.
            guard verdict == .accepted else { return }
            xclientsTaken += 1
            renewal = EHLORenewal(cause: .xclient, keywords: keywords)
            (extendedHello, plainHello, keywords) = (.untried, .untried, [])
            authentication = .untried
            forgetTransaction()
        case .resolve, .quit, .idle: break
        }
    }

    /// How many replies the final dot gets: one, or in LMTP one for each accepted recipient, RFC 2033 §4.2.
    public var finalReplies: Int { plan.isLMTP ? acceptedPaths.count : 1 }

    /// The recipients that the server accepted, in the order in which they were named.
    public private(set) var acceptedPaths: [String] = []

    /// A message that one recipient got is taken, whatever the others get.
    private mutating func noteFinal(_ reply: Reply, _ verdict: Verdict) {
        if reply.asksMore(at: .endOfData), awaitsRecipientReplies {
            recipientReplies = acceptedPaths.count + 1
            repliesDue += recipientReplies
            return
        }
        if recipientReplies > 0 {
            recipientReplies -= 1
            // What one recipient's filter says is no word on the whole message: that comes last.
            if recipientReplies > 0 { return }
        }
        guard verdict == .accepted else {
            if message != .accepted { message = verdict }
            return
        }
        if message != .accepted { messagesTaken += 1 }
        message = .accepted
        if repliesDue == 0, messagesTaken < plan.messages { forgetTransaction() }
    }

    private mutating func noteProbe(_ command: String) {
        if plan.probes.indices.contains(probesDone), plan.probes[probesDone].line == command { probesDone += 1 }
    }

    private mutating func forgetTransaction() {
        (sender, recipients, acceptedPaths, message) = (.untried, [:], [], .untried)
    }
}
