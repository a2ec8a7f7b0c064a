import Canvas
import MailLog
import MailVocabulary
import Triage

/// The answer of a whole log, drawn over the panes.
extension Dashboard {
    func drawAsked(_ view: AskedView, in frame: inout Frame) {
        guard let asked else { return }
        if let opened = view.opened {
            let rows = openedRows(asked, opened)
            drawSheet(
                words("Log lines") + "  " + title(of: asked, opened), trailing: words("\(rows.count) rows"),
                rows.enumerated().map { place, row in
                    Row(row.spans, trailing: row.trailing, isSelected: place == view.lines.cursor)
                }, offset: view.lines.offset, in: &frame)
            return
        }
        drawSheet(
            words("Trace") + "  " + asked.words, trailing: askedTrailing(asked), askedRows(asked, view.list),
            offset: view.list.offset, in: &frame)
    }

    private func askedTrailing(_ asked: AskedLog) -> String {
        switch asked.state {
        case .reading(let read, let size):
            words("\(Int(read >> 20)) of \(Int(size >> 20)) MiB read, \(asked.percent ?? 0) %")
        case .answered(let answer) where answer.total > answer.rows.count:
            words("the newest \(answer.rows.count) of \(answer.total)")
        case .answered(let answer): words("\(answer.total) found")
        case .failed: ""
        }
    }

    private func askedRows(_ asked: AskedLog, _ list: ListView) -> [Row] {
        switch asked.state {
        case .reading: return [row("reading \(asked.source); Esc gives up", .muted)]
        case .failed(let sentence): return lines(of: words(Phrase(said: sentence)), .permanent)
        case .answered(let answer):
            guard !answer.rows.isEmpty else {
                let nothing: Phrase = "nothing about \(asked.words) in \(answer.basis)"
                return lines(of: words(answer.absence ?? nothing), .text)
            }
            return answer.rows.enumerated().flatMap { place, row in rows(of: row, isSelected: place == list.cursor) }
        }
    }

    /// A row of the list: what it is and what became of it; and the story, or the line.
    private func rows(of row: LogAnswer.Row, isSelected: Bool) -> [Row] {
        let mark = Span(isSelected ? "> " : "  ", .hintKey)
        guard let entry = row.entry else {
            let line = row.lines.first ?? LogAnswer.Line(number: 0, bytes: [])
            return [
                Row([mark, Span(PrintableText(untrusted: "\(line.number)"), .logID)], isSelected: isSelected),
                Row([Span("    "), Span(PrintableText(untrusted: line.bytes))]),
            ]
        }
        let who =
            entry.outcome == nil ? entry.address?.description ?? "" : "<\(entry.sender)> → \(recipients(of: entry))"
        return [
            Row(
                [
                    mark, Span(PrintableText(untrusted: entry.began.description).padded(to: 9), .logTime),
                    Span(PrintableText(untrusted: entry.key?.description ?? "").padded(to: 17), .logID),
                    Span(PrintableText(untrusted: who)),
                ],
                trailing: [Span(PrintableText(untrusted: " " + entry.verdict), role(of: entry.outcome))],
                isSelected: isSelected),
            Row([Span("    "), Span(say(entry.phrase), .muted)]),
        ]
    }

    private func recipients(of entry: LogEntry) -> String {
        guard let first = entry.recipients.first else { return "" }
        let more = entry.recipients.count > 1 ? ", +\(entry.recipients.count - 1)" : ""
        return "<\(first.address)>\(more)"
    }

    private func role(of outcome: Trace.Outcome?) -> Role {
        switch outcome {
        case .delivered: .ok
        case .pending, .delayed, .quarantined: .temporary
        case .bounced, .expired, .dropped, .rejected, .aborted: .permanent
        case nil: .muted
        }
    }

    private func title(of asked: AskedLog, _ place: Int) -> String {
        guard asked.rows.indices.contains(place) else { return "" }
        let row = asked.rows[place]
        return row.entry?.key?.description ?? row.lines.first.map { "\($0.number)" } ?? ""
    }

    /// The story of a row and its lines.
    func openedRows(_ asked: AskedLog, _ place: Int) -> [Row] {
        guard asked.rows.indices.contains(place) else { return [] }
        let row = asked.rows[place]
        var rows: [Row] = []
        if let entry = row.entry {
            rows = lines(of: words(entry.phrase), role(of: entry.outcome))
            for recipient in entry.recipients {
                let detail = recipient.detail.isEmpty ? "" : ": \(recipient.detail)"
                let text: Phrase = "<\(recipient.address)> \(recipient.outcome.phrase)\(detail)"
                rows += lines(of: words(text), role(of: recipient.outcome))
            }
            rows.append(Row())
        }
        for line in row.lines {
            let parts = PrintableText(untrusted: line.bytes).wrapped(to: max(20, sheet.inset.width - 14))
            for (part, text) in parts.enumerated() {
                let number = part == 0 ? "\(line.isCertain ? " " : "?") \(line.number)" : ""
                rows.append(
                    Row([Span(PrintableText(untrusted: number).padded(to: 11), .logID), Span(text)]))
            }
        }
        return rows
    }

    private func lines(of sentence: String, _ role: Role) -> [Row] {
        PrintableText(untrusted: sentence).wrapped(to: max(20, sheet.inset.width - 4)).map { Row([Span($0, role)]) }
    }
}
