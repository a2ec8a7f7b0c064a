/// What the operator wants of a running session.
public enum SessionOrder: Hashable, Sendable {
    /// Send this line exactly as typed, in whatever state the session is.
    case type(String)
    /// Send the suggested next step.
    case proceed
    /// Go on by the plan up to and including `stage`, and stop at the first refusal.
    case run(upTo: SessionStage)
    /// Send the test message: only after the operator has confirmed it.
    case sendMessage
    case quit
    /// Close the connection without a word; also cuts any waiting short.
    case drop
}
