import MailVocabulary
import SMTP

/// What is to be explained: a reply and what is known around it.
public struct ReplyQuery: Hashable, Sendable {
    /// The reply as text: one line, or several separated by line feeds, code included. Empty for an event without a reply.
    public var reply: String
    public var stage: SessionStage?
    /// `cisco-esa`, `postfix`, `exchange`, …: from the banner, the EHLO list or the operator.
    public var vendor: String?
    /// An event without a reply, when there is one: `refused`, `timed-out`, `slow-banner`, …
    public var event: String?
    /// The seconds that the reply or event took, when known.
    public var seconds: Double?
    /// Whether the session was inside TLS, and authenticated, when known.
    public var insideTLS: Bool?

    public init(
        reply: String, stage: SessionStage? = nil, vendor: String? = nil, event: String? = nil, seconds: Double? = nil,
        insideTLS: Bool? = nil
    ) {
        (self.reply, self.stage, self.vendor) = (reply, stage, vendor)
        (self.event, self.seconds, self.insideTLS) = (event, seconds, insideTLS)
    }
}
