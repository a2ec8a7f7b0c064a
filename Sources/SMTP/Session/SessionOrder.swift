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
    /// The limit of the reply that is awaited now no longer ends the session.
    case keepWaiting
    /// The replies that are due are awaited no longer, and other commands may go. Those replies are said to be late when they
    /// come, and are never taken for the answer to a later command. While a connection or TLS comes to be, the same as `drop`.
    case stopWaiting
    case quit
    /// Close the connection without a word; also cuts any waiting short.
    case drop
}
