import Canvas
import MailVocabulary
import SMTP
import Triage

/// `!`: the deviations of the session in view, each with its command; Enter opens the bytes.
extension Dashboard {
    mutating func openDeviations() {
        guard let session = incident.session else {
            notice = Notice("no session yet")
            return
        }
        guard !session.deviations.isEmpty else {
            notice = Notice("this session shows no deviation from the protocol", .good)
            return
        }
        prompt = .deviations(ListView())
    }

    mutating func pressed(_ key: Key, deviations old: ListView) -> [Effect] {
        var view = old
        let all = incident.session?.deviations ?? []
        let (heights, page) = (deviationRows(at: nil).map(\.count), sheet.inset.height)
        if view.take(key, count: all.count, page: page, total: heights.reduce(0, +)) {
            let first = heights.prefix(view.cursor).reduce(0, +)
            let height = heights.indices.contains(view.cursor) ? heights[view.cursor] : 1
            view.show(first, first + height - 1, page: page)
            prompt = .deviations(view)
            return []
        }
        switch key {
        case .enter where all.indices.contains(view.cursor):
            prompt = nil
            show(.session)
            (isReadingTranscript, showsRawBytes) = (true, true)
            let line = transcriptLines.firstIndex { $0.event == all[view.cursor].event }
            panes[.session, default: PaneState()].cursor = line
        case .escape, .character("q"), .character("!"), .control("c"): prompt = nil
        case _: break
        }
        return []
    }

    func drawDeviations(_ view: ListView, in frame: inout Frame) {
        let all = deviationRows(at: view.cursor)
        drawSheet(
            words("Deviations from the protocol"), trailing: words("\(all.count) seen"), all.flatMap(\.self),
            offset: view.offset, in: &frame)
    }

    /// The rows of each deviation: its name and its command, what was seen, and what that is.
    private func deviationRows(at cursor: Int?) -> [[Row]] {
        let indent: PrintableText = "      "
        let columns = max(20, sheet.inset.width - indent.width - 2)
        return (incident.session?.deviations ?? []).enumerated().map { index, deviation in
            let isHere = index == cursor
            let time = incident.session?.events[deviation.event].at.stamp ?? ""
            let head = Row(
                [
                    Span(isHere ? "> " : "  ", .hintKey),
                    Span(PrintableText(untrusted: deviation.oddity.kind.rawValue).padded(to: 26), .temporary),
                    Span(PrintableText(untrusted: deviation.command)),
                ], trailing: [Span(PrintableText(untrusted: time), .muted)], isSelected: isHere)
            let seen = Row([Span(indent), Span(say(Phrase(said: deviation.oddity.evidence)), .muted)])
            return [head, seen]
                + say(deviation.oddity.kind.meaning).wrapped(to: columns).map { Row([Span(indent), Span($0)]) }
        }
    }
}
