import MailVocabulary

/// A command line exactly as it will go out, without its CRLF.
///
/// Any text will do, in any order and spelling, as with telnet; refused is only what could not be one line on the wire.
public struct CommandText: Hashable, Sendable {
    public let line: String

    /// - Throws: `CommandFault` when the text holds CR, LF or NUL: it would be another command, or none.
    public init(typed line: String) throws(CommandFault) {
        try CommandFault.check(line, "the line")
        self.line = line
    }

    /// The stage that the verb belongs to, RFC 5321 §4.1.1. Verbs have no case; `mail from: <a@b>` is known with its blank.
    public var stage: SessionStage { Self.stage(of: line) }

    /// The stage that the verb of `line` belongs to; `.other` for one that is not known.
    public static func stage(of line: String) -> SessionStage {
        switch line.drop(while: { $0 == " " }).prefix(while: { $0 != " " && $0 != "\t" }).lowercased() {
        case "ehlo", "helo", "lhlo": return .hello
        case "starttls": return .startTLS
        case "auth": return .authenticate
        case "data": return .data
        case "bdat": return line.lowercased().split(separator: " ").last == "last" ? .endOfData : .chunk
        case "rset": return .reset
        case "quit": return .quit
        case "mail", "send", "soml", "saml": return .sender
        case "rcpt": return .recipient
        default: return .other
        }
    }

    /// The path in a MAIL or RCPT command, without its angle brackets; `nil` when there is none, empty for `<>`.
    public static func path(in line: String) -> String? {
        guard let colon = line.firstIndex(of: ":") else { return nil }
        let rest = line[line.index(after: colon)...].drop { $0 == " " }
        if rest.first == "<", let end = rest.firstIndex(of: ">") { return String(rest[..<end].dropFirst()) }
        let word = rest.prefix { $0 != " " }
        return word.isEmpty ? nil : String(word)
    }
}
