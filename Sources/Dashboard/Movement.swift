import Canvas
import MailLog
import MailVocabulary
import SMTP
import Triage

/// Moving about in the focused pane. Panes with rows to choose have a cursor, the others scroll.
extension Dashboard {
    /// Rows that the cursor of `pane` can stand on; `nil` for panes that only scroll.
    func selectableCount(_ pane: PaneID) -> Int? {
        switch pane {
        case .session: isReadingTranscript ? transcriptLines.count : incident.session?.steps.count ?? 0
        case .log: visibleLogLines.count
        case .explanation, .exchangers, .walkthrough: nil
        }
    }

    /// The selected row of `pane`: the chosen one, or the newest.
    func cursor(_ pane: PaneID) -> Int? {
        guard let count = selectableCount(pane), count > 0 else { return nil }
        if let cursor = self.pane(pane).cursor {
            // Of a log the line itself is kept: its place changes when older lines are dropped.
            if pane == .log { return min(visibleLogLines.firstPlace(from: cursor), count - 1) }
            return min(cursor, count - 1)
        }
        if pane == .session, !isReadingTranscript { return currentStep }
        return count - 1
    }

    /// The step that the session is at: the running one, else the last that came to an end.
    private var currentStep: Int? {
        guard let steps = incident.session?.steps, !steps.isEmpty else { return nil }
        if let running = steps.lastIndex(where: { $0.verdict == .running }) { return running }
        return steps.lastIndex { $0.verdict != .pending && $0.verdict != .skipped } ?? 0
    }

    mutating func move(_ intent: Intent) {
        let page = max(1, room(of: focus).rows - 1)
        if intent == .left || intent == .right {
            panes[focus, default: PaneState()].shift = max(0, pane(focus).shift + (intent == .left ? -8 : 8))
            return
        }
        guard let count = selectableCount(focus) else { return scroll(intent, page: page) }
        guard count > 0 else { return }
        let old = cursor(focus) ?? count - 1
        var new = old
        switch intent {
        case .up: new = old - 1
        case .down: new = old + 1
        case .pageUp: new = old - page
        case .pageDown: new = old + page
        case .first:
            new = 0
            sayWhereLogBegins()
        case .last: new = count
        default: return
        }
        // At the end the pane follows again.
        let follows = new >= count - 1 && (focus == .log || intent == .last)
        select(follows ? nil : min(max(0, new), count - 1), in: focus)
        followSelection()
    }

    /// The first line of the pane is not always that of the log.
    private mutating func sayWhereLogBegins() {
        guard focus == .log, let log = incident.log, log.isTail || log.firstOrdinal > 0 else { return }
        notice =
            shownLog?.isFile == true
            ? Notice("the pane holds the last \(log.lines.count) lines: / and :trace ask the whole file")
            : Notice("the pane holds the last \(log.lines.count) lines")
    }

    /// Puts the cursor of `pane` on the row of that place; `nil` follows the newest.
    mutating func select(_ place: Int?, in pane: PaneID) {
        let isLog = pane == .log && place.map { visibleLogLines.indices.contains($0) } == true
        panes[pane, default: PaneState()].cursor = isLog ? place.map { visibleLogLines.ordinal(at: $0) } : place
    }

    private mutating func scroll(_ intent: Intent, page: Int) {
        let total = contentRows(of: focus)
        let most = max(0, total - room(of: focus).rows)
        var offset = min(pane(focus).offset, most)
        switch intent {
        case .up: offset -= 1
        case .down: offset += 1
        case .pageUp: offset -= page
        case .pageDown: offset += page
        case .first: offset = 0
        case .last: offset = most
        default: return
        }
        panes[focus, default: PaneState()].offset = min(max(0, offset), most)
    }

    /// The explanation follows what is selected.
    private mutating func followSelection() {
        guard focus == .session, let session = incident.current, let cursor = cursor(.session) else {
            return
        }
        if isReadingTranscript {
            let line = transcriptLines[cursor]
            if let keyword = line.keyword {
                explained = .keyword(keyword)
            } else {
                explained = .event(session: session, event: line.event)
            }
            if let subject = explained, incident.query(for: subject) == nil { explained = nil }
        } else {
            explained = incident.sessions[session].steps[cursor].event.map { .event(session: session, event: $0) }
        }
        panes[.explanation]?.offset = 0
    }

    /// Enter: into the transcript, or what a log line belongs to.
    mutating func open() -> [Effect] {
        switch focus {
        case .session:
            guard incident.session?.events.isEmpty == false else { return [] }
            guard !isReadingTranscript else {
                isReadingTranscript = false
                panes[.session]?.cursor = nil
                return []
            }
            let event = cursor(.session).flatMap { incident.session?.steps[$0].event }
            isReadingTranscript = true
            let line = event.flatMap { event in transcriptLines.firstIndex { $0.event == event } }
            panes[.session, default: PaneState()].cursor = line ?? max(0, transcriptLines.count - 1)
            followSelection()
        case .log: return openLine()
        case .exchangers: _ = open(.answers)
        case .explanation:
            isZoomed.toggle()
        case .walkthrough:
            break
        }
        return []
    }

    /// Moves to the next or previous hit of the focused pane's search.
    /// - Parameter fromHere: The row that is selected counts too.
    /// - Returns: Whether there is any.
    @discardableResult
    mutating func find(forward: Bool, fromHere: Bool = false) -> Bool {
        let needle = Array(pane(focus).search.utf8).map(Self.folded)
        guard !needle.isEmpty else {
            notice = Notice("nothing to search for: / asks")
            return false
        }
        let texts = searchableTexts(of: focus)
        let hits = texts.indices.filter { Self.contains(texts[$0], needle) }
        guard !hits.isEmpty else {
            notice = Notice("not found: \(pane(focus).search)", .bad)
            return false
        }
        let from = cursor(focus) ?? pane(focus).offset
        let hit =
            forward
            ? hits.first { $0 > from || (fromHere && $0 == from) } ?? hits[0]
            : hits.last { $0 < from } ?? hits[hits.count - 1]
        if selectableCount(focus) != nil {
            select(hit, in: focus)
            followSelection()
        } else {
            panes[focus, default: PaneState()].offset = hit
        }
        notice = Notice("\((hits.firstIndex(of: hit) ?? 0) + 1)/\(hits.count)  \(pane(focus).search)")
        return true
    }

    /// Whether what the pane is searched for stands in it.
    func isFound(in pane: PaneID) -> Bool {
        let needle = Array(self.pane(pane).search.utf8).map(Self.folded)
        return searchableTexts(of: pane).contains { Self.contains($0, needle) }
    }

    private func searchableTexts(of pane: PaneID) -> [[UInt8]] {
        switch pane {
        case .log:
            guard let log = incident.log else { return [] }
            return visibleLogLines.map { log.lines[$0].bytes }
        case .session where isReadingTranscript:
            return transcriptLines.map { Array($0.text.utf8) }
        case .session:
            return (incident.session?.steps ?? []).map { Array("\($0.request) \($0.outcome)".utf8) }
        case .explanation, .exchangers, .walkthrough:
            let content = Pane[pane].content(self, room(of: pane).columns)
            return content.map { row in Array(row.spans.map { $0.text.plain }.joined().utf8) }
        }
    }
}
