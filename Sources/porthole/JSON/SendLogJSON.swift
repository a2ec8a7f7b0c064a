import MailVocabulary
import Triage

/// What the server's log said of a session of `send`, as JSON.
struct SendLogJSON: Encodable {
    /// open, delivered, held or failed.
    let state: String
    let found: String?
    let isCertain: Bool?
    /// Why nothing was found.
    let absence: String?
    let trace: TraceJSON?
    /// The lines of the trace.
    let lines: [String]

    init(_ answer: SendLog.Answer) {
        state = answer.state.rawValue
        (found, isCertain) = (answer.found?.words, answer.found?.isCertain)
        absence = answer.found == nil ? answer.absence.description : nil
        trace = answer.found.map { TraceJSON($0.trace, texts: answer.texts) }
        lines = answer.texts.map { String(decoding: $0, as: UTF8.self) }
    }
}
