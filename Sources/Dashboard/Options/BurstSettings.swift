import SMTP

/// What a burst of the dashboard is to be, beside the envelope and the message.
public struct BurstSettings: Hashable, Sendable {
    /// Connections at the same time.
    public var sessions = 1
    /// Messages in all.
    public var messages = 10
    /// Octets of each message; `nil` leaves the test message as it is.
    public var size: Int?
    /// A new connection for each message.
    public var reconnects = false

    public init() {}

    /// The burst of a session's plan.
    func plan(_ session: SessionPlan) -> BurstPlan {
        var session = session
        (session.stopAfter, session.messages) = (.endOfData, 1)
        var plan = BurstPlan(session, sessions: sessions, messages: messages)
        (plan.reconnects, plan.size) = (reconnects, size)
        return plan
    }
}
