/// Where in the conversation something happened: the states of RFC 5321 §4.1.4 with the two before the first byte.
///
/// The raw values are the words of the reply catalogue (`match.stage`) and of the JSON output.
public enum SessionStage: String, Hashable, Comparable, Sendable, CaseIterable {
    case resolve = "RESOLVE"
    case connect = "CONNECT"
    /// EHLO, HELO.
    case hello = "EHLO"
    case startTLS = "STARTTLS"
    case authenticate = "AUTH"
    /// MAIL FROM.
    case sender = "MAIL"
    /// RCPT TO.
    case recipient = "RCPT"
    /// DATA, up to the 354.
    case data = "DATA"
    /// BDAT without LAST, RFC 3030 §2. The last chunk is of `endOfData`.
    case chunk = "BDAT"
    /// The message and the reply after its final dot.
    case endOfData = "EOD"
    case reset = "RSET"
    case quit = "QUIT"
    /// Any other command: NOOP, VRFY, HELP, something mistyped.
    case other = "OTHER"
    /// No command is open.
    case idle = "IDLE"

    /// The order in which a session passes through them.
    public static func < (left: SessionStage, right: SessionStage) -> Bool { left.order < right.order }

    /// The stage whose explanations fit a reply to `command`: a chunk is refused as a message is, VRFY as RCPT is.
    public func explained(by command: String?) -> SessionStage {
        switch self {
        case .chunk: return .endOfData
        case .other:
            let verb = command?.prefix { $0 != " " }.uppercased()
            return verb == "VRFY" || verb == "EXPN" ? .recipient : .other
        case .resolve, .connect, .hello, .startTLS, .authenticate, .sender, .recipient, .data, .endOfData, .reset,
            .quit, .idle:
            return self
        }
    }

    private var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
