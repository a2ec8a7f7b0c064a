import Canvas
import MailVocabulary
import SMTP

/// How the MX matrix looks.
extension Dashboard {
    /// The place of what fills the screen between the title and the message.
    var sheet: Rect { Rect(x: 0, y: 1, width: size.columns, height: max(3, size.rows - 3)) }

    /// Draws rows over the panes.
    func drawSheet(_ title: String, trailing: String, _ rows: [Row], offset: Int, in frame: inout Frame) {
        let rect = sheet
        frame.fill(rect, .text)
        frame.box(
            rect, title: [Span(PrintableText(untrusted: title), .titleFocus)],
            trailing: [Span(PrintableText(untrusted: trailing), .muted)], focused: true,
            borders: settings.glyphs.borders)
        let inside = rect.inset
        let top = min(offset, max(0, rows.count - inside.height))
        for (index, row) in rows.dropFirst(top).prefix(inside.height).enumerated() {
            frame.draw(row, at: inside.y + index, x: inside.x + 1, width: inside.width - 2)
            if row.isSelected { frame.cursor = Frame.Position(x: inside.x + 1, y: inside.y + index) }
        }
        let below = rows.count - top - inside.height
        guard below > 0 else { return }
        let text = " " + PrintableText(below) + say(" more ")
        frame.draw(Row([Span(text, .muted)]), at: rect.maxY - 1, x: rect.maxX - text.width - 2, width: text.width)
    }

    func drawMatrix(_ view: ListView, in frame: inout Frame) {
        guard let survey else { return }
        let count: Phrase =
            survey.probes.isEmpty ? "looking the exchangers up" : "\(survey.doneCount) of \(survey.probes.count) done"
        drawSheet(
            words("MX matrix  \(survey.plan.target.typed)"), trailing: words(count), matrixRows(view.cursor).rows,
            offset: view.offset, in: &frame)
    }

    /// The rows, and where each probe begins.
    func matrixRows(_ cursor: Int) -> (rows: [Row], places: [Int]) {
        guard let survey else { return ([], []) }
        if let failure = survey.failure { return ([row(Phrase(said: failure), .permanent)], []) }
        var rows: [Row] = []
        var places: [Int] = []
        if !survey.found.exchangers.isEmpty {
            let listed = PrintableText(untrusted: survey.found.exchangers.joined(separator: ", "))
            rows = indented(listed, by: 4, label: "MX  ") + [Row()]
        }
        for (index, record) in survey.records.enumerated() {
            places.append(rows.count)
            rows += probeRows(survey.probes[index], record, isSelected: index == cursor)
        }
        rows += survey.found.addressless.flatMap(addresslessRows)
        if let words = survey.leftOutWords { rows.append(Row([Span("  "), Span(say(words), .temporary)])) }
        return (rows + differenceRows(survey), places)
    }

    private func probeRows(_ probe: SurveyProbe, _ record: SessionRecord, isSelected: Bool) -> [Row] {
        let (sign, role) = sign(of: record.probeVerdict)
        let facts = record.probeFacts.map(words).joined(separator: "   ")
        let first = Row(
            [
                Span(isSelected ? "> " : "  ", .hintKey), Span(sign + " ", role),
                Span(PrintableText(untrusted: probe.name)),
            ], trailing: [Span(PrintableText(untrusted: facts), .muted)], isSelected: isSelected)
        return [first] + indented(say(record.probeOutcome), role)
            + record.probeRemarks.flatMap { indented(say($0), .temporary) }
    }

    private func addresslessRows(_ missing: Resolution.Addressless) -> [Row] {
        let (sign, role) = sign(of: .failed)
        return [
            Row([Span("  "), Span(sign + " ", role), Span(PrintableText(untrusted: missing.exchanger))])
        ] + indented(say(Phrase(said: missing.problem)), role)
    }

    private func differenceRows(_ survey: Survey) -> [Row] {
        guard survey.doneCount > 1 else { return [] }
        let differences = survey.differences
        guard !differences.isEmpty else { return [Row(), row("no difference between those that are done", .ok)] }
        return [Row()]
            + differences.flatMap { aspect in
                [Row([Span(say("differs  "), .temporary), Span(say(Phrase(said: aspect.name)), .title)])]
                    + aspect.values.flatMap { value in
                        let names = value.members.map { survey.probes[$0].name }.joined(separator: ", ")
                        return indented(PrintableText(untrusted: names), .muted, by: 3)
                            + indented(say(Phrase(said: value.text)))
                    }
            }
    }

    /// As many rows as the text needs, behind so many blanks; in the first the label may take their place.
    private func indented(
        _ text: PrintableText, _ role: Role = .text, by columns: Int = 6, label: PrintableText? = nil
    ) -> [Row] {
        let blanks = PrintableText(untrusted: String(repeating: " ", count: columns))
        let lines = text.wrapped(to: max(1, sheet.inset.width - 2 - columns))
        return lines.enumerated().map { index, line in
            Row([Span(index == 0 ? label ?? blanks : blanks, .muted), Span(line, role)])
        }
    }
}
