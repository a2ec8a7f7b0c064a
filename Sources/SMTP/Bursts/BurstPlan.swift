/// Many messages over many connections at once: what a gateway does under load, and where its limits are.
public struct BurstPlan: Hashable, Sendable {
    /// Whom to talk to, with what envelope and message. Its `pipelines` sends the next envelope together with the message before.
    public var session: SessionPlan
    /// Connections at the same time.
    public var sessions: Int
    /// Messages in all, over all connections.
    public var messages: Int
    /// A new connection for each message.
    public var reconnects = false
    /// Octets of each message, as RFC 1870 §3 counts them; `nil` leaves the test message as it is.
    public var size: Int?

    public init(_ session: SessionPlan, sessions: Int, messages: Int) {
        (self.session, self.sessions, self.messages) = (session, sessions, messages)
    }
}
