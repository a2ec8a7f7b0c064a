import MailVocabulary
import SMTP

/// A reply as the catalogue compares it: codes taken out, lines joined, blanks folded.
public struct NormalizedReply: Hashable, Sendable {
    /// The code of the last line that has one.
    public var code: Int?
    public var status: EnhancedStatusCode?
    /// What stood in the place of an enhanced code without being one, `4.x.2`.
    public var oddStatus: String?
    /// True when the enhanced code was written with `#` in front, as Cisco's gateways do.
    public var hasHashStatus = false
    /// True when the lines of the reply carry different codes.
    public var codesDiffer = false
    /// The stage that a pasted log line names: `(in reply to RCPT TO command)`.
    public var stage: SessionStage?
    /// The text without codes, as sent. Outside text.
    public var text: [UInt8] = []
    /// `text` with its ASCII letters in lower case: the same length, byte for byte.
    public var folded: [UInt8] = []

    /// The first digit: of the code, or of the enhanced code when there is no code.
    var digit: Int? { code.map { $0 / 100 } ?? status?.class }
}
