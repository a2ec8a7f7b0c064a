import MailLog
import MailVocabulary
import Triage

/// From a line of the log to what it belongs to, and to the meaning of its reply.
extension Dashboard {
    /// Enter: the message of the selected line, or its connection, with its lines; where it belongs to none, what its reply means.
    mutating func openLine() -> [Effect] {
        guard let ordinal = selectedLine, let log = incident.log, let shown = shownLog else { return [] }
        guard let answer = log.answer(ofLine: ordinal), let entry = answer.rows.first?.entry else {
            if incident.query(for: .logLine(ordinal)) != nil { return explainLine() }
            notice = Notice("this line belongs to no connection and to no message")
            return []
        }
        let effects: [Effect]
        if shown.isFile, let needle = cutNeedle(entry, log) {
            // What went before was not read: the whole file has it.
            effects = ask(.entries(LogQuestion(needle: needle)), needle, onlyInView: true)
        } else {
            // A question that is still read for is not asked any more.
            effects = asked?.current == nil ? [] : [.stopAsking]
            let words = (entry.key ?? entry.connection)?.description ?? ""
            asked = AskedLog(
                number: (asked?.number ?? 0) + 1, request: .entries(LogQuestion(needle: words)), words: words,
                parts: [AskedLog.Part(source: shown.source, name: shown.name, isFile: shown.isFile)])
            asked?.parts[0].state = .answered(answer)
            notice = nil
        }
        var view = AskedView()
        view.isOfLine = true
        prompt = .asked(view)
        openOnlyRow()
        return effects
    }

    /// `E`: the meaning of the reply in the selected line; where it has none, a reply is asked for.
    mutating func explainLine() -> [Effect] {
        guard let ordinal = selectedLine, incident.query(for: .logLine(ordinal)) != nil else {
            return perform(.explain)
        }
        explained = .logLine(ordinal)
        panes[.explanation]?.offset = 0
        notice = isVisible(.explanation) ? nil : Notice("this line's reply is explained: 2")
        return []
    }

    /// The ordinal of the line under the cursor.
    private var selectedLine: Int? {
        guard incident.log != nil, let cursor = cursor(.log), visibleLogLines.indices.contains(cursor) else {
            return nil
        }
        return visibleLogLines.ordinal(at: cursor)
    }

    /// The words to ask the file for, when the beginning of what the line belongs to was not read.
    private func cutNeedle(_ entry: LogEntry, _ log: LogBook) -> String? {
        guard let key = entry.key ?? entry.connection, log.index.trace(for: key)?.hasBeginning == false else {
            return nil
        }
        switch key {
        case .icid, .mid, .dcid, .queueID: return key.description
        // The number of a process is no name of its connection elsewhere.
        case .session, .connection: return nil
        }
    }
}
