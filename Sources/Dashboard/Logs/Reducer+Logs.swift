import MailVocabulary
import Canvas
import MailLog
import Triage

/// The logs that are followed side by side: one of them is in view, and its traces are the incident's.
extension Dashboard {
    /// The log in view.
    var shownLog: FollowedLog? { logs.indices.contains(logInView) ? logs[logInView] : nil }

    /// Follows a log, and shows it; one that is followed already is only shown.
    public mutating func follow(log source: String) -> [Effect] {
        if let known = logs.firstIndex(where: { $0.source == source }) {
            turnLog(to: known)
            return []
        }
        let id = (logs.map(\.id).max() ?? -1) + 1
        logs.append(FollowedLog(id: id, source: source))
        turnLog(to: logs.count - 1)
        return [.follow(source: id, source)]
    }

    /// `:log open`: a pattern is written out first.
    mutating func open(log typed: String) -> [Effect] {
        let isPattern = FollowedLog(id: 0, source: typed).isFile && typed.contains { "*?[".contains($0) }
        return isPattern ? [.findLogs(typed)] : follow(log: typed)
    }

    /// Puts the log of that place in view.
    mutating func turnLog(to place: Int) {
        guard logs.indices.contains(place) else { return }
        if place != logInView || incident.log == nil {
            stowLog()
            logInView = place
            (incident.log, incident.logMark) = (logs[place].book, logs[place].mark)
            logs[place].book = nil
        }
        logs[place].unseen = 0
        panes[.log] = nil
        remarkLines()
    }

    /// `t` in the log pane.
    mutating func turnToNextLog() {
        guard logs.count > 1 else {
            notice = Notice(logs.isEmpty ? "no log is open: :log open PATH" : "no other log is open: :log open PATH")
            return
        }
        turnLog(to: (logInView + 1) % logs.count)
        notice = Notice("log \(logInView + 1) of \(logs.count): \(logs[logInView].source)")
    }

    /// Stops following the log of that place, and forgets what it said.
    mutating func closeLog(_ place: Int) -> [Effect] {
        guard logs.indices.contains(place) else { return [] }
        let isShown = place == logInView
        if isShown { (incident.log, turnedTo) = (nil, nil) }
        let log = logs.remove(at: place)
        if logInView > place || logInView == logs.count { logInView = max(0, logInView - 1) }
        if isShown, logs.indices.contains(logInView) {
            (incident.log, incident.logMark) = (logs[logInView].book, logs[logInView].mark)
            logs[logInView].book = nil
        }
        panes[.log] = nil
        remarkLines()
        notice = Notice("no longer followed: \(log.source)")
        return [.unfollow(source: log.id)]
    }

    /// A session begins: what the logs hold already is not of it.
    mutating func markLogs() {
        incident.logMark = incident.log?.lineCount ?? 0
        for place in logs.indices {
            logs[place].mark = place == logInView ? incident.logMark : logs[place].book?.lineCount ?? 0
        }
    }

    /// Something was said of the log with that id.
    mutating func followed(_ id: Int, _ event: LogSourceEvent) {
        guard let place = logs.firstIndex(where: { $0.id == id }) else { return }
        switch event {
        case .trouble(let sentence), .gap(let sentence): logs[place].state = .trouble(sentence)
        case .ended: logs[place].state = .ended
        case .opened, .lines, .block, .caughtUp, .rotated, .truncated:
            // What was wrong is over.
            if case .trouble(let sentence) = logs[place].state { forget(notice: sentence, of: logs[place].name) }
            logs[place].state = .following
        case .lost: break
        }
        guard place != logInView else { return followed(event) }
        var book = logs[place].book ?? LogBook(name: logs[place].source, format: settings.logFormat)
        logs[place].book = nil  // the only reference: taking lines in must not copy the index
        book.take(event)
        logs[place].book = book
        switch event {
        case .lines(let lines):
            if book.isCaughtUp { logs[place].unseen += lines.count }
            turnIfMessage(isIn: place)
        case .trouble(let sentence), .gap(let sentence):
            // Most sentences name the log themselves.
            let isNamed = sentence.contains(logs[place].source)
            notice = Notice(isNamed ? sentence : "\(logs[place].name): \(sentence)", .bad)
        case .opened, .block, .caughtUp, .rotated, .truncated, .lost, .ended: break
        }
    }

    /// Takes a notice back that is no longer true.
    mutating func forget(notice sentence: String, of name: String) {
        let said = [Phrase(said: sentence), Phrase(said: "\(name): \(sentence)")]
        if let notice, said.contains(notice.phrase) { self.notice = nil }
    }

    /// The message that the server took may be in another log than the one in view.
    private mutating func turnIfMessage(isIn place: Int) {
        guard let key = incident.acceptedMessage, turnedTo != key, incident.messageTrace == nil,
            logs[place].book?.index.connectionKey(of: key) != nil
        else { return }
        let before = logInView
        turnLog(to: place)
        if incident.messageTrace == nil { turnLog(to: before) } else { turnToMessage() }
    }

    private mutating func stowLog() {
        guard logs.indices.contains(logInView) else { return }
        (logs[logInView].book, logs[logInView].mark) = (incident.log, incident.logMark)
        incident.log = nil
    }

    // MARK: the list

    mutating func pressed(_ key: Key, logs old: ListView) -> [Effect] {
        var view = old
        if view.take(key, count: logs.count, page: sheet.inset.height, total: logs.count * 2) {
            prompt = .logs(view)
            return []
        }
        switch key {
        case .enter where logs.indices.contains(view.cursor):
            prompt = nil
            turnLog(to: view.cursor)
            show(.log)
        case .character("a"): prompt = .palette(LineEditor("log open ", history: paletteHistory))
        case .character("d"), .delete:
            let effects = closeLog(view.cursor)
            prompt = logs.isEmpty ? nil : .logs(ListView(cursor: min(view.cursor, logs.count - 1)))
            return effects
        case .escape, .character("q"), .control("c"): prompt = nil
        case _: break
        }
        return []
    }

    func drawLogs(_ view: ListView, in frame: inout Frame) {
        let rows = logs.indices.flatMap { place -> [Row] in
            let log = logs[place]
            let isHere = place == view.cursor
            let book = place == logInView ? incident.log : log.book
            let lines = book.map { words("\($0.lineCount) lines") } ?? ""
            let (state, role): (Phrase, Role) =
                switch log.state {
                case .opening: ("opening", .muted)
                case .ended: ("ended: there will be no more lines", .muted)
                case .following: (book?.notice.map { Phrase(said: $0) } ?? "following", .ok)
                case .trouble(let sentence): (Phrase(said: sentence), .permanent)
                }
            let unseen = words(log.unseen > 0 ? "+\(log.unseen) new" : place == logInView ? "in view" : "")
            return [
                Row(
                    [Span(isHere ? "> " : "  ", .hintKey), Span(PrintableText(untrusted: log.source))],
                    trailing: [Span(PrintableText(untrusted: [unseen, lines].joined(separator: "   ")), .muted)],
                    isSelected: isHere),
                Row([
                    Span("    "),
                    Span(PrintableText(untrusted: "\(words(state))   \(book?.index.formatName ?? "")"), role),
                ]),
            ]
        }
        drawSheet(
            words("Logs"), trailing: words("\(logs.count) followed"), rows, offset: max(0, view.cursor * 2 - 4),
            in: &frame)
    }
}
