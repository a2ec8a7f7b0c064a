/// Something that must have happened in the session before the reply, as entries write it: `tls=off`, `seconds>30`.
public enum SessionCondition: Hashable, Sendable {
    case tls(Bool)
    case authenticated(Bool)
    /// The message is larger than the SIZE that the server announced.
    case sizeOverLimit
    /// No recipient of this transaction was accepted.
    case allRecipientsRefused
    case firstCommand
    case secondsOver(Double)
    /// The product is known to be one of the entry's own: for words that others say too, and mean otherwise.
    case vendorKnown

    /// Reads the written form; `nil` for anything else.
    public init?(_ text: String) {
        switch text {
        case "tls=on": self = .tls(true)
        case "tls=off": self = .tls(false)
        case "auth=on": self = .authenticated(true)
        case "auth=off": self = .authenticated(false)
        case "size>limit": self = .sizeOverLimit
        case "rcpt_failed=all": self = .allRecipientsRefused
        case "first_command": self = .firstCommand
        case "vendor=known": self = .vendorKnown
        default:
            guard text.hasPrefix("seconds>"), let seconds = Double(text.dropFirst("seconds>".count)) else { return nil }
            self = .secondsOver(seconds)
        }
    }

    /// True for a condition on the time that the reply took.
    var isDelay: Bool { if case .secondsOver = self { true } else { false } }

    /// Whether it holds; `nil` when the query does not tell.
    func holds(in query: ReplyQuery) -> Bool? {
        switch self {
        case .tls(let wanted): query.insideTLS.map { $0 == wanted }
        case .authenticated(let wanted): query.authenticated.map { $0 == wanted }
        case .sizeOverLimit: query.sizeOverLimit
        case .allRecipientsRefused: query.allRecipientsRefused
        case .firstCommand: query.isFirstCommand
        case .secondsOver(let limit): query.seconds.map { $0 > limit }
        case .vendorKnown: query.vendor != nil
        }
    }
}
