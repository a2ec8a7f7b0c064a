/// What the conversation asks its connection to do, in order.
enum GatewayAction: Hashable, Sendable {
    case send([UInt8])
    /// Nothing more is read or done until this has passed.
    case wait(Duration)
    case record(GatewayEvent)
    /// Forget what was sent behind STARTTLS and begin the handshake.
    case startTLS
    case close
}
