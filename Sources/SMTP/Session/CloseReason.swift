import MailVocabulary

/// Why a connection is over, or never came to be: each of these is a different story for the operator.
public enum CloseReason: Hashable, Sendable {
    /// The name could not be turned into an address: the words say how.
    case notResolved(String)
    /// The domain says by a null MX that it takes no mail, RFC 7505.
    case nullMX
    /// RST in answer to SYN.
    case refused
    /// No answer to SYN within the limit.
    case connectTimedOut
    /// No route, network down, address not available.
    case unreachable(String)
    /// No complete reply within the limit of the stage.
    case replyTimedOut(SessionStage)
    /// The time of the whole session, `SessionPlan.maximumTime`, was over.
    case timeIsUp(during: SessionStage)
    /// QUIT was answered by 221.
    case quit
    /// The server closed after QUIT without its 221: a note, not a fault.
    case closedAfterQuit
    /// FIN while a reply was due, or between commands.
    case closedByServer(during: SessionStage)
    /// RST.
    case reset(during: SessionStage)
    /// The server said 421 (or 554 instead of a greeting) and the session is over, RFC 5321 §3.8.
    case serviceClosing(ReplyCode)
    /// The TLS handshake or the TLS layer failed.
    case tls(String)
    /// Something that endangers the session was seen, such as bytes behind the 220 of STARTTLS.
    case protocolViolation(Oddity)
    /// The operator dropped the connection.
    case droppedByOperator
    /// A file of the message could not be read to its end, or was changed while it went out.
    case unreadable(String)
    /// A fault on our own side.
    case failed(String)

    /// True when a message had been sent and its fate is not known: sending it again may duplicate it.
    public func leavesOutcomeUnknown(at stage: SessionStage) -> Bool { stage == .endOfData && self != .quit }
}
