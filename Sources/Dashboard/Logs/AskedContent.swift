import Canvas
import MailLog
import MailVocabulary
import Triage

/// What the answer of whole logs looks like: its rows, and those among them that can be chosen.
struct AskedContent {
    /// What Enter does.
    enum Deed {
        /// Shows the lines of the row with that place in the answer.
        case open(Int)
        /// Asks anew.
        case ask(String)
    }

    struct Choice {
        let rows: Range<Int>
        let deed: Deed
    }

    var rows: [Row] = []
    var choices: [Choice] = []

    mutating func add(_ rows: [Row], _ deed: Deed) {
        choices.append(Choice(rows: self.rows.count..<(self.rows.count + rows.count), deed: deed))
        self.rows += rows
    }
}

extension Dashboard {
    /// - Parameter cursor: The choice that is selected.
    func askedContent(_ asked: AskedLog, _ cursor: Int) -> AskedContent {
        var content = AskedContent()
        if let place = asked.current {
            content.rows.append(row("reading \(asked.parts[place].source); Esc gives up", .muted))
        }
        for (place, found) in asked.rows.enumerated() {
            content.add(rows(of: found, in: asked, isSelected: place == cursor), .open(place))
        }
        for place in asked.parts.indices { addSummary(of: asked, place, cursor, to: &content) }
        if !content.choices.isEmpty, asked.parts.contains(where: { isWorthSaying($0) }) { content.rows.append(Row()) }
        for part in asked.parts { content.rows += partRows(part, asked) }
        return content
    }

    private func isWorthSaying(_ part: AskedLog.Part) -> Bool {
        part.state != .waiting && part.state.isReading == false
    }

    /// What one log rests its answer on, or why it has none.
    private func partRows(_ part: AskedLog.Part, _ asked: AskedLog) -> [Row] {
        let isOneOfMany = asked.parts.count > 1
        func named(_ phrase: Phrase) -> Phrase { isOneOfMany ? "\(part.name): \(phrase)" : phrase }
        switch part.state {
        case .waiting, .reading: return []
        case .failed(let sentence): return lines(of: words(named(Phrase(said: sentence))), .permanent)
        case .answered(let answer):
            var rows: [Row] = []
            if answer.rows.isEmpty, answer.summary == nil {
                let nothing: Phrase = "nothing about \(asked.words) in \(answer.basis)"
                rows += lines(of: words(named(answer.absence ?? nothing)), .text)
            } else {
                rows += lines(of: words(named("asked: \(answer.basis)")), .muted)
            }
            for fault in answer.faults { rows += lines(of: words(named(Phrase(said: fault))), .permanent) }
            if answer.files.count > 1 {
                let names = answer.files.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
                let list = names.joined(separator: ", ")
                rows += lines(of: words(named("read together, the oldest first: \(list)")), .muted)
            }
            if answer.unaskedFiles > 0 {
                rows += lines(
                    of: words(named("older files that the question does not reach back to: \(answer.unaskedFiles)")),
                    .muted)
            }
            return rows
        }
    }

    /// The counts of everybody, of one log.
    private func addSummary(of asked: AskedLog, _ place: Int, _ cursor: Int, to content: inout AskedContent) {
        guard let summary = asked.parts[place].state.answer?.summary else { return }
        if asked.parts.count > 1 { content.rows.append(Row(PrintableText(untrusted: asked.parts[place].name), .title)) }
        let head: Phrase =
            "from \(summary.from.dateAndTime) to \(summary.to.dateAndTime): connections \(summary.connections), "
            + "clients \(summary.clients), refused \(summary.refusedConnections), messages \(summary.messages)"
        content.rows += lines(of: words(head), .text)
        let since = "since=" + (asked.words.split(separator: " ").last.map(String.init) ?? "")
        func list(_ title: Phrase, _ counts: [LogCount], _ words: (LogCount) -> String?) {
            guard !counts.isEmpty else { return }
            content.rows.append(Row())
            content.rows.append(row(title, .title))
            for count in counts {
                let isSelected = content.choices.count == cursor
                let text = PrintableText(untrusted: count.name).clipped(to: max(20, sheet.inset.width - 30))
                let row = Row(
                    [
                        Span(isSelected ? "> " : "  ", .hintKey),
                        Span(PrintableText(untrusted: "\(count.count)").padded(to: 8), .logID), Span(text),
                    ],
                    trailing: count.clients > 1 ? [Span(say(" clients: \(count.clients)"), .muted)] : [],
                    isSelected: isSelected)
                if let words = words(count) {
                    content.add([row], .ask(words))
                } else {
                    content.rows.append(row)
                }
            }
        }
        list("Clients with most connections", summary.addresses) { "\($0.name) \(since)" }
        list("Senders of most messages", summary.senders) { $0.name == "<>" ? nil : "\($0.name) \(since)" }
        list("Refused, bounced or delayed, and why", summary.reasons) { $0.latest.flatMap(AskedContent.needle) }
        list("Connections without a message", summary.silent) { "verdict=\($0.name) \(since)" }
    }
}

extension AskedContent {
    /// What to ask for; a connection without an identifier in the log cannot be asked for.
    fileprivate static func needle(of key: TraceKey) -> String? {
        switch key {
        case .icid, .mid, .dcid, .queueID: key.description
        case .session, .connection: nil
        }
    }
}

extension AskedLog.State {
    fileprivate var isReading: Bool { if case .reading = self { true } else { false } }
}
