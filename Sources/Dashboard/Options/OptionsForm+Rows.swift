import Canvas
import MailVocabulary
import SMTP

extension OptionsForm {
    private static let labelWidth = 20
    private static let valueWidth = 48
    /// What the box of the form has inside.
    private static let width = 74

    /// The form as rows, and where the cursor stands among them.
    ///
    /// - Parameter say: The words of ours in the language of the screen.
    func rows(_ say: (Phrase) -> PrintableText) -> (rows: [Row], cursor: Frame.Position) {
        var rows = [tabs(say), Row()]
        var cursor = Frame.Position(x: 0, y: 0)
        if page == .overview { rows += overview(say) }
        for field in page.fields {
            let isHere = field.name == self.field?.name
            let window = editor(field).window(of: Self.valueWidth)
            if isHere { cursor = Frame.Position(x: Self.labelWidth + 2 + window.cursor, y: rows.count) }
            let isChoice = !field.choices.isEmpty
            rows.append(
                Row(
                    [
                        Span(say(field.label).padded(to: Self.labelWidth), isHere ? .prompt : .muted),
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
            rows.append(Row([Span("! " + say(fault), .error)]))
        } else if let field {
            rows.append(Row([Span("  " + say(field.hint), .muted)]))
        } else {
            rows.append(Row())
        }
        rows.append(
            Row(faults.isEmpty || self.field.map { faults[$0.name] != nil } == true ? "" : otherFault(say), .error))
        rows.append(Row(say("Enter connects and runs as far as it is set to stop. Nothing is sent."), .muted))
        return (rows, cursor)
    }

    /// The pages; a sign stands at those that differ from what is usual, or hold a fault. Those in front give way where there is no
    /// room for all of them.
    private func tabs(_ say: (Phrase) -> PrintableText) -> Row {
        var tabs: [[Span]] = OptionPage.allCases.map { page in
            let name = Span(say(page.label), page == self.page ? .titleFocus : .muted)
            if hasFault(on: page) { return [name, Span("!", .error)] }
            let isChanged = page != .envelope && page != .message && !changes(on: page).isEmpty
            return isChanged ? [name, Span("*", .badge)] : [name]
        }
        func width(_ tabs: some Sequence<[Span]>) -> Int {
            tabs.reduce(0) { $0 + $1.reduce(2) { $0 + $1.text.width } }
        }
        var place = OptionPage.allCases.firstIndex(of: page) ?? 0
        let room = Self.width - 4
        var spans: [Span] = []
        if width(tabs) > room {
            let after = min(place + 2, tabs.count)
            while place > 0, width(tabs.prefix(after - (OptionPage.allCases.count - tabs.count))) > room {
                tabs.removeFirst()
                place -= 1
            }
            if tabs.count < OptionPage.allCases.count { spans = [Span("< ", .border)] }
        }
        var used = 2
        for (index, tab) in tabs.enumerated() {
            used += width([tab])
            guard used <= room + 2 else {
                spans.append(Span(" >", .border))
                break
            }
            if index > 0 { spans.append(Span("  ", .border)) }
            spans += tab
        }
        return Row(spans)
    }

    private func otherFault(_ say: (Phrase) -> PrintableText) -> PrintableText {
        guard let first = OptionField.all.first(where: { faults[$0.name] != nil }), let fault = faults[first.name]
        else { return "" }
        return "! " + say(first.page.label) + ", " + say(first.label) + ": " + say(fault)
    }

    /// What differs from what is usual, one line each.
    private func overview(_ say: (Phrase) -> PrintableText) -> [Row] {
        let changed = OptionPage.allCases.flatMap { page in changes(on: page).map { (page, $0) } }
        guard !changed.isEmpty else {
            return [Row(say("Nothing is set: type a server on the first page."), .muted)]
        }
        var rows = changed.map { page, field in
            Row([
                Span(say(page.label).padded(to: 12), .muted), Span(say(field.label).padded(to: 20), .muted),
                Span(value(field).isEmpty ? say("(empty)") : PrintableText(untrusted: value(field))),
            ])
        }
        let most = 11
        if rows.count > most {
            let rest = rows.count - most + 1
            rows = rows.prefix(most - 1) + [Row(say("and \(rest) more"), .muted)]
        }
        return rows
    }
}
