/// A question to a log that has a list for an answer: what must be true of each row.
public struct LogQuestion: Hashable, Sendable {
    /// As for a trace: an address, a network, a mail address, a domain, an identifier, words of a subject; nothing for all.
    public var needle: String?
    /// One of the words of a trace: `bounced`, `hat-rejected`; an outcome such as `delivered` counts too.
    public var verdict: String?
    /// A reply code or enhanced status code, `550` or `5.1.1`: of the reply or reason that ended a recipient or connection.
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
}
