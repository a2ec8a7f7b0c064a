import MailLog
import MailVocabulary
import Triage

/// What `send --log` prints of the server's log, and what it ends with.
struct SendLogReport {
    private let answer: SendLog.Answer

    init(_ answer: SendLog.Answer) { self.answer = answer }

    /// Of a message that the server took: what became of it.
    var status: ExitStatus {
        switch answer.state {
        case .delivered: .done
        case .open, .held: .temporary
        case .failed: .refused
        }
    }

    func lines(_ say: PlainWords) -> [String] {
        guard let found = answer.found else { return ["-- log: \(say(answer.absence))"] }
        let trace = found.trace
        var lines = ["-- log: \(say(trace.phrase)) (\(say(found.phrase)))"]
        lines += trace.messages.map { "-- log: \(say($0.phrase))" }
        lines += trace.findings.map { "-- log: \(say($0.kind.severity.word)): \(say($0.phrase))" }
        lines += zip(trace.lines, answer.texts).filter { !$0.1.isEmpty }.map { line, text in
            "L: \(line.link == .id ? "" : "? ")\(String(decoding: text, as: UTF8.self))"
        }
        return lines
    }
}
