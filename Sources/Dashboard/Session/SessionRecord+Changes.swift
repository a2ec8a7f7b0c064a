import MailVocabulary
import SMTP

extension SessionRecord {
    /// How long a connection was tried before it failed; `nil` for one that stood.
    var failedAttempt: Duration? {
        guard local == nil, case .closed? = events.last?.fact, let end = events.last?.at,
            let begin = events.last(where: { if case .connecting = $0.fact { true } else { false } })?.at
        else { return nil }
        return end - begin
    }

    /// How long what is awaited may still take in all; `nil` where the shell alone sets the limit.
    var waitingLimit: Duration? {
        guard isWaiting else { return nil }
        if stage == .resolve { return nil }
        if !isOpen { return plan.deadlines.connect }
        if stage == .startTLS, progress.startTLS == .accepted { return plan.deadlines.tlsHandshake }
        return plan.deadlines.limit(stage)
    }

    /// From here on a wait is worth a sign: a server may look at a message for longer than at a command.
    var warningMark: Duration {
        switch stage {
        case .endOfData: max(plan.deadlines.warnAfter, .seconds(30))
        case .resolve, .connect, .hello, .startTLS, .authenticate, .sender, .recipient, .data, .chunk, .reset, .quit,
            .other,
            .idle:
            plan.deadlines.warnAfter
        }
    }

    /// Since when nothing has been said, while the connection stands and nothing is awaited.
    var idleSince: Duration? { isOpen && !isWaiting ? events.last?.at : nil }

    /// The connection was lost behind the final dot, and no reply said what became of the message.
    var isOutcomeUnknown: Bool {
        guard case .closed(let reason, let stage)? = events.last?.fact else { return false }
        return reason.leavesOutcomeUnknown(at: stage)
    }
}
