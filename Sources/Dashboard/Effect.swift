import DNS
import MailLog
import MailVocabulary
import SMTP

/// Something to be done outside: the only way out of the state. Imperatives, run by the runtime.
public enum Effect: Hashable, Sendable {
    /// Start a session; its number is its index in `Incident.sessions`. Its secrets are in here and nowhere else.
    case converse(session: Int, SessionPlan, SessionSecrets)
    /// Ask every address of every mail exchanger the same; another survey that is under way is given up.
    case survey(number: Int, SessionPlan, SessionSecrets)
    /// Look up where a burst would go; nothing is sent.
    case locate(burst: Int, SessionPlan)
    case burst(number: Int, BurstPlan, Resolution, SessionSecrets)
    /// Begin no message of the burst any more; abruptly: drop its connections too.
    case endBurst(abruptly: Bool)
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
    /// Find the logs that a pattern names.
    case findLogs(String)
    /// Read a whole log, with its rotated files, for an answer; another question that is under way is given up.
    case askLog(String, number: Int, LogRequest)
    case stopAsking
    /// Read a bounce from a file.
    case readBounce(String)
    case listSaved
    case reopen(path: String, ReopenPurpose)
    /// Post the events of a saved session with its timing.
    case replay(session: Int, [SessionEvent])
    case useTheme(String)
    /// Write a report. A name that nobody chose may be changed so that nothing is overwritten.
    case export(path: String, isChosen: Bool, text: String)
    /// Find out about the terminal, the files and the name server, for `:checkhealth`.
    case examineHealth
    /// Put text on the terminal's clipboard and into a file. The text is made safe already.
    case copy(String)
    /// Whether the terminal is to report mouse presses.
    case useMouse(Bool)
    case suspend
    case redraw
    case quit
}
