import MailVocabulary
import Triage

/// The walkthrough's side of the reducer: its requests become the same effects as key presses.
extension Dashboard {
    /// Opens the walkthrough, or hides it with its place kept.
    public mutating func startWalking() -> [Effect] { toggleWalkthrough() }

    mutating func toggleWalkthrough() -> [Effect] {
        if walkthrough?.isVisible == true {
            walkthrough?.isVisible = false
            focus = .session
            notice = Notice("your place is kept: w comes back to it")
            return []
        }
        if walkthrough == nil { walkthrough = Walkthrough() }
        walkthrough?.isVisible = true
        isZoomed = false
        focus = .walkthrough
        return examineTarget() + advanceFacts()
    }

    /// `n`: does what the step needs; when the step has come to a verdict, goes to the next one and does what that needs.
    mutating func walkOn() -> [Effect] {
        guard var walk = walkthrough else { return [] }
        guard case .conclude(let outcome) = walk.step.judge(incident) else { return advanceFacts(ordered: true) }
        if walk.isAtEnd {
            notice = Notice("this was the last step: x writes the report", .good)
            return []
        }
        if outcome.verdict == .failed {
            notice = Notice("this step failed: going on with what there is; r tries it again")
        }
        walk.position += 1
        walkthrough = walk
        return advanceFacts(ordered: true)
    }

    mutating func walkBack() -> [Effect] {
        if let position = walkthrough?.position, position > 0 { walkthrough?.position = position - 1 }
        return []
    }

    mutating func walkSkip() -> [Effect] {
        guard let walk = walkthrough, !walk.isAtEnd else { return [] }
        walkthrough?.skipped.insert(walk.step.id)
        walkthrough?.position += 1
        return advanceFacts()
    }

    /// What the current step still needs. Without an order only harmless look-ups are begun: talking needs a key.
    private mutating func advanceFacts(ordered: Bool = false) -> [Effect] {
        guard let walk = walkthrough, case .need(let requests) = walk.step.judge(incident) else { return [] }
        var effects: [Effect] = []
        for request in requests {
            switch request {
            case .examine(let subject): effects += examine(subject)
            case .converse(let stage): if ordered { effects += run(upTo: stage) }
            case .confirmSending: if ordered { effects += askToSend() }
            case .chooseLog: notice = Notice("no log is open: type :log open PATH, or start with --log PATH")
            case .wait: break
            }
        }
        return effects
    }
}
