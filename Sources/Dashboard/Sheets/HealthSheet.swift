import Canvas
import MailVocabulary

extension Sheet {
    /// `:checkhealth`: what was detected, and what to do about it.
    static let health = Sheet(
        id: .health, title: "Health", key: .control("g"),
        trailing: { dashboard in
            let bad = dashboard.health.count { $0.verdict == .bad }
            return bad == 0 ? "nothing is wrong" : "\(bad) faults"
        },
        content: { dashboard, columns, _ in
            guard !dashboard.health.isEmpty else { return Content(rows: [dashboard.row("looking", .muted)]) }
            var content = Content()
            for fact in dashboard.health { content.rows += dashboard.healthRows(fact, columns) }
            return content
        },
        choose: { _, _ in [] }, hints: [("Up Down", "scroll")])
}

extension Dashboard {
    fileprivate func healthRows(_ fact: HealthFact, _ columns: Int) -> [Row] {
        let (sign, role): (PrintableText, Role) =
            switch fact.verdict {
            case .good: (settings.glyphs.ok, .ok)
            case .notable: ("!", .temporary)
            case .bad: (settings.glyphs.fail, .permanent)
            }
        let head = say(fact.subject.phrase).clipped(to: 15).padded(to: 16)
        var rows = say(fact.found).wrapped(to: max(10, columns - 20)).enumerated().map { index, line in
            index == 0
                ? Row([Span(" "), Span(sign + " ", role), Span(head, .muted), Span(line)])
                : Row([Span(PrintableText(blanks: 19)), Span(line)])
        }
        if let advice = fact.advice {
            rows += say(advice).wrapped(to: max(10, columns - 22)).enumerated().map { index, line in
                Row([
                    Span(PrintableText(blanks: 19)), Span(index == 0 ? "> " : "  ", .hintKey), Span(line, .hintKey),
                ])
            }
        }
        return rows
    }
}
