import Canvas
import MailVocabulary
import SMTP
import Triage

extension Pane {
    /// *Can this server receive our mail?*, step by step: goal, command, expected, observed, verdict, causes, what next.
    static let walkthrough = Pane(
        id: .walkthrough, title: "Walkthrough: can this server receive our mail?",
        trailing: { dashboard in
            guard let walk = dashboard.walkthrough else { return [] }
            return [Span(dashboard.say("step \(walk.position + 1) of \(WalkthroughStep.all.count)"), .muted)]
        },
        .scrolling { dashboard, columns in
            guard let walk = dashboard.walkthrough,
                let plan = dashboard.incident.session?.plan ?? dashboard.settings.plan
            else { return [dashboard.row("no server yet: e types one", .muted)] }
            return dashboard.walkRows(walk, plan, columns)
        })
}

extension Dashboard {
    fileprivate func walkRows(_ walk: Walkthrough, _ plan: SessionPlan, _ columns: Int) -> [Row] {
        var rows = progressRows(walk, columns)
        rows.append(Row())
        let step = walk.step
        rows += wide("Goal", Phrase(quoting: step.goal), .text, columns)
        rows += wide("Send", Phrase(quoting: step.command(incident, plan)), .wireSent, columns)
        rows.append(Row())
        rows += wide("Expected", Phrase(quoting: step.expected), .walkExpected, columns)
        switch step.judge(incident) {
        case .need(let requests):
            rows += wide("Observed", requests.words, .muted, columns)
            if requests != [.wait] {
                rows += [Row(), Row([Span("n", .hintKey), Span("  " + say("do this step"), .muted)])]
            }
        case .conclude(let outcome):
            rows += wide("Observed", Phrase(quoting: outcome.observed), .walkObserved, columns)
            let role: Role = outcome.verdict == .passed ? .ok : outcome.verdict == .warning ? .temporary : .permanent
            let sign: PrintableText =
                outcome.verdict == .passed
                ? settings.glyphs.ok : outcome.verdict == .warning ? "!" : settings.glyphs.fail
            rows += wide("Verdict", "\(sign.plain) \(outcome.reading)", role, columns)
            rows += causeRows(outcome, step, columns)
        }
        return rows
    }

    private func progressRows(_ walk: Walkthrough, _ columns: Int) -> [Row] {
        var line: [Span] = []
        var rows: [Row] = []
        var width = 0
        for (index, step) in WalkthroughStep.all.enumerated() {
            let sign: (PrintableText, Role)
            if index == walk.position {
                sign = (">", .hintKey)
            } else if walk.skipped.contains(step.id) {
                sign = ("-", .muted)
            } else if index < walk.position, case .conclude(let outcome) = step.judge(incident) {
                switch outcome.verdict {
                case .passed: sign = (settings.glyphs.ok, .ok)
                case .warning: sign = ("!", .temporary)
                case .failed: sign = (settings.glyphs.fail, .permanent)
                }
            } else {
                sign = ("-", .muted)
            }
            let label = PrintableText(untrusted: step.label)
            if width + label.width + 4 > columns {
                rows.append(Row(line))
                (line, width) = ([], 0)
            }
            line += [Span(sign.0, sign.1), Span(" " + label + "  ", index == walk.position ? .title : .muted)]
            width += label.width + 4
        }
        return rows + [Row(line)]
    }

    /// Likely causes after anything but a pass, ranked by the catalogue; then what to do.
    private func causeRows(_ outcome: WalkthroughStep.Outcome, _ step: WalkthroughStep, _ columns: Int) -> [Row] {
        var rows = [Row()]
        guard outcome.verdict != .passed else {
            return rows + [Row([Span("n", .hintKey), Span("  " + say("next step"), .muted)])]
        }
        var causes = outcome.causes
        if let catalogue, let query = outcome.subject.flatMap({ incident.query(for: $0) }) {
            causes += catalogue.explain(query, in: shownLanguage).causes.prefix(3).map(\.text)
        }
        for (index, cause) in causes.enumerated() {
            rows += wide(index == 0 ? "Likely" : "", "\(index + 1)  \(cause)", .text, columns)
        }
        if !causes.isEmpty { rows.append(Row()) }
        for (index, remedy) in step.remedies.enumerated() {
            rows += wide(index == 0 ? "Do next" : "", Phrase(quoting: remedy), .text, columns)
        }
        rows.append(
            Row([
                Span("r", .hintKey), Span(" " + say("again") + "   ", .muted), Span("n", .hintKey),
                Span(" " + say("carry on"), .muted),
            ]))
        return rows
    }

    private func wide(_ label: Phrase, _ text: Phrase, _ role: Role, _ columns: Int) -> [Row] {
        let width = 10
        let label = say(label).padded(to: width)
        return say(text).wrapped(to: max(10, columns - width)).enumerated().map { index, line in
            Row([Span(index == 0 ? label : PrintableText(blanks: width), .hintKey), Span(line, role)])
        }
    }
}

extension [WalkthroughStep.Request] {
    /// What the step is waiting for, in words.
    fileprivate var words: Phrase {
        for request in self {
            switch request {
            case .wait: return "waiting for the answer"
            case .examine: return "not looked up yet"
            case .converse: return "not done yet"
            case .confirmSending: return "not sent yet: n asks before sending"
            case .chooseLog: return "no log is open: :log open PATH"
            }
        }
        return ""
    }
}
