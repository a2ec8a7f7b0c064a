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
        let page = sheet.inset.height
        if view.take(key, count: all.count, page: page, total: all.count * 2) {
            view.show(view.cursor * 2, view.cursor * 2 + 1, page: page)
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
        let all = incident.session?.deviations ?? []
        let rows = all.indices.flatMap { index -> [Row] in
            let isHere = index == view.cursor
            let time = incident.session?.events[all[index].event].at.stamp ?? ""
            return [
                Row(
                    [
                        Span(isHere ? "> " : "  ", .hintKey),
                        Span(PrintableText(untrusted: all[index].oddity.kind.rawValue).padded(to: 26), .temporary),
                        Span(PrintableText(untrusted: all[index].command)),
                    ], trailing: [Span(PrintableText(untrusted: time), .muted)], isSelected: isHere),
                Row([Span("      "), Span(PrintableText(untrusted: all[index].oddity.evidence), .muted)]),
            ]
        }
        drawSheet(
            words("Deviations from the protocol"), trailing: words("\(all.count) seen"), rows, offset: view.offset,
            in: &frame)
    }
}
