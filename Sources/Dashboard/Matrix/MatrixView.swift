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
        if !survey.exchangers.isEmpty {
            rows = [
                Row([Span("MX  ", .muted), Span(PrintableText(untrusted: survey.exchangers.joined(separator: ", ")))]),
                Row(),
            ]
        }
        for (index, record) in survey.records.enumerated() {
            places.append(rows.count)
            rows += probeRows(survey.probes[index], record, isSelected: index == cursor)
        }
        return (rows + differenceRows(survey), places)
    }

    private func probeRows(_ probe: SurveyProbe, _ record: SessionRecord, isSelected: Bool) -> [Row] {
        let (sign, role) = sign(of: record.probeVerdict)
        // While nothing has been said, nothing is missing.
        let isWaiting = record.greetingTook == nil && record.closed == nil
        let facts: [Phrase] =
            isWaiting
            ? []
            : [
                record.greetingTook.map { "greeting \($0.brief)" } ?? "no greeting",
                record.capabilities.count == 1 ? "1 extension" : "\(record.capabilities.count) extensions",
                record.tlsWords,
            ]
        return [
            Row(
                [
                    Span(isSelected ? "> " : "  ", .hintKey), Span(sign + " ", role),
                    Span(PrintableText(untrusted: probe.name)),
                ], trailing: [Span(PrintableText(untrusted: facts.map(words).joined(separator: "   ")), .muted)],
                isSelected: isSelected),
            Row([Span("      "), Span(say(record.probeOutcome), role)]),
        ]
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
                        return [
                            Row([Span("   " + PrintableText(untrusted: names), .muted)]),
                            Row([Span("      " + say(Phrase(said: value.text)))]),
                        ]
                    }
            }
    }
}

extension SessionRecord {
    /// How a probe went, for its sign.
    var probeVerdict: Step.Verdict {
        if closed == nil { return .running }
        guard let index = decidingRefusal, case .received(let reply, _, _, _, _) = events[index].fact else {
            return closed?.isOrderly == true ? (tls?.isVerified == false ? .warning : .done) : .failed
        }
        switch reply.code.severity {
        case .transient: return .refusedForNow
        case .permanent: return .refused
        case .preliminary, .success, .intermediate, nil: return .failed
        }
    }

    /// What a probe came to in a line: the refusal, the end, or how far it is. Outside text.
    var probeOutcome: Phrase {
        if let index = decidingRefusal, case .received(let reply, let stage, _, _, _) = events[index].fact {
            return Phrase(quoting: "\(stage.rawValue): \(reply.code) \(reply.texts.first ?? "")")
        }
        if let closed { return closed.isOrderly ? "nothing was refused" : Phrase(said: closed.words) }
        return events.isEmpty ? "waits for its turn" : "at \(stage.rawValue)"
    }

    /// The version and whether the certificate was verified.
    var tlsWords: Phrase {
        guard let tls else { return "no TLS" }
        let state: Phrase = tls.isVerified ? "verified" : "not verified"
        return "\(tls.version) \(state)"
    }
}
