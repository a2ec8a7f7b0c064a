/// An identifier by which log lines belong together: the gateway's words, RFC-less.
public enum TraceKey: Hashable, Sendable, CustomStringConvertible {
    /// Injection (incoming) connection id of a Cisco ESA.
    case icid(UInt64)
    /// Message id of a Cisco ESA.
    case mid(UInt64)
    /// Delivery connection id of a Cisco ESA.
    case dcid(UInt64)
    /// Queue id of Postfix, Exim, Sendmail; message id of OpenSMTPD.
    case queueID(String)
    /// smtpd process between connect and disconnect, with the number of the session in this log.
    case session(pid: Int, number: Int)
    /// A connection by the name that the log gives it: an OpenSMTPD session, a client's address and port in an Exim log,
    /// a Sendmail process. The number is that of the connection in this log, negative for a delivery connection.
    case connection(String, number: Int)

    /// `ICID 881`, `MID 214`, `4jX2Q15TbJz2Pshq`.
    public var description: String {
        switch self {
        case .icid(let id): "ICID \(id)"
        case .mid(let id): "MID \(id)"
        case .dcid(let id): "DCID \(id)"
        case .queueID(let id): id
        case .session(let pid, _): "smtpd[\(pid)]"
        case .connection(let name, _): name
        }
    }
}
