import Canvas
import MailVocabulary
import SMTP

extension OptionsForm {
    private static let labelWidth = 20
    private static let valueWidth = 48

    /// The form as rows, and where the cursor stands among them.
    func rows(_ dashboard: Dashboard) -> (rows: [Row], cursor: Frame.Position) {
        var rows = [tabs(dashboard), Row()]
        var cursor = Frame.Position(x: 0, y: 0)
        if page == .overview { rows += overview(dashboard) }
        for field in page.fields {
            let isHere = field.name == self.field?.name
            let window = editor(field).window(of: Self.valueWidth)
            if isHere { cursor = Frame.Position(x: Self.labelWidth + 2 + window.cursor, y: rows.count) }
            let isChoice = !field.choices.isEmpty
            rows.append(
                Row(
                    [
                        Span(
                            dashboard.say(field.label).padded(to: Self.labelWidth),
                            isHere ? .prompt : .muted),
                        Span(isChoice ? "< " : "[ ", .border),
                        Span(
                            (isHere
                                ? window.text : PrintableText(untrusted: value(field)).prefix(columns: Self.valueWidth))
                                .padded(to: Self.valueWidth), isHere ? .text : .muted),
                        Span(isChoice ? " >" : " ]", .border),
                    ], isSelected: false))
        }
        while rows.count < 13 { rows.append(Row()) }
        if let field, let fault = faults[field.name] {
            rows.append(Row([Span("! " + dashboard.say(fault), .error)]))
        } else if let field {
            rows.append(Row([Span("  " + dashboard.say(field.hint), .muted)]))
        } else {
            rows.append(Row())
        }
        rows.append(
            Row(
                faults.isEmpty || self.field.map { faults[$0.name] != nil } == true ? "" : otherFault(dashboard), .error
            ))
        rows.append(dashboard.row("Enter connects and runs as far as it is set to stop. Nothing is sent.", .muted))
        return (rows, cursor)
    }

    /// The pages; a sign stands at those that differ from what is usual, or hold a fault.
    private func tabs(_ dashboard: Dashboard) -> Row {
        var spans: [Span] = []
        for page in OptionPage.allCases {
            if !spans.isEmpty { spans.append(Span("  ", .border)) }
            spans.append(Span(dashboard.say(page.label), page == self.page ? .titleFocus : .muted))
            if hasFault(on: page) {
                spans.append(Span("!", .error))
            } else if page != .envelope, page != .message, !changes(on: page).isEmpty {
                spans.append(Span("*", .badge))
            }
        }
        return Row(spans)
    }

    private func otherFault(_ dashboard: Dashboard) -> PrintableText {
        guard let first = OptionField.all.first(where: { faults[$0.name] != nil }), let fault = faults[first.name]
        else { return "" }
        return "! " + dashboard.say("\(first.page.label), \(first.label): \(fault)")
    }

    /// What differs from what is usual, one line each.
    private func overview(_ dashboard: Dashboard) -> [Row] {
        let changed = OptionPage.allCases.flatMap { page in changes(on: page).map { (page, $0) } }
        guard !changed.isEmpty else {
            return [dashboard.row("Nothing is set: type a server on the first page.", .muted)]
        }
        var rows = changed.map { page, field in
            Row([
                Span(dashboard.say(page.label).padded(to: 12), .muted),
                Span(dashboard.say(field.label).padded(to: 20), .muted),
                Span(value(field).isEmpty ? dashboard.say("(empty)") : PrintableText(untrusted: value(field))),
            ])
        }
        let most = 11
        if rows.count > most {
            let rest = rows.count - most + 1
            rows = rows.prefix(most - 1) + [dashboard.row("and \(rest) more", .muted)]
        }
        return rows
    }
}
