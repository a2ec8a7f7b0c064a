import MailLog
import MailVocabulary
import SMTP

/// What the log has come to about one of our sessions.
extension SessionTrace {
    /// How it stands with what we sent.
    public enum State: String, Hashable, Sendable {
        /// The log does not know the end yet.
        case open
        /// Every recipient got it; or nothing was sent, and the connection has ended.
        case delivered
        /// It stands in a quarantine, or on hold, until somebody looks at it.
        case held
        /// It has ended otherwise, for one recipient at least.
        case failed
    }

    /// True when more lines can hardly change anything.
    ///
    /// - Parameter taken: recipients that the server took, over all messages of the session; with none the end of the
    ///   connection is the end. Where the log does not say that a message is finished (OpenSMTPD), they are counted.
    public func isSettled(taken: Int) -> Bool {
        guard taken > 0 else {
            return !trace.facts.marks.isDisjoint(with: [.closed, .lost, .idle])
        }
        guard state(taken: taken) != .open else { return false }
        let isFinished = trace.messages.allSatisfy { $0.facts.marks.contains(.finished) }
        return isFinished || trace.messages.reduce(0) { $0 + $1.recipients.count } >= taken
    }

    /// - Parameter taken: as for `isSettled(taken:)`.
    public func state(taken: Int) -> State {
        guard taken > 0 else { return isSettled(taken: 0) ? .delivered : .open }
        guard !trace.messages.isEmpty else { return .open }
        let outcomes = trace.messages.flatMap { [$0.outcome] + $0.recipients.map(\.outcome) }
        var state = State.delivered
        for outcome in outcomes {
            switch outcome {
            case .pending, .delayed: return .open
            case .bounced, .expired, .dropped, .rejected, .aborted: state = .failed
            case .quarantined: if state == .delivered { state = .held }
            case .delivered: continue
            }
        }
        return state
    }
}

extension SessionRecord {
    /// How many recipients the server took, over all messages that it took.
    public var recipientsTaken: Int {
        var (taken, open) = (0, 0)
        for event in events {
            guard case .received(let reply, let stage, _, _, _) = event.fact else { continue }
            let isTaken = reply.code.severity == .success
            if stage == .sender { open = 0 }
            if stage == .recipient, isTaken { open += 1 }
            if stage == .endOfData, isTaken { taken += open }
        }
        return taken
    }
}
