import MailVocabulary

extension CloseReason {
    /// What happened in a few words, for a row of the screen. May quote outside text: print it only through `PrintableText`.
    public var words: String {
        switch self {
        case .notResolved(let words): "not resolved: \(words)"
        case .nullMX: "null MX: the domain takes no mail"
        case .refused: "connection refused"
        case .connectTimedOut: "no answer to the connection attempt"
        case .unreachable(let words): "unreachable: \(words)"
        case .replyTimedOut(let stage): "no complete reply to \(stage.rawValue) within its limit"
        case .timeIsUp(.idle): "the time of the whole session was over"
        case .timeIsUp(let stage): "the time of the whole session was over during \(stage.rawValue)"
        case .quit: "closed after QUIT"
        case .closedAfterQuit: "closed after QUIT without a 221"
        case .closedByServer(.idle): "the server closed the connection between commands"
        case .closedByServer(let stage): "the server closed the connection during \(stage.rawValue)"
        case .reset(let stage): "the connection was reset (RST) during \(stage.rawValue)"
        case .serviceClosing(let code): "the server ended the session with \(code)"
        case .tls(let words): "TLS failed: \(words)"
        case .protocolViolation(let oddity): "stopped: \(oddity.kind.rawValue), \(oddity.evidence)"
        case .droppedByOperator: "dropped by you"
        case .unreadable(let words), .failed(let words): words
        }
    }

    /// True for an end that was asked for.
    public var isOrderly: Bool {
        switch self {
        case .quit, .closedAfterQuit, .droppedByOperator: true
        case .notResolved, .nullMX, .refused, .connectTimedOut, .unreachable, .replyTimedOut, .timeIsUp,
            .closedByServer, .reset,
            .serviceClosing, .tls, .protocolViolation, .unreadable, .failed:
            false
        }
    }
}
