import MailVocabulary
import Canvas

/// The dialog behind `x`: in which form, with or without names, and where to.
public struct ReportForm: Hashable, Sendable {
    public private(set) var format = ReportFormat.markdown
    /// Addresses and IPs are hidden in the file.
    public private(set) var isPrivate: Bool
    public private(set) var editor: LineEditor
    /// The name was typed, so it stays as it is when the format changes.
    public private(set) var isChosen = false

    /// - Parameter stem: The file's name without its end.
    public init(stem: String, isPrivate: Bool) {
        self.isPrivate = isPrivate
        editor = LineEditor("\(stem).md")
    }

    var path: String { editor.line }

    /// Tab goes through the formats, Ctrl-P hides or shows names; everything else edits the file's name.
    mutating func take(_ key: Key) {
        switch key {
        case .tab, .down: turn(by: 1)
        case .backTab, .up: turn(by: -1)
        case .control("p"): isPrivate.toggle()
        case _:
            let before = editor.line
            _ = editor.take(key)
            guard editor.line != before else { return }
            isChosen = true
            if let typed = ReportFormat(path: editor.line) { format = typed }
        }
    }

    private mutating func turn(by count: Int) {
        let all = ReportFormat.allCases
        let place = all.firstIndex(of: format) ?? 0
        let old = ".\(format.rawValue)"
        format = all[(place + count + all.count) % all.count]
        let stem = editor.line.hasSuffix(old) ? String(editor.line.dropLast(old.count)) : editor.line
        editor.replace(with: "\(stem).\(format.rawValue)")
    }

    /// The form in the words of `dashboard`.
    func rows(_ dashboard: Dashboard) -> [Row] {
        var formats: [Span] = [Span(dashboard.say("format   "), .muted)]
        for format in ReportFormat.allCases {
            formats += [
                Span(PrintableText(untrusted: format.name), format == self.format ? .titleFocus : .muted), Span("   "),
            ]
        }
        return [
            Row(formats), Row(),
            Row([
                Span(dashboard.say("file     "), .muted), Span("[ ", .border),
                Span(editor.window(of: 50).text.padded(to: 50)),
                Span(" ]", .border),
            ]),
            Row(),
            Row([
                Span(dashboard.say("names    "), .muted),
                Span(
                    dashboard.say(
                        isPrivate
                            ? "hidden: local parts and IP addresses have names of their own"
                            : "as they are: addresses and IP addresses can be read")),
            ]),
            Row(), dashboard.row("Tab format   Ctrl-P names   Enter write   Esc cancel", .muted),
            dashboard.row("Secrets are in no report: they were never recorded.", .muted),
        ]
    }
}
