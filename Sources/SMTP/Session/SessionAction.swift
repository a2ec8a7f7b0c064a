/// What the state machine wants done. The shell does it in this order and adds nothing.
public enum SessionAction: Hashable, Sendable {
    case send([UInt8])
    /// Begin the TLS handshake now: the 220 to STARTTLS has come and nothing behind it.
    case startTLS
    /// Read this piece of a file once the connection takes more, and bring it by `SessionStateMachine.content`.
    case read(ContentRequest)
    case close
    case report(SessionEvent)
}
