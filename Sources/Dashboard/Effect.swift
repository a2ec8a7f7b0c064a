import DNS
import MailVocabulary
import SMTP

/// Something to be done outside: the only way out of the state. Imperatives, run by the runtime.
public enum Effect: Hashable, Sendable {
    /// Start a session; its number is its index in `Incident.sessions`.
    case converse(session: Int, SessionPlan)
    case order(session: Int, SessionOrder)
    /// Ask these questions of the resolver, on behalf of the subject.
    case ask(DNSSubject, [DNSQuestion])
    /// Fetch the MTA-STS policy of a domain, on behalf of the subject.
    case fetchPolicy(DNSSubject, DNSName)
    /// Follow a log from its end, instead of the one followed so far.
    case follow(path: String)
    case useTheme(String)
    /// Write a report. A name that nobody chose may be changed so that nothing is overwritten.
    case export(path: String, isChosen: Bool, text: String)
    case suspend
    case redraw
    case quit
}
