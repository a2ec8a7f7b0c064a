/// Where the operator wants the connection dropped without QUIT, to see what the other side makes of it.
public enum DropPoint: String, Hashable, Sendable, CaseIterable {
    case never
    /// When the run has come as far as it is set to go.
    case run = "the run"
    /// S says DATA, and drops behind the 354.
    case data = "354"
    /// When the server has answered the message.
    case message = "the message"
}
