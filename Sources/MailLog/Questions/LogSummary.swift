import MailVocabulary

/// An incident's first question, "is it only me?": what a log says of everybody over a stretch of time.
public struct LogSummary: Hashable, Sendable {
    /// A connection that was slow to bring a message, or that was given up before it could.
    public struct SlowConnection: Hashable, Sendable {
        /// As for a trace.
        public var key: TraceKey?
        /// The client's.
        public var address: IPAddress?
        /// When it was accepted, on the writer's clock.
        public var began: Timestamp
        /// From the connection to its first message; to its end when it brought none.
        public var seconds: Int64
        /// The trace's word when it brought no message, else `slow`.
        public var verdict: String
    }

    /// From when on was counted, on the log's own clock.
    public var from: Timestamp
    /// Up to when was counted: the log's newest stamp, or the end that was asked for.
    public var to: Timestamp
    /// Incoming connections.
    public var connections = 0
    /// Different client addresses.
    public var clients = 0
    /// Connections that the server refused, or that were refused something without bringing a message.
    public var refusedConnections = 0
    /// Without those that were made of another one.
    public var messages = 0
    /// Recipients by what became of them.
    public var recipients: [Trace.Outcome: Int] = [:]
    /// Connections that brought no message, by the trace's word.
    public var silent: [LogCount] = []
    /// Reverse-paths that brought most messages.
    public var senders: [LogCount] = []
    /// Client addresses with most connections.
    public var addresses: [LogCount] = []
    /// Why connections and recipients were refused, bounced or delayed: the log's words without what differs each time.
    public var reasons: [LogCount] = []
    /// The slowest first.
    public var slow: [SlowConnection] = []
    /// How many are slow, those that are not listed too.
    public var slowCount = 0
    /// Different clients among the slow ones.
    public var slowClients = 0

    /// From here on a connection without a message is slow: a sender's patience ends at 30 s to 300 s (RFC 5321 §4.5.3.2).
    public static let slowSeconds: Int64 = 10
}
