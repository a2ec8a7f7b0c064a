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

    /// The message of a burst is made once and held in memory, for all its connections.
    public static let mostOctets = 256 << 20

    public init(_ session: SessionPlan, sessions: Int, messages: Int) {
        (self.session, self.sessions, self.messages) = (session, sessions, messages)
    }

    /// Why there can be no such burst, in one sentence; `nil` when there can.
    public var obstacle: String? {
        if !(1...1000).contains(sessions) { return "a burst has from 1 to 1000 sessions" }
        if !(1...100_000).contains(messages) { return "a burst has from 1 to 100000 messages" }
        if let size, size > Self.mostOctets {
            return "a burst's message has at most \(Self.mostOctets) octets: it is held in memory"
        }
        if session.recipients.isEmpty {
            return "a burst needs a recipient: USER@DOMAIN, or a target like user@domain"
        }
        if session.dropsAtEnd || session.dropsBeforeReply != nil {
            return "a burst sends messages: it does not drop its connections at a stage"
        }
        if session.connection.proxy != nil || session.connection.command != nil {
            return "a burst goes straight to the server: it does not go with a proxy or a command's pipes"
        }
        if session.services.chunk != nil { return "a burst sends by DATA: it does not go with BDAT" }
        do throws(CommandFault) { _ = try BurstMessage(self) } catch { return error.description }
        return nil
    }
}
