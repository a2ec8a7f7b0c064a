import Canvas
import MailVocabulary
import SMTP
import Triage

extension Pane {
    /// A procedure, step by step: goal, command, expected, observed, verdict, causes, what next.
    static let walkthrough = Pane(
        id: .walkthrough, title: "Walkthrough",
        trailing: { dashboard in
            guard let walk = dashboard.walkthrough else { return [] }
            let count = walk.procedure.steps.count
            if walk.isAtEnd { return [Span(dashboard.say("what was found"), .muted)] }
            return [Span(dashboard.say("step \(walk.position + 1) of \(count)"), .muted)]
        },
        .scrolling { dashboard, columns in
            guard let walk = dashboard.walkthrough else { return [] }
            let plan = dashboard.incident.main?.plan ?? dashboard.settings.plan ?? .unset
            return dashboard.walkRows(walk, plan, columns)
        })
}

extension Dashboard {
    fileprivate func walkRows(_ walk: Walkthrough, _ plan: SessionPlan, _ columns: Int) -> [Row] {
        var rows = [row(walk.procedure.title, .title)] + progressRows(walk, columns)
        rows.append(Row())
        guard let step = walk.step else { return rows + endRows(walk, plan, columns) }
        rows += wide("Goal", step.goal, .text, columns)
        rows += wide("Send", step.command(incident, plan), .wireSent, columns)
        rows.append(Row())
        rows += wide("Expected", step.expected, .walkExpected, columns)
        switch step.judge(incident) {
        case .need(let requests):
            rows += wide("Observed", requests.words, .muted, columns)
            rows += keyRows(requests, columns)
        case .conclude(let outcome):
            rows += wide("Observed", outcome.observed, .walkObserved, columns)
            let (sign, role) = mark(of: outcome.verdict)
            rows += wide("Verdict", "\(sign.plain) \(outcome.reading)", role, columns)
            rows += causeRows(outcome, step, columns)
        }
        return rows
    }

    /// What the operator can do about a step that has no verdict yet.
    private func keyRows(_ requests: [WalkthroughStep.Request], _ columns: Int) -> [Row] {
        for case .ask(let question) in requests {
            return [
                Row(), row(question),
                Row([
                    Span("y", .hintKey), Span(" " + say("yes") + "   ", .muted), Span("N", .hintKey),
                    Span(" " + say("no") + "   ", .muted), Span("s", .hintKey), Span(" " + say("nobody knows"), .muted),
                ]),
            ]
        }
        guard requests != [.wait] else { return [] }
        return [Row(), Row([Span("n", .hintKey), Span("  " + say("do this step"), .muted)])]
    }

    private func mark(of verdict: WalkthroughStep.Outcome.Verdict) -> (sign: PrintableText, role: Role) {
        switch verdict {
        case .passed: (settings.glyphs.ok, .ok)
        case .warning: ("!", .temporary)
        case .failed: (settings.glyphs.fail, .permanent)
        }
    }

    /// The end: every step with its verdict, and what to look at first.
    private func endRows(_ walk: Walkthrough, _ plan: SessionPlan, _ columns: Int) -> [Row] {
        let summary = WalkthroughSummary(walk, incident, plan)
        let widest = min(16, summary.entries.map { say($0.step.label).width }.max() ?? 0)
        var rows: [Row] = []
        for entry in summary.entries {
            let (sign, role) = mark(of: entry.outcome.verdict)
            let label = say(entry.step.label).clipped(to: widest).padded(to: widest)
            let lines = say(entry.outcome.reading).wrapped(to: max(10, columns - widest - 4))
            for (index, line) in lines.enumerated() {
                let start = index == 0 ? sign : PrintableText(blanks: 1)
                rows.append(
                    Row([
                        Span(start + " ", role),
                        Span((index == 0 ? label : PrintableText(blanks: widest)) + "  ", .muted), Span(line),
                    ]))
            }
        }
        rows.append(Row())
        if let decisive = summary.decisive {
            rows += wide("Look at", decisive.outcome.observed, .walkObserved, columns)
            let remedies = decisive.step.remedies(after: decisive.outcome, incident)
            for (index, remedy) in remedies.prefix(3).enumerated() {
                rows += wide(index == 0 ? "Do next" : "", remedy.text, .text, columns)
            }
        } else if summary.verdict == .passed {
            rows += wide("Verdict", "everything that was tried went well", .ok, columns)
        }
        return rows + [
            Row(),
            Row([
                Span("x", .hintKey), Span(" " + say("write the report") + "   ", .muted), Span("b", .hintKey),
                Span(" " + say("back"), .muted),
            ]),
        ]
    }

    private func progressRows(_ walk: Walkthrough, _ columns: Int) -> [Row] {
        var line: [Span] = []
        var rows: [Row] = []
        var width = 0
        for (index, step) in walk.procedure.steps.enumerated() {
            let sign: (PrintableText, Role)
            if index == walk.position {
                sign = (">", .hintKey)
            } else if walk.skipped.contains(step.id) {
                sign = ("-", .muted)
            } else if index < walk.position, case .conclude(let outcome) = step.judge(incident) {
                sign = mark(of: outcome.verdict)
            } else {
                sign = ("-", .muted)
            }
            let label = say(step.label)
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
            causes += catalogue.explain(query, in: shownLanguage).causes.prefix(3).map { Phrase(quoting: $0.text) }
        }
        for (index, cause) in causes.enumerated() {
            rows += wide(index == 0 ? "Likely" : "", "\(index + 1)  \(cause)", .text, columns)
        }
        if !causes.isEmpty { rows.append(Row()) }
        rows += remedyRows(step.remedies(after: outcome, incident), columns)
        rows.append(
            Row([
                Span("r", .hintKey), Span(" " + say("again") + "   ", .muted), Span("n", .hintKey),
                Span(" " + say("carry on"), .muted),
            ]))
        return rows
    }

    /// What to do next; what a key can do has its key.
    private func remedyRows(_ remedies: [Remedy], _ columns: Int) -> [Row] {
        var rows: [Row] = []
        var keys: [PrintableText] = ["a", "i", "u"]
        for (index, remedy) in remedies.enumerated() {
            let key = remedy.offer == nil || keys.isEmpty ? nil : keys.removeFirst()
            let label = (index == 0 ? say("Do next") : "").padded(to: 10)
            let lines = say(remedy.text).wrapped(to: max(10, columns - 13))
            for (number, line) in lines.enumerated() {
                let start = number == 0 ? label : PrintableText(blanks: 10)
                let mark = number == 0 ? key.map { $0 + "  " } ?? "   " : "   "
                rows.append(Row([Span(start, .hintKey), Span(mark, .hintKey), Span(line)]))
            }
        }
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
            case .probe: return "not tried yet"
            case .search: return "the log was not asked yet"
            case .inquire: return "who wrote to whom? n asks, or :missing SENDER [RECIPIENT]"
            case .ask: return "only people can tell"
            }
        }
        return ""
    }
}
