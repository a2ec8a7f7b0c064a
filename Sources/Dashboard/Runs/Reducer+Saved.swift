import Canvas
import MailVocabulary
import SMTP
import Triage

/// `H`: the sessions that were saved, to be opened, replayed or compared.
extension Dashboard {
    mutating func openSaved() -> [Effect] {
        prompt = .saved(SavedList())
        return [.listSaved]
    }

    mutating func listed(_ sessions: [SavedSession]) {
        guard case .saved(var list) = prompt else { return }
        list.sessions = sessions
        list.view.cursor = min(list.view.cursor, max(0, list.shown.count - 1))
        prompt = .saved(list)
    }

    /// A saved session was read.
    mutating func reopened(_ record: SessionRecord, _ name: String, for purpose: ReopenPurpose) -> [Effect] {
        switch purpose {
        case .look: open(record, from: name)
        case .compare:
            let before = incident.current
            open(record, from: name)
            if let before { prompt = .comparison(ListView(), before, incident.sessions.count - 1) }
        case .replay:
            let index = incident.sessions.count
            incident.sessions.append(SessionRecord(plan: record.plan))
            (beginnings[index], incident.chosen) = (now, nil)
            replays.insert(index)
            (explained, isReadingTranscript) = (nil, false)
            panes[.session] = nil
            show(.session)
            notice = Notice("replay of \(name): nothing is connected; pauses over 5 s are cut short")
            return [.replay(session: index, record.events)]
        }
        return []
    }

    mutating func pressed(_ key: Key, saved old: SavedList) -> [Effect] {
        var list = old
        if list.isFiltering {
            switch key {
            case .enter: list.isFiltering = false
            case .escape, .control("c"): (list.isFiltering, list.filter) = (false, LineEditor())
            case _: _ = list.filter.take(key)
            }
            list.view = ListView()
            prompt = .saved(list)
            return []
        }
        let shown = list.shown
        let page = sheet.inset.height
        if list.view.take(key, count: shown.count, page: page, total: shown.count) {
            list.view.show(list.view.cursor, list.view.cursor, page: page)
            prompt = .saved(list)
            return []
        }
        let chosen = shown.indices.contains(list.view.cursor) ? shown[list.view.cursor] : nil
        switch key {
        case .character("/"):
            list.isFiltering = true
            prompt = .saved(list)
        case .character("r"): return openSaved()
        case .escape, .character("q"), .character("H"), .control("c"): prompt = nil
        case .enter: return reopen(chosen, for: .look)
        case .character("p"): return reopen(chosen, for: .replay)
        case .character("c"):
            guard incident.session != nil else {
                notice = Notice("no session is in view to compare it with: Enter opens this one first")
                return []
            }
            return reopen(chosen, for: .compare)
        case _: break
        }
        return []
    }

    private mutating func reopen(_ session: SavedSession?, for purpose: ReopenPurpose) -> [Effect] {
        guard let session else { return [] }
        prompt = nil
        return [.reopen(path: session.path, purpose)]
    }

    func drawSaved(_ list: SavedList, in frame: inout Frame) {
        var rows: [Row]
        if list.sessions == nil {
            rows = [row("reading the folder", .muted)]
        } else if list.shown.isEmpty {
            rows = [row(list.filter.isEmpty ? "no session has been saved yet" : "none of them matches", .muted)]
        } else {
            rows = list.shown.enumerated().map { index, session in
                let isHere = index == list.view.cursor
                return Row(
                    [
                        Span(isHere ? "> " : "  ", .hintKey),
                        Span(PrintableText(untrusted: session.time).padded(to: 21), .muted),
                        Span(PrintableText(untrusted: session.target).clipped(to: 28).padded(to: 30)),
                        Span(
                            say(Phrase(said: session.outcome)), session.isRefused ? .permanent : .text),
                    ], isSelected: isHere)
            }
        }
        let filter = list.isFiltering || !list.filter.isEmpty ? "/\(list.filter.line)   " : ""
        drawSheet(
            words("Saved sessions"), trailing: words("\(filter)\(list.shown.count) of \(list.sessions?.count ?? 0)"),
            rows,
            offset: list.view.offset, in: &frame)
    }
}

/// What a saved session is read for.
public enum ReopenPurpose: Hashable, Sendable {
    case look
    /// Event by event, with its timing.
    case replay
    /// Beside the session in view.
    case compare
}
