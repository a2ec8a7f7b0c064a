/// Which lines of the log are shown.
public enum LogFilter: Hashable, Sendable {
    case all
    /// The lines of our connection, messages and deliveries included.
    case connection
    /// The lines of the message that the server's 250 named.
    case message
    /// Lines that contain the text, letters of either case.
    case text(String)
}
