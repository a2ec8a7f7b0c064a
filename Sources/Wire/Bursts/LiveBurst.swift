import SMTP

/// A burst that is under way.
public struct LiveBurst: Sendable {
    /// How it stands, a few times a second; the last one is the result. Letting go of the iteration drops every connection.
    public let progress: AsyncStream<BurstStatistics>
    private let end: @Sendable (_ isAbrupt: Bool) -> Void

    init(progress: AsyncStream<BurstStatistics>, end: @escaping @Sendable (Bool) -> Void) {
        (self.progress, self.end) = (progress, end)
    }

    /// Begins no message any more; what is under way is finished.
    public func stop() { end(false) }

    /// Closes every connection without a word.
    public func drop() { end(true) }
}
