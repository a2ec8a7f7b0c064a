import MailVocabulary
import SMTP

/// What a walkthrough has found so far: the end screen, and a part of the report.
public struct WalkthroughSummary: Sendable {
    /// A step that came to a verdict.
    public struct Entry: Sendable {
        public let step: WalkthroughStep
        /// What was sent or looked up.
        public let command: Phrase
        public let outcome: WalkthroughStep.Outcome
    }

    /// The procedure's question.
    public let title: Phrase
    /// In the order of the procedure; steps that were left out or never came to a verdict are missing.
    public let entries: [Entry]
    /// Steps without a verdict, by label.
    public let unjudged: [Phrase]

    public init(_ walkthrough: Walkthrough, _ incident: Incident, _ plan: SessionPlan) {
        let procedure = walkthrough.procedure
        title = procedure.title
        var (entries, unjudged): ([Entry], [Phrase]) = ([], [])
        for (index, step) in procedure.steps.enumerated() where !walkthrough.skipped.contains(step.id) {
            if index <= walkthrough.position, case .conclude(let outcome) = step.judge(incident) {
                entries.append(Entry(step: step, command: step.command(incident, plan), outcome: outcome))
            } else {
                unjudged.append(step.label)
            }
        }
        (self.entries, self.unjudged) = (entries, unjudged)
    }

    /// The gravest verdict; `nil` when there is none at all.
    public var verdict: WalkthroughStep.Outcome.Verdict? {
        if entries.contains(where: { $0.outcome.verdict == .failed }) { return .failed }
        if entries.contains(where: { $0.outcome.verdict == .warning }) { return .warning }
        return entries.isEmpty ? nil : .passed
    }

    /// The first step that failed, else the first with a warning: what to look at.
    public var decisive: Entry? {
        entries.first { $0.outcome.verdict == .failed } ?? entries.first { $0.outcome.verdict == .warning }
    }
}
