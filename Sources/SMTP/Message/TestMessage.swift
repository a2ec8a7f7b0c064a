/// The message that is sent after DATA when the operator has said so.
public struct TestMessage: Hashable, Sendable {
    public var subject: String
    /// Lines end with a line feed here; on the wire with CRLF.
    public var body: String
    /// RFC 5322 date-time of the Date field, made by the shell: the engine has no clock.
    public var date: String
    /// Without angle brackets. It is how the message is found again.
    public var messageID: String

    public init(
        subject: String = "Porthole test", body: String = "This is a test message.\n", date: String = "",
        messageID: String = ""
    ) {
        (self.subject, self.body, self.date, self.messageID) = (subject, body, date, messageID)
    }
}
