import Canvas
import MailVocabulary
import Triage

extension Sheet {
    /// The live triage: how the gateway stands, and what needs somebody first.
    static let overview = Sheet(
        id: .overview, title: "Live triage", key: .character("0"),
        trailing: { $0.overviewFindings.count == 1 ? "1 finding" : "\($0.overviewFindings.count) findings" },
        content: { dashboard, columns, cursor in
            var content = Content(rows: dashboard.overviewStateRows(columns))
            content.rows.append(Row())
            let findings = dashboard.overviewFindings
            if findings.isEmpty {
                let text: Phrase =
                    dashboard.incident.session == nil && dashboard.incident.log == nil
                    ? "nothing has been asked yet: r connects and runs up to RCPT, :log open follows a log"
                    : "nothing has been found that stands in the way"
                content.rows.append(dashboard.row(text, .muted))
            } else {
                content.rows.append(dashboard.row("What needs you first", .title))
            }
            for (index, finding) in findings.enumerated() {
                content.add(entry: dashboard.overviewRows(finding, columns, isSelected: index == cursor))
            }
            return content
        },
        choose: { dashboard, place in
            let findings = dashboard.overviewFindings
            return findings.indices.contains(place) ? dashboard.show(evidenceOf: findings[place]) : []
        },
        hints: [("Enter", "evidence"), ("r", "run"), ("x", "export")])
}

/// How the overview looks.
extension Dashboard {
    fileprivate func overviewStateRows(_ columns: Int) -> [Row] {
        overviewLines.flatMap { entry in
            let head = say(entry.label).clipped(to: 10).padded(to: 11)
            let lines = entry.text.wrapped(to: max(10, columns - 11))
            return lines.enumerated().map { index, line in
                Row([Span(index == 0 ? head : PrintableText(blanks: 11), .muted), Span(line, entry.role)])
            }
        }
    }

    fileprivate func overviewRows(_ finding: OverviewFinding, _ columns: Int, isSelected: Bool) -> [Row] {
        let (sign, role) = look(of: finding.severity)
        let place = PrintableText(finding.pane.rawValue) + " " + say(Pane[finding.pane].title)
        let room = max(10, columns - 16 - place.width)
        let lines = say(finding.text).wrapped(to: room)
        return lines.enumerated().map { index, line in
            guard index == 0 else { return Row([Span(PrintableText(blanks: 13)), Span(line)]) }
            return Row(
                [
                    Span(isSelected ? "> " : "  ", .hintKey), Span(sign + " ", role),
                    Span(say(finding.severity.phrase).clipped(to: 8).padded(to: 9), role), Span(line),
                ], trailing: [Span(place, .muted)], isSelected: isSelected)
        }
    }

    private func look(of severity: Severity) -> (PrintableText, Role) {
        switch severity {
        case .failure: (settings.glyphs.fail, .permanent)
        case .delay, .warning: ("!", .temporary)
        case .unknown: ("?", .muted)
        case .note, .fine: ("-", .muted)
        }
    }
}
