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
    public private(set) var xclient = Verdict.untried
    public private(set) var sender = Verdict.untried
    /// By forward-path, as sent.
    public private(set) var recipients: [String: Verdict] = [:]
    /// The server said 354 and takes lines of text until the dot.
    public private(set) var isDataOpen = false
    public private(set) var message = Verdict.untried
    /// How many messages the server took.
    public private(set) var messagesTaken = 0
    /// Replies that are still to come, the greeting among them.
    public private(set) var repliesDue = 0

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
            repliesDue += stage == .endOfData ? finalReplies : 1
        case .sentMessage:
            isDataOpen = false
            repliesDue += finalReplies
        case .received(let reply, let stage, let command, _, _):
            guard !reply.oddities.contains(where: { $0.kind == .unsolicited }) else { return }
            repliesDue = max(0, repliesDue - 1)
            note(reply, at: stage, to: command ?? "")
        case .connecting(let host, _): self.host = host
        case .secured(let facts, _):
            isSecured = true
            isVerified = facts.isVerified || !plan.security.pins.isEmpty
            authentication = .untried
            if isGreeted { keywordsBeforeTLS = keywords }
            keywords = []
            (extendedHello, plainHello) = (.untried, .untried)
            forgetTransaction()
        case .closed(let reason, _):
            closed = reason
            repliesDue = 0
        case .resolved, .replyBegan, .oddity, .waiting, .note: break
        }
    }

    private mutating func note(_ reply: Reply, at stage: SessionStage, to command: String) {
        let verdict: Verdict = reply.grants(stage) ? .accepted : .refused(reply.code)
        switch stage {
        case .connect: greeting = reply
        case .hello:
            let isPlain = command.lowercased().hasPrefix("helo")
            if isPlain { plainHello = verdict } else { extendedHello = verdict }
            guard verdict == .accepted else { return }
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
        case .endOfData:
            noteFinal(verdict)
        case .reset: if verdict == .accepted { forgetTransaction() }
        case .authenticate: if reply.code != 334 { authentication = verdict }
        case .other:
            guard command.lowercased().hasPrefix("xclient ") else { return }
            xclient = verdict
            // The server starts anew: its 220 is another greeting.
            guard verdict == .accepted else { return }
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
    private mutating func noteFinal(_ verdict: Verdict) {
        guard verdict == .accepted else {
            if message != .accepted { message = verdict }
            return
        }
        if message != .accepted { messagesTaken += 1 }
        message = .accepted
        if repliesDue == 0, messagesTaken < plan.messages { forgetTransaction() }
    }

    private mutating func forgetTransaction() {
        (sender, recipients, acceptedPaths, message) = (.untried, [:], [], .untried)
    }

    // MARK: what comes next

    /// The next step by the plan; `nil` while a reply is due, before the greeting and after the end.
    public var suggestion: SuggestedStep? {
        guard isConnected, closed == nil, repliesDue == 0, let greeting else { return nil }
        if startTLS == .accepted, !isSecured { return nil }
        if isDataOpen { return SuggestedStep(stage: .endOfData, line: ".", isSafe: false) }
        guard greeting.grants(.connect) else { return SuggestedStep(.quit) }
        return hello ?? security ?? introduction ?? proof ?? transaction ?? SuggestedStep(.quit)
    }

    private var hello: SuggestedStep? {
        if isGreeted { return nil }
        switch (extendedHello, plainHello) {
        case (.untried, _):
            return SuggestedStep(plan.isLMTP ? .localHello(plan.helloName) : .extendedHello(plan.helloName))
        case (.refused(let code), .untried) where code.severity == .permanent && !plan.isLMTP:
            return SuggestedStep(.hello(plan.helloName))
        case (.refused, _), (.accepted, _): return SuggestedStep(.quit)
        }
    }

    private var security: SuggestedStep? {
        if isSecured || plan.tls == .never { return nil }
        switch startTLS {
        case .untried where offers("STARTTLS"): return SuggestedStep(.startTLS)
        case .untried, .refused: return plan.tls == .required ? SuggestedStep(.quit) : nil
        case .accepted: return nil
        }
    }

    private var transaction: SuggestedStep? {
        switch sender {
        case .refused(530) where !isSecured && offers("STARTTLS") && startTLS == .untried:
            return SuggestedStep(.startTLS)
        case .refused: return nil
        case .untried: return SuggestedStep(.mail(from: plan.reversePath, parameters: mailParameters))
        case .accepted: break
        }
        guard message == .untried else { return nil }
        if let next = plan.recipients.first(where: { recipients[$0.forwardPath] == nil }) {
            return SuggestedStep(.recipient(next.forwardPath, parameters: parameters(of: next)))
        }
        return recipients.values.contains(.accepted) ? SuggestedStep(.data) : nil
    }
}

extension Reply {
    /// True when the reply gives what a command of `stage` asks for: the right first digit, and nothing that contradicts it.
    public func grants(_ stage: SessionStage) -> Bool {
        guard isPositive else { return false }
        switch stage {
        case .data: return code.severity == .intermediate
        case .connect, .startTLS: return code == 220
        case .hello, .authenticate, .sender, .recipient, .endOfData, .reset, .quit, .other, .resolve, .idle:
            return code.severity == .success
        }
    }
}
