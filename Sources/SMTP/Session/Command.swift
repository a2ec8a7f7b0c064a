import MailVocabulary

/// A command that Porthole makes by itself, RFC 5321 §4.1.1. What the operator types goes by `CommandText` instead.
public enum Command: Hashable, Sendable {
    case extendedHello(String)
    case hello(String)
    /// RFC 2033 §4.1.
    case localHello(String)
    case startTLS
    case mail(from: String, parameters: [String])
    case recipient(String, parameters: [String])
    case data
    case reset
    case quit

    public var stage: SessionStage {
        switch self {
        case .extendedHello, .hello, .localHello: .hello
        case .startTLS: .startTLS
        case .mail: .sender
        case .recipient: .recipient
        case .data: .data
        case .reset: .reset
        case .quit: .quit
        }
    }

    /// As on the wire, without CRLF.
    public var line: String {
        switch self {
        case .extendedHello(let name): "EHLO \(name)"
        case .hello(let name): "HELO \(name)"
        case .localHello(let name): "LHLO \(name)"
        case .startTLS: "STARTTLS"
        case .mail(let path, let parameters): (["MAIL FROM:<\(path)>"] + parameters).joined(separator: " ")
        case .recipient(let path, let parameters): (["RCPT TO:<\(path)>"] + parameters).joined(separator: " ")
        case .data: "DATA"
        case .reset: "RSET"
        case .quit: "QUIT"
        }
    }
}
