import SMTP

/// A session that is under way.
public struct LiveSession: Sendable {
    /// What happens, as it happens; ends after `SessionFact.closed`. Letting go of the iteration drops the connection.
    public let events: AsyncStream<SessionEvent>
    private let deliver: @Sendable (SessionOrder) -> Void

    init(events: AsyncStream<SessionEvent>, deliver: @escaping @Sendable (SessionOrder) -> Void) {
        (self.events, self.deliver) = (events, deliver)
    }

    /// Hands an order to the session, from any thread. Orders are obeyed one after another.
    public func order(_ order: SessionOrder) { deliver(order) }
}
