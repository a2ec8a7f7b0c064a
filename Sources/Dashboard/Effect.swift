import DNS
import MailVocabulary
import SMTP

/// Something to be done outside: the only way out of the state. Imperatives, run by the runtime.
public enum Effect: Hashable, Sendable {
    /// Start a session; its number is its index in `Incident.sessions`. The secret of its login is in here and nowhere else.
    case converse(session: Int, SessionPlan, Secret?)
    /// Ask every address of every mail exchanger the same; another survey that is under way is given up.
    case survey(number: Int, SessionPlan, Secret?)
    case order(session: Int, SessionOrder)
    /// Ask these questions of the resolver, on behalf of the subject.
    case ask(DNSSubject, [DNSQuestion])
    /// Ask these questions of another resolver too: HOST or HOST:PORT, as typed.
    case askBeside(server: String, [DNSQuestion])
    /// Find out how an internationalized name is spelled in the DNS.
    case spell(String)
    /// Fetch the MTA-STS policy of a domain, on behalf of the subject.
    case fetchPolicy(DNSSubject, DNSName)
    /// Follow a log from its end, beside those that are followed: a path, or `cmd:` and a shell command.
    case follow(source: Int, String)
    case unfollow(source: Int)
    case listSaved
    case reopen(path: String, ReopenPurpose)
    /// Post the events of a saved session with its timing.
    case replay(session: Int, [SessionEvent])
    case useTheme(String)
    /// Write a report. A name that nobody chose may be changed so that nothing is overwritten.
    case export(path: String, isChosen: Bool, text: String)
    case suspend
    case redraw
    case quit
}
