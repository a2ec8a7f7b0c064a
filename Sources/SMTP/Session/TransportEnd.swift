/// How a connection ended below SMTP.
public enum TransportEnd: Hashable, Sendable {
    /// FIN.
    case finished
    /// RST.
    case reset
    /// The connection ended without the close_notify of TLS: what came last may be cut.
    case truncated
    case failed(String)
}
