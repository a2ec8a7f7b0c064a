/// What one log line says, for showing it: made when a line is looked at, never kept for all of them.
public struct LogRecord: Hashable, Sendable {
    /// The writer's clock.
    public var time: Timestamp
    /// The host that wrote the line, when the line names it. Outside text.
    public var host: String
    /// `Info`, `Warning`, … of a gateway; empty where the format has none.
    public var level: String
    /// The identifiers that the line names, the line's owner first. A session has number 0: only the index knows which one it is.
    public var keys: [TraceKey]
    /// One stable word for the kind of line: `connected`, `delivered`, `bounced`, …; `other` when it names identifiers
    /// but is of no known kind, `unknown` when nothing in it is known.
    public var event: String
    /// The words after time, host, program and level. Outside text.
    public var text: String
    /// The SMTP reply that the line quotes, `550 5.1.1 User unknown`. Outside text.
    ///
    /// A gateway logs an accepted message as `Response '2.0.0 Ok: …'` without the code; 250 is put before it, the one code
    /// with which a message is accepted (RFC 5321 §4.3.2).
    public var reply: String?

    public init(
        time: Timestamp, host: String = "", level: String = "", keys: [TraceKey] = [], event: String, text: String,
        reply: String? = nil
    ) {
        (self.time, self.host, self.level, self.keys) = (time, host, level, keys)
        (self.event, self.text, self.reply) = (event, text, reply)
    }
}
