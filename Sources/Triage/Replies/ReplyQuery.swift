import MailVocabulary
import SMTP

/// What is to be explained: a reply and what is known around it.
public struct ReplyQuery: Hashable, Sendable {
    /// The reply as text: one line, or several separated by line feeds, code included. Empty for an event without a reply.
    public var reply: String
    public var stage: SessionStage?
    /// `cisco-esa`, `postfix`, `exchange`, …: from the banner, the EHLO list or the operator.
    public var vendor: String?
    /// An event without a reply, when there is one: `refused`, `reply-timed-out`, `greeting-late`, …; `keyword:NAME` for
    /// a line of the EHLO list.
    public var event: String?
    /// The seconds that the reply or event took, when known.
    public var seconds: Double?
    /// Whether the session was inside TLS, when known.
    public var insideTLS: Bool?
    /// Whether the session was authenticated, when known.
    public var authenticated: Bool?
    /// Whether every recipient of the transaction was refused, when known.
    public var allRecipientsRefused: Bool?
    /// Whether the message is larger than the server's SIZE, when known.
    public var sizeOverLimit: Bool?
    /// Whether the reply answers the first command of the connection, when known.
    public var isFirstCommand: Bool?

    public init(
        reply: String, stage: SessionStage? = nil, vendor: String? = nil, event: String? = nil, seconds: Double? = nil,
        insideTLS: Bool? = nil
    ) {
        (self.reply, self.stage, self.vendor) = (reply, stage, vendor)
        (self.event, self.seconds, self.insideTLS) = (event, seconds, insideTLS)
    }
}
