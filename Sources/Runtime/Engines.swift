import Canvas
import DNS
import Dashboard
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

    /// A burst that is under way: how it stands, and a way to end it.
    public struct RunningBurst: Sendable {
        public let events: AsyncStream<BurstEvent>
        public let end: @Sendable (_ isAbrupt: Bool) -> Void

        public init(events: AsyncStream<BurstEvent>, end: @escaping @Sendable (_ isAbrupt: Bool) -> Void) {
            (self.events, self.end) = (events, end)
        }
    }

    /// Completes a plan with what only the outside knows: date, Message-ID, a subject that can be found again, the files of the message.
    /// - Throws: an error whose description is one sentence.
    public var complete: @Sendable (SessionPlan) throws -> SessionPlan
    /// With what the plan has to prove itself with.
    public var converse: @Sendable (SessionPlan, SessionSecrets) -> Conversation
    /// Asks every address of every mail exchanger the same, and ends; ends sooner when the consuming task is cancelled.
    public var survey: @Sendable (SessionPlan, SessionSecrets) -> AsyncStream<SurveyEvent>
    /// Where a burst would go.
    public var locate: @Sendable (SessionPlan) async -> BurstEvent
    public var burst: @Sendable (BurstPlan, Resolution, SessionSecrets) -> RunningBurst
    /// Never fails: every end is an outcome.
    public var ask: @Sendable (DNSQuestion) async -> DNSAnswer
    /// The answer with a validator's verdict on it, later; `nil` where nothing is to be judged.
    public var judge: @Sendable (DNSAnswer, DNSSubject) async -> DNSAnswer?
    /// Another resolver, by HOST or HOST:PORT as typed.
    /// - Throws: an error whose description is one sentence.
    public var resolver: @Sendable (String) throws -> @Sendable (DNSQuestion) async -> DNSAnswer = { _ in
        throw EngineMissing(description: "no other resolver can be asked here")
    }
    /// An internationalized name as the DNS spells it.
    /// - Throws: an error whose description is one sentence.
    public var spell: @Sendable (String) throws -> String = { $0 }
    /// The MTA-STS policy of a domain; `nil` where nothing is fetched.
    public var policy: @Sendable (DNSName) async -> PolicyFetch?
    /// A path, or `cmd:` and a shell command. Ends when the consuming task is cancelled.
    public var follow: @Sendable (String) -> AsyncStream<LogSourceEvent>
    /// The logs that a pattern names, of a rotated set the newest file only.
    /// - Throws: an error whose description is one sentence.
    public var findLogs: @Sendable (_ pattern: String) throws -> [String] = { [$0] }
    /// Reads a whole log, with its rotated files, for an answer. Ends when the consuming task is cancelled.
    public var askLog: @Sendable (String, LogRequest) -> AsyncStream<LogAnswerEvent>
    /// Writes a new file; one whose name nobody chose gets a number when the name is taken. Gives the path that was written.
    /// - Throws: an error whose description is one sentence.
    public var export: @Sendable (_ path: String, _ isChosen: Bool, _ text: String) throws -> String
    /// Reads a bounce from a file.
    /// - Throws: an error whose description is one sentence.
    public var bounce: @Sendable (_ path: String) throws -> Bounce = { _ in
        throw EngineMissing(description: "no file can be read here")
    }
    /// The saved sessions, newest first. May take a while.
    public var saved: @Sendable () -> [SavedSession]
    /// - Throws: an error whose description is one sentence.
    public var reopen: @Sendable (_ path: String) throws -> SessionRecord
    /// - Throws: an error whose description is one sentence.
    public var theme: @Sendable (String) throws -> Theme
    /// An element each time that the file of a theme has changed; ends at once for one that is in no file.
    public var themeChanges: @Sendable (String) -> AsyncStream<Void>
    /// What can be found out about the surroundings without a network.
    public var health: @Sendable () -> [HealthFact]
    /// Keeps what was copied last in a file. Gives its path.
    /// - Throws: an error whose description is one sentence.
    public var keep: @Sendable (_ text: String) throws -> String
    /// Reads the reply catalogue, which takes longer than a first frame may; with what was left out of the user's own entries, a
    /// sentence each.
    public var catalogue: @Sendable () -> (catalogue: ReplyCatalogue, faults: [String])
    /// Since the program's start, monotonic.
    public var now: @Sendable () -> Duration

    public init(
        complete: @escaping @Sendable (SessionPlan) throws -> SessionPlan,
        converse: @escaping @Sendable (SessionPlan, SessionSecrets) -> Conversation,
        survey: @escaping @Sendable (SessionPlan, SessionSecrets) -> AsyncStream<SurveyEvent>,
        locate: @escaping @Sendable (SessionPlan) async -> BurstEvent,
        burst: @escaping @Sendable (BurstPlan, Resolution, SessionSecrets) -> RunningBurst,
        ask: @escaping @Sendable (DNSQuestion) async -> DNSAnswer,
        judge: @escaping @Sendable (DNSAnswer, DNSSubject) async -> DNSAnswer? = { _, _ in nil },
        policy: @escaping @Sendable (DNSName) async -> PolicyFetch? = { _ in nil },
        follow: @escaping @Sendable (String) -> AsyncStream<LogSourceEvent>,
        askLog: @escaping @Sendable (String, LogRequest) -> AsyncStream<LogAnswerEvent> = { _, _ in
            AsyncStream { $0.finish() }
        },
        export: @escaping @Sendable (_ path: String, _ isChosen: Bool, _ text: String) throws -> String,
        saved: @escaping @Sendable () -> [SavedSession],
        reopen: @escaping @Sendable (_ path: String) throws -> SessionRecord,
        theme: @escaping @Sendable (String) throws -> Theme,
        themeChanges: @escaping @Sendable (String) -> AsyncStream<Void> = { _ in AsyncStream { $0.finish() } },
        health: @escaping @Sendable () -> [HealthFact] = { [] },
        keep: @escaping @Sendable (_ text: String) throws -> String = { _ in "" },
        catalogue: @escaping @Sendable () -> (catalogue: ReplyCatalogue, faults: [String]),
        now: @escaping @Sendable () -> Duration
    ) {
        (self.complete, self.converse, self.survey) = (complete, converse, survey)
        (self.locate, self.burst) = (locate, burst)
        (self.ask, self.judge, self.policy, self.follow) = (ask, judge, policy, follow)
        (self.askLog, self.saved, self.reopen) = (askLog, saved, reopen)
        (self.themeChanges, self.health, self.keep) = (themeChanges, health, keep)
        (self.export, self.theme, self.catalogue, self.now) = (export, theme, catalogue, now)
    }
}
