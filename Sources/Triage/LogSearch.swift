import MailLog

/// What the log said when it was asked.
public struct LogSearch: Sendable {
    /// In file order.
    public let traces: [Trace]
    /// How many lines had been read then: more of them now may say more.
    public let lineCount: Int
}
