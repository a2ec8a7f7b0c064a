import MailLog
import MailVocabulary

/// One thing that an incident should look at, and where its evidence stands.
public struct OverviewFinding: Hashable, Sendable {
    /// Where the evidence is.
    public enum Evidence: Hashable, Sendable {
        /// An event of a session, both by index.
        case event(session: Int, event: Int)
        /// A finding of the checks, by its message.
        case names(String)
        /// The latest lines of this connection or message.
        case log(TraceKey)
        /// The newest message of the log's last minutes with this end.
        case outcome(Trace.Outcome)
        /// The session's deviations from the protocol.
        case deviations
        /// The mail exchangers side by side.
        case exchangers
        /// The list of logs.
        case logs
    }

    public var severity: Severity
    /// May quote outside text.
    public var text: Phrase
    public var evidence: Evidence

    /// The pane that shows the evidence.
    public var pane: PaneID {
        switch evidence {
        case .event, .deviations: .session
        case .names, .exchangers: .exchangers
        case .log, .outcome, .logs: .log
        }
    }
}
