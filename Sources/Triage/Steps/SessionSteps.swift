import MailVocabulary
import SMTP

/// What the steps that rest on the conversation share: the session's own step list is the evidence.
extension SessionRecord {
    /// The latest line of the step list for `stage` that has come to an end.
    func ended(_ stage: SessionStage) -> Step? {
        steps.last { $0.stage == stage && ![.pending, .running, .skipped].contains($0.verdict) }
    }
}

extension WalkthroughStep {
    /// Judges `stage` by its line in the step list, or asks for the conversation to go on to it.
    static func judge(_ incident: Incident, _ stage: SessionStage, passed: String) -> Judgement<Request, Outcome> {
        guard let session = incident.session else { return .need([.converse(upTo: stage)]) }
        guard let step = session.ended(stage) else {
            if session.isOpen { return .need([session.isWaiting ? .wait : .converse(upTo: stage)]) }
            guard let closed = session.closed else { return .need([.wait]) }
            let event = session.events.indices.last
            return .conclude(
                Outcome(
                    .failed, observed: "the session ended before: \(closed.words)",
                    reading: "look at the step that failed, then press r to try again",
                    subject: event.map { .event(session: incident.current ?? 0, event: $0) }))
        }
        let subject = step.event.map { ExplanationSubject.event(session: incident.current ?? 0, event: $0) }
        let took = step.took.map { "   \($0.brief)" } ?? ""
        switch step.verdict {
        case .done:
            return .conclude(Outcome(.passed, observed: step.outcome + took, reading: passed, subject: subject))
        case .warning:
            return .conclude(
                Outcome(
                    .warning, observed: step.outcome + took, reading: "it worked, with something to look at",
                    subject: subject))
        case .refusedForNow:
            return .conclude(
                Outcome(
                    .failed, observed: step.outcome + took, reading: "refused for now: the same may pass later",
                    subject: subject))
        case .refused:
            return .conclude(
                Outcome(
                    .failed, observed: step.outcome + took, reading: "refused for good: something has to change first",
                    subject: subject))
        case .failed, .pending, .running, .skipped:
            return .conclude(
                Outcome(.failed, observed: step.outcome + took, reading: "it did not come to a reply", subject: subject)
            )
        }
    }
}
