import Assets
import Triage

/// A fault of a user's catalogue folder as JSON.
struct CatalogueFaultJSON: Encodable {
    let file: String
    let line: Int?
    let key: String
    let reason: String

    init(_ fault: CatalogueFault) {
        (file, line, key, reason) = (fault.file, fault.line, fault.key, fault.reason)
    }
}

/// An explanation as JSON. `ExplanationLines` writes the same for rows.
struct ExplanationJSON: Encodable {
    struct Cause: Encodable {
        let id: String
        let weight: String
        let check: String?
        let text: String
    }

    struct Step: Encodable {
        let id: String
        let text: String
        let send: String?
        let check: String?
        let retryMinutes: [Int]?
    }

    let entry: String
    let `class`: String
    let certainty: String
    let persistence: String
    let title: String
    let meaning: String
    let causes: [Cause]
    let next: [Step]
    let actors: [String]
    let basis: String
    let code: String
    let status: String?
    let references: [String]
    let captured: [String: String]

    init(_ explanation: ReplyExplanation) {
        (entry, `class`) = (explanation.entry, explanation.replyClass)
        (certainty, persistence) = (explanation.certainty.rawValue, explanation.persistence.rawValue)
        (title, meaning) = (explanation.title, explanation.meaning)
        causes = explanation.causes.map {
            Cause(id: $0.id, weight: $0.weight.rawValue, check: $0.check?.rawValue, text: $0.text)
        }
        next = explanation.next.map { step in
            switch step.deed {
            case .send(let line)?: Step(id: step.id, text: step.text, send: line, check: nil, retryMinutes: nil)
            case .check(let check)?:
                Step(id: step.id, text: step.text, send: nil, check: check.rawValue, retryMinutes: nil)
            case .retry(let minutes)?: Step(id: step.id, text: step.text, send: nil, check: nil, retryMinutes: minutes)
            case nil: Step(id: step.id, text: step.text, send: nil, check: nil, retryMinutes: nil)
            }
        }
        actors = explanation.actors
        (basis, code, status) = (explanation.basis, explanation.codeReading, explanation.statusReading)
        (references, captured) = (explanation.references, explanation.captured)
    }
}
