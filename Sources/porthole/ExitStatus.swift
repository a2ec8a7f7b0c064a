import ArgumentParser
import MailVocabulary
import SMTP

/// The exit codes of the headless commands, after sysexits.
enum ExitStatus: Int32, CaseIterable {
    case done = 0
    case usage = 64
    case cannotRead = 66
    case noConnection = 69
    case internalFault = 70
    case cannotWrite = 73
    case temporary = 75
    case protocolViolation = 76
    case refused = 77

    /// As the manual page says it.
    var meaning: String {
        switch self {
        case .done: "Done and accepted."
        case .usage: "Usage: the sentence on the error stream says what is wrong."
        case .cannotRead: "A file cannot be read."
        case .noConnection: "No connection."
        case .internalFault: "A fault of the program."
        case .cannotWrite: "Standard output, or a file, cannot be written."
        case .temporary: "Temporary failure, 4yz."
        case .protocolViolation: "Protocol violation, or the server does not offer what was demanded."
        case .refused: "Refused, 5yz."
        }
    }

    var code: ExitCode { ExitCode(rawValue) }

    /// What a session's end means for a script.
    init(_ session: SessionRecord) {
        if let index = session.firstRefusal, case .received(let reply, _, _, _, _) = session.events[index].fact {
            switch reply.code.severity {
            case .transient: self = .temporary
            case .permanent: self = .refused
            case .success, .intermediate, .preliminary, nil: self = .protocolViolation
            }
            return
        }
        switch session.closed {
        case .quit, .closedAfterQuit, nil: self = .done
        case .notResolved, .nullMX, .refused, .connectTimedOut, .unreachable: self = .noConnection
        case .serviceClosing(let code): self = code.severity == .permanent ? .refused : .temporary
        case .protocolViolation, .tls: self = .protocolViolation
        case .replyTimedOut, .timeIsUp, .closedByServer, .reset, .droppedByOperator: self = .temporary
        case .unreadable: self = .cannotRead
        case .failed: self = .internalFault
        }
    }
}

/// A sentence for the operator on the error stream, and the exit code.
struct CommandFailure: Error, CustomStringConvertible {
    let sentence: String
    let status: ExitStatus

    /// The window shows errors by their descriptions.
    var description: String { sentence }

    init(_ sentence: String, _ status: ExitStatus) { (self.sentence, self.status) = (sentence, status) }
}
