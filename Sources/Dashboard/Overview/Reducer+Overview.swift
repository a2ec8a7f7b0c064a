import Canvas
import MailLog
import MailVocabulary
import SMTP
import Triage

/// From a finding to its evidence, in the pane that it belongs to.
extension Dashboard {
    /// `.` and `,`: the evidence of the next finding, or of the one before.
    mutating func jump(by step: Int) -> [Effect] {
        renewLogReading()
        let findings = overviewFindings
        guard !findings.isEmpty else {
            notice = Notice("nothing has been found that stands in the way", .good)
            return []
        }
        let old = findingInView.flatMap { findings.firstIndex(of: $0) }
        let new = old.map { ($0 + step + findings.count) % findings.count } ?? (step > 0 ? 0 : findings.count - 1)
        let effects = show(evidenceOf: findings[new])
        notice = Notice("finding \(new + 1) of \(findings.count): \(findings[new].text)")
        return effects
    }

    /// Turns to what a finding rests on.
    mutating func show(evidenceOf finding: OverviewFinding) -> [Effect] {
        (prompt, findingInView) = (nil, finding)
        notice = Notice(finding.text)
        switch finding.evidence {
        case .event(let session, let event): show(session: session, event: event)
        case .names(let message): show(name: message)
        case .log(let key): show(logOf: key)
        case .outcome(let outcome):
            show(.log)
            return ask(typed: "verdict=\(outcome.rawValue) since=\(LogReading.minutes)m", onlyInView: true)
        case .deviations: openDeviations()
        case .exchangers: prompt = .matrix(ListView())
        case .logs: prompt = logs.isEmpty ? nil : .logs(ListView(cursor: logInView))
        }
        return []
    }

    private mutating func show(session: Int, event: Int) {
        guard incident.sessions.indices.contains(session) else { return }
        if session != incident.current { view(run: session) }
        show(.session)
        isReadingTranscript = true
        panes[.session, default: PaneState()].cursor = transcriptLines.lastIndex { $0.event == event }
        let subject = ExplanationSubject.event(session: session, event: event)
        explained = incident.query(for: subject) == nil ? nil : subject
        panes[.explanation]?.offset = 0
    }

    private mutating func show(name message: String) {
        show(.exchangers)
        let rows = contentRows
        let start = PrintableText(untrusted: message).plain.prefix(24)
        let place = rows.firstIndex { $0.contains(start) } ?? 0
        panes[.exchangers, default: PaneState()].offset = place
    }

    private var contentRows: [String] {
        Pane[.exchangers].content(self, room(of: .exchangers).columns).map { row in
            row.spans.map { $0.text.plain }.joined()
        }
    }

    private mutating func show(logOf key: TraceKey) {
        show(.log)
        guard let log = incident.log else { return }
        logFilter = .all
        remarkLines()
        let ordinals = log.index.lineOrdinals(of: key)
        // The line that says why, not the one that says good-bye.
        let telling = ordinals.last { ordinal in
            guard let line = log[ordinal], let record = LogFormat.record(of: line.bytes) else { return false }
            return record.isWarning || LogReading.tellingEvents.contains(record.event)
                || record.reply.map { !$0.hasPrefix("2") } ?? false
        }
        guard let ordinal = telling ?? ordinals.last, ordinal >= log.firstOrdinal else {
            notice = Notice("\(key): its lines are no longer kept here; porthole trace reads the whole file", .bad)
            return
        }
        panes[.log, default: PaneState()].cursor = ordinal
    }
}

extension LogReading {
    /// Lines that decide over a connection or a recipient.
    static let tellingEvents: Set<String> = [
        "rejected", "refused", "recipient-rejected", "sender-rejected", "bounced", "delayed", "deferred", "dropped",
        "quarantined", "lost", "throttled", "expired",
    ]
}
