import MailVocabulary

/// Something that happened in a session, stamped. A transcript is a list of these and nothing else.
public struct SessionEvent: Hashable, Sendable {
    /// Since the session was started, monotonic.
    public var at: Duration
    public var fact: SessionFact

    public init(at: Duration, _ fact: SessionFact) { (self.at, self.fact) = (at, fact) }
}

/// What can happen in a session. Secrets are redacted before they get in here, in both directions.
public enum SessionFact: Hashable, Sendable {
    /// The target became addresses. `exchangers` lists `10 mx1.example.test` when MX records were walked.
    case resolved(exchangers: [String], host: String, addresses: [IPAddress], took: Duration)
    /// `remote` is `nil` for what is no address: a socket of the file system, a command, a name behind a proxy; `host` names it.
    case connecting(host: String, Endpoint?)
    case connected(local: Endpoint?, remote: Endpoint?, took: Duration)
    /// A command went out; the line is as typed, without CRLF, redacted.
    case sent(stage: SessionStage, line: String, tls: Bool)
    /// The message went out, dot-stuffed, ended by the final dot.
    case sentMessage(bytes: Int, lines: Int, subject: String, tls: Bool)
    /// The first byte of the reply that is due.
    case replyBegan(stage: SessionStage, after: Duration)
    /// A whole reply; `command` is the line that it answers, `nil` for the greeting and for unsolicited replies.
    case received(Reply, stage: SessionStage, command: String?, timing: ReplyTiming, tls: Bool)
    /// TLS stands; capabilities heard before it are void.
    case secured(TLSFacts, took: Duration)
    /// A deviation that belongs to no whole reply.
    case oddity(Oddity, stage: SessionStage)
    /// `ReplyDeadlines.warnAfter` has passed and the reply of `stage` is still due; `octets` of it are here.
    case waiting(stage: SessionStage, Duration, octets: Int = 0)
    /// Nobody waits any more for `replies` replies, that of `stage` first: they are late when they come.
    case gaveUp(stage: SessionStage, after: Duration, replies: Int)
    case closed(CloseReason, during: SessionStage)
    /// Something on our own side that the operator should know: an address that was skipped, a line that was not sent.
    case note(String)
}

/// When a reply came, counted from the moment its command was written (for the greeting: from the connection's start).
public struct ReplyTiming: Hashable, Sendable {
    public var firstByte: Duration
    public var lastByte: Duration
    /// The stretches of silence between the first and the last byte that are worth naming, in order.
    public var pauses: [Pause]

    public init(firstByte: Duration, lastByte: Duration, pauses: [Pause] = []) {
        (self.firstByte, self.lastByte, self.pauses) = (firstByte, lastByte, pauses)
    }

    /// A silence inside a reply: a greeting test, a slow look-up, a server that drips.
    public struct Pause: Hashable, Sendable {
        /// Shorter ones are the network's.
        public static let least = Duration.milliseconds(50)
        /// More of one reply are not kept.
        static let most = 20

        /// How many lines were whole when it began.
        public var afterLine: Int
        public var length: Duration

        public init(afterLine: Int, length: Duration) { (self.afterLine, self.length) = (afterLine, length) }
    }
}
