import MailVocabulary

/// What all connections of a burst share: how many messages are still to be begun, and what was counted.
public struct BurstLedger: Sendable {
    public private(set) var statistics = BurstStatistics()
    /// No message is begun any more.
    public private(set) var isStopped = false
    private var remaining: Int
    private var opening = 0

    public init(messages: Int) { remaining = messages }

    public var hasMore: Bool { remaining > 0 && !isStopped }

    public mutating func stop() { isStopped = true }

    /// There is a message left for one more connection beside those that are being made.
    public var wantsConnection: Bool { !isStopped && remaining > opening }

    /// A connection is tried.
    public mutating func connects() {
        statistics.connections += 1
        opening += 1
    }

    /// It stands, or came to nothing.
    public mutating func connectionDecided() { opening -= 1 }

    /// A fact of a connection's beginning, up to AUTH.
    public mutating func note(_ event: SessionEvent, at now: Int) {
        guard case .received(let reply, let stage, _, let timing, _) = event.fact else { return }
        statistics.note(
            stage, reply.code.value, took: timing.lastByte.nanoseconds, at: now,
            message: statistics.begun
        ) { reply.summary }
    }

    /// A connection came to nothing, or was lost.
    public mutating func fail(_ words: String, at now: Int) { statistics.fail(words, at: now) }

    /// The number of the next message, from 1; `nil` when there is none.
    mutating func next() -> Int? {
        guard hasMore else { return nil }
        remaining -= 1
        statistics.begun += 1
        return statistics.begun
    }

    mutating func note(
        _ stage: SessionStage, _ code: Int, took: Int, at now: Int, message: Int, text: () -> String
    ) {
        statistics.note(stage, code, took: took, at: now, message: message, text: text)
    }

    mutating func take(at now: Int) { statistics.take(at: now) }
    mutating func refuse() { statistics.refuse() }
    mutating func lose(isUnknown: Bool) {
        if isUnknown { statistics.unknown += 1 } else { statistics.broken += 1 }
    }
}

extension Duration {
    /// Whole nanoseconds.
    var nanoseconds: Int { Int(components.seconds) * 1_000_000_000 + Int(components.attoseconds / 1_000_000_000) }
}
