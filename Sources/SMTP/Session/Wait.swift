/// How long something has been awaited, and when the next word about it is due.
struct Wait: Hashable, Sendable {
    var stage: SessionStage
    var since: Duration
    /// No end but the shell's own when `nil`.
    var limit: Duration?
    var nextWarning: Duration

    init(_ stage: SessionStage, since: Duration, limit: Duration?, warnAfter: Duration) {
        (self.stage, self.since, self.limit) = (stage, since, limit)
        nextWarning = since + warnAfter
    }

    var deadline: Duration { limit.map { min(since + $0, nextWarning) } ?? nextWarning }

    func isOver(at now: Duration) -> Bool { limit.map { since + $0 <= now } ?? false }

    /// The waits are said at 5, 10, 20, 40 … seconds; while a reply comes in drops, each second.
    mutating func warned(at now: Duration, isGrowing: Bool) {
        if isGrowing { return nextWarning = now + .seconds(1) }
        while nextWarning <= now { nextWarning += max(nextWarning - since, .seconds(1)) }
    }
}
