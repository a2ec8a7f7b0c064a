import Canvas
import MailVocabulary
import SMTP
import Triage

/// `V`: two sessions side by side, and in what they differ.
extension Dashboard {
    /// The session in view beside the one before it.
    mutating func compareWithPrevious() {
        guard let current = incident.current, current > 0 else {
            notice = Notice("there is no session before this one: H opens a saved one")
            return
        }
        prompt = .comparison(ListView(), current - 1, current)
    }

    /// `:compare 1 3`; without numbers the session in view and the one before it.
    mutating func compare(_ text: String) {
        let numbers = text.split(separator: " ").compactMap { Int($0) }
        guard !text.isEmpty else { return compareWithPrevious() }
        guard numbers.count == 2, numbers.allSatisfy({ incident.sessions.indices.contains($0 - 1) }) else {
            notice = Notice("which two of the \(incident.sessions.count) sessions? :compare 1 2", .bad)
            return
        }
        prompt = .comparison(ListView(), numbers[0] - 1, numbers[1] - 1)
    }

    mutating func pressed(_ key: Key, comparison old: ListView, _ left: Int, _ right: Int) -> [Effect] {
        var view = old
        let rows = comparisonRows(left, right).count
        let page = sheet.inset.height
        switch key {
        case .down, .character("j"): view.offset = min(view.offset + 1, max(0, rows - page))
        case .up, .character("k"): view.offset = max(0, view.offset - 1)
        case .escape, .character("q"), .character("V"), .control("c"):
            prompt = nil
            return []
        case _: _ = view.take(key, count: rows, page: page, total: rows)
        }
        prompt = .comparison(view, left, right)
        return []
    }

    func drawComparison(_ view: ListView, _ left: Int, _ right: Int, in frame: inout Frame) {
        drawSheet(
            words("Two sessions side by side"), trailing: words("run \(left + 1) and run \(right + 1)"),
            comparisonRows(left, right),
            offset: view.offset, in: &frame)
    }

    func comparisonRows(_ left: Int, _ right: Int) -> [Row] {
        guard incident.sessions.indices.contains(left), incident.sessions.indices.contains(right) else { return [] }
        let pair = [incident.sessions[left], incident.sessions[right]]
        let width = max(10, (sheet.inset.width - 16) / 2)
        func row(_ label: String, _ texts: [String], _ role: Role = .text) -> Row {
            let cells = texts.map { PrintableText(untrusted: $0).clipped(to: width - 1).padded(to: width) }
            return Row([
                Span(PrintableText(untrusted: label).clipped(to: 11).padded(to: 12), .muted), Span(cells[0], role),
                Span(cells[1], role),
            ])
        }
        func mark(_ same: Bool) -> Role { same ? .text : .temporary }
        var rows = [
            row("", [words("run \(left + 1)"), words("run \(right + 1)")], .title),
            row(words("target"), pair.map(\.plan.target.typed)), row(words("begun"), pair.map(\.plan.message.date)),
            row(words("host"), pair.map { record in record.host ?? "" }, mark(pair[0].host == pair[1].host)), Row(),
        ]
        var stages: [String] = []
        for step in pair[0].steps + pair[1].steps where !stages.contains(step.name) { stages.append(step.name) }
        for name in stages {
            let steps = pair.map { record in record.steps.last { $0.name == name } }
            let outcomes = steps.map { step in step.map { $0.outcome.isEmpty ? $0.verdict.rawValue : $0.outcome } ?? "-"
            }
            let verdicts = steps.map { $0?.verdict }
            rows.append(row(name, outcomes, mark(verdicts[0] == verdicts[1] && outcomes[0] == outcomes[1])))
            let times = steps.map { $0?.took?.brief ?? "" }
            if times.contains(where: { !$0.isEmpty }) { rows.append(row("", times, .stepTime)) }
        }
        rows.append(Row())
        let differences = ProbeComparison(pair).differences
        guard !differences.isEmpty else { return rows + [Row(say("nothing else differs"), .ok)] }
        for aspect in differences {
            rows.append(Row([Span(say("differs  "), .temporary), Span(say(Phrase(said: aspect.name)), .title)]))
            for value in aspect.values {
                let names = value.members.map { words($0 == 0 ? "run \(left + 1)" : "run \(right + 1)") }.joined(
                    separator: ", ")
                rows.append(
                    Row([
                        Span("   " + PrintableText(untrusted: names).padded(to: 9), .muted),
                        Span(say(Phrase(said: value.text))),
                    ]))
            }
        }
        return rows
    }
}
