/// A command that asks the server something and moves no mail, said before MAIL, RFC 5321 §3.5 and §4.1.1, RFC 1985.
public struct ServerProbe: Hashable, Sendable {
    /// The order of the cases is the order in which they are said.
    public enum Verb: String, Hashable, Sendable, CaseIterable {
        case noop = "NOOP"
        case help = "HELP"
        case verify = "VRFY"
        case expand = "EXPN"
        /// Asks the server to work off the queue of a domain: it may start deliveries.
        case turn = "ETRN"
        case reset = "RSET"
    }

    public var verb: Verb
    /// Empty for none.
    public var argument: String

    public init(_ verb: Verb, _ argument: String = "") { (self.verb, self.argument) = (verb, argument) }

    /// As on the wire, without CRLF.
    public var line: String { argument.isEmpty ? verb.rawValue : "\(verb.rawValue) \(argument)" }

    var stage: SessionStage {
        switch verb {
        case .reset: .reset
        case .noop, .help, .verify, .expand, .turn: .other
        }
    }
}
