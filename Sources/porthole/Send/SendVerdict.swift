import MailVocabulary
import SMTP

/// What a run without an operator has come to.
struct SendVerdict {
    let status: ExitStatus
    /// Why the plan was not done although nothing was refused and the connection ended in order; one sentence.
    let shortfall: String?

    init(_ record: SessionRecord) {
        if let index = record.decidingRefusal, case .received(let reply, _, _, _, _) = record.events[index].fact {
            shortfall = nil
            switch reply.code.severity {
            case .transient: status = .temporary
            case .permanent: status = .refused
            case .success, .intermediate, .preliminary, nil: status = .protocolViolation
            }
        } else if record.closed?.isOrderly != false {
            let isDone = record.progress.isPlanDone
            shortfall = isDone ? nil : Self.sentence(record)
            status = isDone ? .done : .protocolViolation
        } else {
            shortfall = nil
            status = ExitStatus(record)
        }
    }

    private static func sentence(_ record: SessionRecord) -> String {
        if let obstacle = record.progress.obstacle { return obstacle }
        let isStray = record.events.contains {
            guard case .received(let reply, .idle, _, _, _) = $0.fact else { return false }
            return reply.oddities.contains { $0.kind == .unsolicited }
        }
        if isStray { return "stopped: the server sent a reply that nobody had asked for" }
        return "stopped: the session ended before \(record.plan.stopAfter.rawValue) was reached"
    }
}
