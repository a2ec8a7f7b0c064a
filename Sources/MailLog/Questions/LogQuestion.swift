import MailVocabulary

/// A question to a log that has a list for an answer: what must be true of each row.
public struct LogQuestion: Hashable, Sendable {
    /// As for a trace: an address, a network, a mail address, a domain, an identifier, words of a subject; nothing for all.
    public var needle: String?
    /// One of the words of a trace: `bounced`, `hat-rejected`; an outcome such as `delivered` counts too. Several with commas
    /// between them.
    public var verdict: String?
    /// A reply code or enhanced status code, `550` or `5.1.1`, or a class of them, `5xx` or `5.7.x`: of the reply or reason that
    /// ended a recipient or connection.
    public var reply: String?
    /// Only what began at that moment of the log's clock or later.
    public var since: LogMoment?
    /// Only what began before that moment.
    public var until: LogMoment?

    public init(
        needle: String? = nil, verdict: String? = nil, reply: String? = nil, since: LogMoment? = nil,
        until: LogMoment? = nil
    ) {
        (self.needle, self.verdict, self.reply) = (needle, verdict, reply)
        (self.since, self.until) = (since, until)
    }

    /// Whether these are a code or a class of codes that can be asked for.
    public static func isReply(_ text: String) -> Bool { ReplyPattern(text) != nil }

    /// Whether this was meant to be an IP address or a network, and is none: `999.1.1.1`, `10.2.3.4/33`.
    public static func isBrokenAddress(_ needle: String) -> Bool {
        let text = TraceFinder.trimmed(needle)
        guard IPAddress(text) == nil, AddressRange(text) == nil else { return false }
        let dots = text.count { $0 == "." }
        if dots == 3, text.allSatisfy({ "0123456789./".contains($0) }) { return true }
        return text.allSatisfy { "0123456789abcdefABCDEF:/".contains($0) }
            && (text.contains("::") || text.count { $0 == ":" } > 4)
    }
}
