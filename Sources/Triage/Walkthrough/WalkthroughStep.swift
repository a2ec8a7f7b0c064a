import DNS
import MailVocabulary
import SMTP

/// One step of a procedure: it owns no engine, it judges the incident and asks for what it needs.
public struct WalkthroughStep: Sendable {
    /// What a step may ask for: the same effects as a key press.
    public enum Request: Hashable, Sendable {
        case examine(DNSSubject)
        /// Start a session if there is none, and go on up to this stage.
        case converse(upTo: SessionStage)
        /// Try once more with one thing changed, on a connection of its own.
        case probe(Probe)
        /// Ask the operator to confirm that a message is really sent.
        case confirmSending
        /// Ask the operator for a log.
        case chooseLog
        /// Look for these in the log, each by itself.
        case search([String])
        /// Ask the operator who is said to have written to whom.
        case inquire
        /// Ask the operator what only people can see, answered by yes or no.
        case ask(Phrase)
        /// The facts are on their way: wait.
        case wait
    }

    /// Which way a step went, where what is to be done depends on it.
    public enum Turn: Hashable, Sendable {
        /// The log has nothing of ours, our connection only, or our message.
        case nothing, connection, message
        /// What was tried beside the plan.
        case accepted, refused
    }

    /// What came of a step.
    public struct Outcome: Hashable, Sendable {
        public enum Verdict: String, Hashable, Sendable { case passed, warning, failed }

        public var verdict: Verdict
        public var observed: Phrase
        /// What it means, in a sentence.
        public var reading: Phrase
        /// What the explanation panel should show with it: its causes are the step's likely causes.
        public var subject: ExplanationSubject?
        /// Which turn the step took, for the remedies that are for one of them only; `nil` if it has but one.
        public var turn: Turn?
        /// Likely causes that rest on something else than a reply, each with its evidence.
        public var causes: [Phrase]

        public init(
            _ verdict: Verdict, observed: Phrase, reading: Phrase, subject: ExplanationSubject? = nil,
            causes: [Phrase] = [], turn: Turn? = nil
        ) {
            (self.verdict, self.observed, self.reading) = (verdict, observed, reading)
            (self.subject, self.causes, self.turn) = (subject, causes, turn)
        }
    }

    /// Stable, as `recipient-is-accepted`.
    public let id: String
    /// A word for the progress line: `RCPT`.
    public let label: Phrase
    /// What the step is for, in a sentence.
    public let goal: Phrase
    /// What is sent or looked up, for this incident.
    public let command: @Sendable (Incident, SessionPlan) -> Phrase
    public let expected: Phrase
    /// What to do after a failure of any kind, most useful first.
    public let remedies: [Remedy]
    /// It rests on lines that the gateway writes to its log a moment after its replies.
    public let readsLog: Bool
    public let judge: @Sendable (Incident) -> Judgement<Request, Outcome>

    public init(
        id: String, label: Phrase, goal: Phrase, command: @escaping @Sendable (Incident, SessionPlan) -> Phrase,
        expected: Phrase, remedies: [Remedy], readsLog: Bool = false,
        judge: @escaping @Sendable (Incident) -> Judgement<Request, Outcome>
    ) {
        (self.id, self.label, self.goal, self.command) = (id, label, goal, command)
        (self.expected, self.remedies, self.readsLog, self.judge) = (expected, remedies, readsLog, judge)
    }

    /// What to do after this outcome: without what is for other turns, or other replies, than the one that came.
    public func remedies(after outcome: Outcome, _ incident: Incident) -> [Remedy] {
        let remedies = remedies.filter { $0.turn == nil || outcome.turn == nil || $0.turn == outcome.turn }
        guard case .event(let session, let event) = outcome.subject, incident.sessions.indices.contains(session),
            incident.sessions[session].events.indices.contains(event),
            case .received(let reply, _, _, _, _) = incident.sessions[session].events[event].fact
        else { return remedies }
        let fitting = remedies.filter { $0.codes.isEmpty || $0.codes.contains(reply.code.value) }
        return fitting.isEmpty ? remedies : fitting
    }
}
