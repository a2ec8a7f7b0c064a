import Canvas
import MailLog
import MailVocabulary
import Triage

/// The answer of whole logs, drawn over the panes.
extension Dashboard {
    func drawAsked(_ view: AskedView, in frame: inout Frame) {
        guard let asked else { return }
        let logs = asked.parts.count == 1 ? asked.parts[0].name : words("\(asked.parts.count) logs")
        if let opened = view.opened {
            let rows = openedRows(asked, opened)
            let log = asked.rows.indices.contains(opened) ? asked.parts[asked.rows[opened].part].name : logs
            drawSheet(
                words("Log lines") + "  " + title(of: asked, opened) + "  " + log,
                trailing: words("\(rows.count) rows"),
                rows.enumerated().map { place, row in
                    Row(row.spans, trailing: row.trailing, isSelected: place == view.lines.cursor)
                }, offset: view.lines.offset, in: &frame)
            return
        }
        drawSheet(
            words("Trace") + "  " + asked.words + "  " + logs, trailing: askedTrailing(asked),
            askedContent(asked, view.list.cursor).rows, offset: view.list.offset, in: &frame)
    }

    private func askedTrailing(_ asked: AskedLog) -> String {
        if let place = asked.current, case .reading(let read, let size) = asked.parts[place].state {
            let percent = size == 0 ? 0 : Int(min(read, size) * 100 / size)
            return words("\(Int(read >> 20)) of \(Int(size >> 20)) MiB read, \(percent) %")
        }
        if case .summary = asked.request { return "" }
        let isFailed = asked.parts.allSatisfy { if case .failed = $0.state { true } else { false } }
        if isFailed { return "" }
        return asked.total > asked.rows.count
            ? words("the newest \(asked.rows.count) of \(asked.total)") : words("\(asked.total) found")
    }

    /// A row of the list: what it is and what became of it; and the story, or the line.
    func rows(of found: AskedLog.Found, in asked: AskedLog, isSelected: Bool) -> [Row] {
        let row = found.row
        let mark = Span(isSelected ? "> " : "  ", .hintKey)
        let log: PrintableText =
            asked.parts.count == 1 ? "" : PrintableText(untrusted: "\(asked.parts[found.part].name): ")
        guard let entry = row.entry else {
            let line = row.lines.first ?? LogAnswer.Line(number: 0, bytes: [])
            let place = placeText(of: line, in: asked, found.part)
            return [
                Row([mark, Span(log, .muted), Span(PrintableText(untrusted: place), .logID)], isSelected: isSelected),
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
            Row([Span("    "), Span(log, .muted), Span(say(entry.phrase), .muted)]),
        ]
    }

    /// `12`, or `mail.log.1:12` where there are several files.
    private func placeText(of line: LogAnswer.Line, in asked: AskedLog, _ part: Int) -> String {
        let file = asked.name(of: line.file, in: part)
        return file.isEmpty ? "\(line.number)" : "\(file):\(line.number)"
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
        let row = asked.rows[place].row
        return row.entry?.key?.description ?? row.lines.first.map { "\($0.number)" } ?? ""
    }

    /// The story of a row and its lines.
    func openedRows(_ asked: AskedLog, _ place: Int) -> [Row] {
        guard asked.rows.indices.contains(place) else { return [] }
        let (row, part) = (asked.rows[place].row, asked.rows[place].part)
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
        // The names of files have room of their own.
        let width = row.lines.map { asked.name(of: $0.file, in: part).utf8.count }.max() ?? 0
        let column = width == 0 ? 11 : min(width + 10, max(11, sheet.inset.width / 3))
        for line in row.lines {
            let parts = PrintableText(untrusted: line.bytes).wrapped(to: max(20, sheet.inset.width - column - 3))
            // The number whole, the name as far as there is room.
            let file = PrintableText(untrusted: asked.name(of: line.file, in: part))
            let number = file.plain.isEmpty ? "\(line.number)" : ":\(line.number)"
            let head =
                "\(line.isCertain ? " " : "?") \(file.clipped(to: max(0, column - 3 - number.utf8.count)).plain)\(number)"
            for (number, text) in parts.enumerated() {
                let place = PrintableText(untrusted: number == 0 ? head : "").clipped(to: column - 1)
                rows.append(Row([Span(place.padded(to: column), .logID), Span(text)]))
            }
        }
        return rows
    }

    func lines(of sentence: String, _ role: Role) -> [Row] {
        PrintableText(untrusted: sentence).wrapped(to: max(20, sheet.inset.width - 4)).map { Row([Span($0, role)]) }
    }
}
