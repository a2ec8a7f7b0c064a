import MailVocabulary

/// One session as it stands: its events and what follows from them. A fold over events, so a saved session replays into the same.
public struct SessionRecord: Hashable, Sendable {
    /// One line of the step list: a stage, what was said, what came back and how long it took.
    public struct Step: Hashable, Sendable {
        public enum Verdict: String, Hashable, Sendable {
            case pending, running, done, warning
            case refusedForNow = "temporary"
            case refused = "permanent"
            case failed, skipped
        }

        public var stage: SessionStage
        /// What was sent or tried: `<nobody@example.test>`, `192.0.2.25:25`. Outside text.
        public var request: String
        /// What came: the first line of the reply, or the verdict in words. Outside text.
        public var outcome: String
        public var verdict: Verdict
        /// How long it took; `nil` while it is pending or running.
        public var took: Duration?
        /// Index in `events` of the reply or event that decided it.
        public var event: Int?

        public init(
            stage: SessionStage, request: String = "", outcome: String = "", verdict: Verdict = .pending,
            took: Duration? = nil, event: Int? = nil
        ) {
            (self.stage, self.request, self.outcome) = (stage, request, outcome)
            (self.verdict, self.took, self.event) = (verdict, took, event)
        }
    }

    public let plan: SessionPlan
    public private(set) var events: [SessionEvent] = []

    public init(plan: SessionPlan) { self.plan = plan }

    /// Takes the next event in.
    public mutating func append(_ event: SessionEvent) {
        events.append(event)
    }
}
