import Canvas
import MailLog
import MailVocabulary
import SMTP
import Triage

/// The mouse, where it was asked for, and copying.
extension Dashboard {
    /// A button or the wheel at a cell.
    mutating func point(_ button: Int, column: Int, row: Int) {
        guard
            let place = places.first(where: {
                (($0.rect.x..<$0.rect.maxX).contains(column) && ($0.rect.y..<$0.rect.maxY).contains(row))
            })
        else { return }
        switch button {
        case 64, 65:
            // The wheel moves what is under it, and leaves the keys where they are.
            let focused = focus
            focus = place.pane
            for _ in 0..<3 { move(button == 64 ? .up : .down) }
            focus = focused
        case 0:
            show(place.pane)
            choose(row: row - place.rect.inset.y, in: place)
        case _: break
        }
    }

    /// Selects what stands in that row of a pane.
    private mutating func choose(row: Int, in place: Place) {
        let room = Pane.Room(columns: place.rect.inset.width - 2, rows: place.rect.inset.height)
        guard row >= 0, row < room.rows, let count = selectableCount(place.pane), count > 0 else { return }
        let rows = Pane[place.pane].rows(self, room).shown
        guard rows.indices.contains(row) else { return }
        // Which entry a row shows is known by trying: the pane says which row is selected.
        let near = (cursor(place.pane) ?? 0) - room.rows
        for candidate in max(0, near)..<min(count, near + 2 * room.rows + 1) {
            var tried = self
            tried.select(candidate, in: place.pane)
            let shown = Pane[place.pane].rows(tried, room).shown
            guard shown.indices.contains(row), shown[row].isSelected else { continue }
            if shown[row].spans.dropFirst().map(\.text.plain) == rows[row].spans.dropFirst().map(\.text.plain) {
                self = tried
                return
            }
        }
    }

    // MARK: copying

    /// `y`: the selected row, or what the pane says, as plain text.
    mutating func copySelection() -> [Effect] {
        let text = selectedText
        guard !text.isEmpty else {
            notice = Notice("nothing is selected here that could be copied", .bad)
            return []
        }
        let shown = isPrivate ? mask.hide(text) : text
        return [.copy(shown)]
    }

    /// Only printable text: what is copied may be pasted into a shell.
    private var selectedText: String {
        switch focus {
        case .log:
            guard let log = incident.log, let place = cursor(.log) else { return "" }
            return EvidenceText.escaped(log.lines[visibleLogLines[place]].bytes)
        case .session where isReadingTranscript:
            guard let place = cursor(.session), transcriptLines.indices.contains(place) else { return "" }
            return PrintableText(untrusted: transcriptLines[place].text).plain
        case .session:
            guard let place = cursor(.session), let step = incident.session?.steps[place] else { return "" }
            return PrintableText(untrusted: "\(step.request)  \(step.outcome)").plain
        case .explanation, .exchangers, .walkthrough:
            let rows = Pane[focus].content(self, room(of: focus).columns)
            return rows.map { $0.spans.map(\.text.plain).joined().trimmedRight }.joined(separator: "\n")
        }
    }
}

extension String {
    fileprivate var trimmedRight: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
