import Canvas
import MailVocabulary
import SMTP
import Triage

/// The walkthrough's side of the reducer: its requests become the same effects as key presses.
extension Dashboard {
    /// Opens the walkthrough, or hides it with its place kept.
    public mutating func startWalking() -> [Effect] { toggleWalkthrough() }

    /// Begins a procedure, from its first step.
    public mutating func startWalking(_ procedure: Procedure, automatically: Bool = false) -> [Effect] {
        walkthrough = Walkthrough(procedure)
        walkthrough?.isAutomatic = automatically
        if let asked = incident.main?.plan, let wanted = settings.plan, !asked.isAbout(the: wanted) {
            // What another recipient was answered is no evidence for this one.
            (incident.evidenceBegins, incident.probes) = (incident.sessions.count, [:])
        }
        walkthrough?.isVisible = false
        return toggleWalkthrough()
    }

    mutating func toggleWalkthrough() -> [Effect] {
        if walkthrough?.isVisible == true {
            walkthrough?.isVisible = false
            focus = .session
            notice = Notice("your place is kept: w comes back to it")
            return []
        }
        if walkthrough == nil { walkthrough = Walkthrough(.receive) }
        walkthrough?.isVisible = true
        isZoomed = false
        focus = .walkthrough
        return examineTarget() + advanceFacts(ordered: walkthrough?.isAutomatic == true)
    }

    /// `n`: does what the step needs; when the step has come to a verdict, goes to the next one and does what that needs.
    mutating func walkOn() -> [Effect] {
        guard let walk = walkthrough else { return [] }
        guard let step = walk.step else {
            notice = Notice("this was the last step: x writes the report", .good)
            return []
        }
        guard case .conclude(let outcome) = step.judge(incident) else { return advanceFacts(ordered: true) }
        return leave(after: outcome)
    }

    private mutating func leave(after outcome: WalkthroughStep.Outcome) -> [Effect] {
        if outcome.verdict == .failed {
            notice = Notice("this step failed: going on with what there is; r tries it again")
        }
        walkthrough?.position += 1
        panes[.walkthrough]?.offset = 0
        if walkthrough?.isAtEnd == true {
            walkthrough?.isAutomatic = false
            notice = Notice("this was the last step: x writes the report", .good)
            return []
        }
        return advanceFacts(ordered: true)
    }

    /// Goes on by itself, when that was asked for, as long as steps pass; a failed one waits for the operator.
    mutating func walkByItself() -> [Effect] {
        var effects: [Effect] = []
        while prompt == nil, let walk = walkthrough, walk.isAutomatic, walk.isVisible, let step = walk.step {
            switch step.judge(incident) {
            case .conclude(let outcome):
                guard outcome.verdict != .failed else {
                    walkthrough?.isAutomatic = false
                    notice = Notice("this step failed: n goes on all the same, r tries it again", .bad)
                    return effects
                }
                effects += leave(after: outcome)
            case .need:
                return effects + advanceFacts(ordered: true)
            }
        }
        return effects
    }

    mutating func walkBack() -> [Effect] {
        if let position = walkthrough?.position, position > 0 { walkthrough?.position = position - 1 }
        walkthrough?.isAutomatic = false
        return []
    }

    mutating func walkSkip() -> [Effect] {
        guard let step = walkthrough?.step else { return [] }
        walkthrough?.skipped.insert(step.id)
        walkthrough?.position += 1
        return advanceFacts()
    }

    /// `r` in the walkthrough: finds the step's facts out anew. What it rests on is what it would ask for without it.
    mutating func walkAgain() -> [Effect] {
        guard let step = walkthrough?.step else { return [] }
        walkthrough?.ordered = nil
        var bare = incident
        for subject in bare.subjects { bare.forget(subject) }
        if case .need(let requests) = step.judge(bare), requests != [.wait] {
            for case .examine(let subject) in requests { incident.forget(subject) }
            return perform(requests, ordered: true)
        }
        bare.forgetSearches()
        bare.answers = [:]
        if case .need(let requests) = step.judge(bare), requests != [.wait] {
            for case .ask(let question) in requests { incident.answers[question] = nil }
            return perform(requests, ordered: true)
        }
        bare.probes = [:]
        bare.sessions = incident.mainIndex.map { [incident.sessions[$0]] } ?? []
        if case .need(let requests) = step.judge(bare), requests != [.wait] { return perform(requests, ordered: true) }
        bare.sessions = []
        guard case .need(let requests) = step.judge(bare) else { return [] }
        for case .converse(let stage) in requests { return startSession(upTo: stage) }
        return perform(requests, ordered: true)
    }

    /// `y` and `N`: what only people can see.
    mutating func walkAnswer(_ isYes: Bool) -> [Effect] {
        guard let step = walkthrough?.step, case .need(let requests) = step.judge(incident) else { return [] }
        for case .ask(let question) in requests { incident.answers[question] = isYes }
        return []
    }

    /// One of the step's offers, by its place among those with a key.
    mutating func walkOffer(_ place: Int) -> [Effect] {
        guard let step = walkthrough?.step else { return [] }
        var remedies: [Remedy] = []
        if case .conclude(let outcome) = step.judge(incident) { remedies = step.remedies(after: outcome, incident) }
        let offers = remedies.compactMap(\.offer)
        guard offers.indices.contains(place) else {
            notice = Notice("this step has no such offer")
            return []
        }
        switch offers[place] {
        case .again: return walkAgain()
        case .probe(let probe): return begin(.probe(probe))
        case .edit: return perform(.edit)
        case .showLog: return perform(.logLines)
        case .lookUpAgain: return examineAgain()
        case .letter: return writeLetter()
        }
    }

    /// What the walkthrough has found so far; `nil` without one.
    public var walkthroughSummary: WalkthroughSummary? {
        walkthrough.map { WalkthroughSummary($0, incident, incident.main?.plan ?? settings.plan ?? .unset) }
    }

    private mutating func writeLetter() -> [Effect] {
        guard let summary = walkthroughSummary else { return [] }
        let letter = Letter(incident, summary)
        return [.export(path: "porthole-letter.txt", isChosen: false, text: letter.text)]
    }

    /// What the current step still needs. Without an order only harmless look-ups are begun: talking needs a key.
    private mutating func advanceFacts(ordered: Bool = false) -> [Effect] {
        guard let step = walkthrough?.step, case .need(let requests) = step.judge(incident) else { return [] }
        // What was ordered and has not begun yet is not ordered twice.
        let facts = incident.sessions.reduce(incident.sessions.count) { $0 + $1.events.count }
        let order = Walkthrough.Order(position: walkthrough?.position ?? 0, facts: facts, requests: requests)
        if ordered {
            guard walkthrough?.ordered != order else { return [] }
            walkthrough?.ordered = order
        }
        return perform(requests, ordered: ordered)
    }

    private mutating func perform(_ requests: [WalkthroughStep.Request], ordered: Bool) -> [Effect] {
        var effects: [Effect] = []
        for request in requests {
            switch request {
            case .examine(let subject): effects += examine(subject)
            case .converse(let stage):
                // A connection that was about something else is not gone on with.
                if ordered { effects += incident.main == nil ? startSession(upTo: stage) : run(upTo: stage) }
            case .probe(let probe): if ordered { effects += begin(.probe(probe)) }
            case .confirmSending: if ordered { effects += askToSend() }
            case .chooseLog: notice = Notice("no log is open: type :log open PATH, or start with --log PATH")
            case .search(let needles): for needle in needles { incident.search(needle) }
            case .inquire:
                if ordered { prompt = .palette(LineEditor("missing ", history: paletteHistory)) }
            case .ask: notice = Notice("y for yes, N for no")
            case .wait: break
            }
        }
        return effects
    }

    /// A second attempt with one thing changed, on a connection of its own.
    mutating func start(_ probe: Probe, with secrets: SessionSecrets) -> [Effect] {
        guard let plan = incident.main?.plan ?? settings.plan else { return [] }
        incident.probes[probe] = incident.sessions.count
        return startSession(probe.plan(from: plan), upTo: probe.lastStage, with: secrets)
    }
}

extension SessionPlan {
    /// Whether it asks the same server about the same envelope.
    fileprivate func isAbout(the other: SessionPlan) -> Bool {
        target == other.target && reversePath == other.reversePath
            && recipients.map(\.forwardPath) == other.recipients.map(\.forwardPath)
    }
}
