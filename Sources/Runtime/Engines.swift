import Canvas
import DNS
import MailLog
import SMTP
import Triage

/// Everything that reaches outside, as functions: live ones are made by the program's door, scripted ones by tests.
public struct Engines: Sendable {
    /// A running session: its events, and a way to tell it what is wanted.
    public struct Conversation: Sendable {
        public let events: AsyncStream<SessionEvent>
        public let order: @Sendable (SessionOrder) -> Void

        public init(events: AsyncStream<SessionEvent>, order: @escaping @Sendable (SessionOrder) -> Void) {
            (self.events, self.order) = (events, order)
        }
    }

    /// Completes a plan with what only the outside knows: date, Message-ID, a subject that can be found again.
    public var complete: @Sendable (SessionPlan) -> SessionPlan
    public var converse: @Sendable (SessionPlan) -> Conversation
    /// Never fails: every end is an outcome.
    public var ask: @Sendable (DNSQuestion) async -> DNSAnswer
    /// The answer with a validator's verdict on it, later; `nil` where nothing is to be judged.
    public var judge: @Sendable (DNSAnswer, DNSSubject) async -> DNSAnswer?
    /// The MTA-STS policy of a domain; `nil` where nothing is fetched.
    public var policy: @Sendable (DNSName) async -> PolicyFetch?
    /// Ends when the consuming task is cancelled.
    public var follow: @Sendable (String) -> AsyncStream<LogSourceEvent>
    /// Writes a new file; one whose name nobody chose gets a number when the name is taken. Gives the path that was written.
    /// - Throws: an error whose description is one sentence.
    public var export: @Sendable (_ path: String, _ isChosen: Bool, _ text: String) throws -> String
    /// - Throws: an error whose description is one sentence.
    public var theme: @Sendable (String) throws -> Theme
    /// Reads the reply catalogue, which takes longer than a first frame may; with what was left out of the user's own entries, a
    /// sentence each.
    public var catalogue: @Sendable () -> (catalogue: ReplyCatalogue, faults: [String])
    /// Since the program's start, monotonic.
    public var now: @Sendable () -> Duration

    public init(
        complete: @escaping @Sendable (SessionPlan) -> SessionPlan,
        converse: @escaping @Sendable (SessionPlan) -> Conversation,
        ask: @escaping @Sendable (DNSQuestion) async -> DNSAnswer,
        judge: @escaping @Sendable (DNSAnswer, DNSSubject) async -> DNSAnswer? = { _, _ in nil },
        policy: @escaping @Sendable (DNSName) async -> PolicyFetch? = { _ in nil },
        follow: @escaping @Sendable (String) -> AsyncStream<LogSourceEvent>,
        export: @escaping @Sendable (_ path: String, _ isChosen: Bool, _ text: String) throws -> String,
        theme: @escaping @Sendable (String) throws -> Theme,
        catalogue: @escaping @Sendable () -> (catalogue: ReplyCatalogue, faults: [String]),
        now: @escaping @Sendable () -> Duration
    ) {
        (self.complete, self.converse, self.ask, self.follow) = (complete, converse, ask, follow)
        (self.judge, self.policy) = (judge, policy)
        (self.export, self.theme, self.catalogue, self.now) = (export, theme, catalogue, now)
    }
}
