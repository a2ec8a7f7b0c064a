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

    var lines: [String] {
        guard let found = answer.found else { return ["-- log: \(answer.absence)"] }
        let trace = found.trace
        var lines = ["-- log: \(trace.sentence) (\(found.words))"]
        lines += trace.messages.map { "-- log: \($0.sentence)" }
        lines += trace.findings.map { "-- log: \($0.kind.severity): \($0.message)" }
        lines += zip(trace.lines, answer.texts).filter { !$0.1.isEmpty }.map { line, text in
            "L: \(line.link == .id ? "" : "? ")\(String(decoding: text, as: UTF8.self))"
        }
        return lines
    }
}
