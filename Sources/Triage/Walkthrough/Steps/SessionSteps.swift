import DNS
import MailLog
import MailVocabulary
import SMTP

/// What the steps that rest on the conversation share: the session's own step list is the evidence.
extension SessionRecord {
    /// The latest line of the step list for `stage` that has come to an end.
    func ended(_ stage: SessionStage) -> Step? {
        steps.last { $0.stage == stage && ![.pending, .running, .skipped].contains($0.verdict) }
    }

    /// From the start to the connection: `nil` when there was none.
    var connection: (peer: String, took: Duration)? {
        for event in events {
            if case .connected(_, let remote, let took) = event.fact {
                return (remote?.description ?? host ?? plan.target.name, took)
            }
        }
        return nil
    }

    /// Whether the list of the latest EHLO has this keyword; `nil` when there was no list.
    func offers(_ keyword: String) -> Bool? {
        guard ended(.hello)?.verdict == .done || ended(.hello)?.verdict == .warning, !capabilities.isEmpty else {
            return nil
        }
        return capabilities.contains { $0.name == keyword }
    }
}

extension Incident {
    /// What a step comes to that is about our address or our connection, when there was none in the end.
    var withoutConnection: WalkthroughStep.Outcome? {
        guard let main, main.local == nil, main.closed != nil else { return nil }
        return WalkthroughStep.Outcome(
            .warning, observed: "there was no connection",
            reading: "without a connection there is nothing of ours to look for; see the steps before")
    }
}

extension Finding {
    /// What was found, as evidence in a sentence of ours.
    var phrase: Phrase { Phrase(quoting: message) }
}

extension WalkthroughStep {
    /// Judges `stage` of the walkthrough's own session by its line in the step list, or asks for the conversation to go on to it.
    static func judge(_ incident: Incident, _ stage: SessionStage, passed: Phrase) -> Judgement<Request, Outcome> {
        guard let index = incident.mainIndex else { return .need([.converse(upTo: stage)]) }
        return judge(incident, index, stage, passed: passed, request: .converse(upTo: stage))
    }

    /// The same for a second attempt.
    static func judge(
        _ incident: Incident, _ probe: Probe, _ stage: SessionStage, passed: Phrase
    ) -> Judgement<Request, Outcome> {
        guard let index = incident.probes[probe], incident.sessions.indices.contains(index) else {
            return .need([.probe(probe)])
        }
        // A probe goes its whole way by itself.
        return judge(incident, index, stage, passed: passed, request: .wait)
    }

    private static func judge(
        _ incident: Incident, _ index: Int, _ stage: SessionStage, passed: Phrase, request: Request
    ) -> Judgement<Request, Outcome> {
        let session = incident.sessions[index]
        guard let step = session.ended(stage) else {
            if session.isOpen { return .need([session.isWaiting ? .wait : request]) }
            guard let closed = session.closed else { return .need([.wait]) }
            let event = session.events.indices.last
            return .conclude(
                Outcome(
                    .failed, observed: "the session ended before: \(Phrase(said: closed.words))",
                    reading: "look at the step that failed, then press r to try again",
                    subject: event.map { .event(session: index, event: $0) }))
        }
        let subject = step.event.map { ExplanationSubject.event(session: index, event: $0) }
        let observed = step.outcome + (step.took.map { "   \($0.brief)" } ?? "")
        let (verdict, reading): (Outcome.Verdict, Phrase) =
            switch step.verdict {
            case .done: (.passed, passed)
            case .warning: (.warning, "it worked, with something to look at")
            case .refusedForNow: (.failed, "refused for now: the same may pass later")
            case .refused: (.failed, "refused for good: something has to change first")
            case .failed, .pending, .running, .skipped: (.failed, "it did not come to a reply")
            }
        return .conclude(Outcome(verdict, observed: Phrase(said: observed), reading: reading, subject: subject))
    }
}
