/// Who must act first so that the mail flows.
public enum ReplyActor: String, Hashable, Sendable, CaseIterable {
    /// Whoever runs the sending host.
    case us
    /// The person who wrote the message.
    case sender
    /// The person it was meant for.
    case recipient
    /// Whoever runs the receiving host.
    case recipientAdmin = "recipient-admin"
    /// Whoever runs the path between the two.
    case network
}
