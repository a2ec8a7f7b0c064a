import Canvas
import MailVocabulary
import SMTP
import Triage

/// The three rows around the panes: title, message or prompt, hints.
extension Dashboard {
    var titleRow: Row {
        var spans = [Span(" " + say(settings.isDemo ? "Porthole demo" : "Porthole"), .title)]
        func add(_ text: PrintableText, _ role: Role = .text) { spans += [Span("  "), Span(text, role)] }
        if let session = incident.session {
            let name = session.host ?? session.plan.target.name
            add(PrintableText(untrusted: "\(name):\(session.remote?.port ?? session.plan.target.port)"))
            if size.columns >= 100, let remote = session.remote, remote.address.description != name {
                add(PrintableText(untrusted: remote.address.description), .muted)
            }
            if let tls = session.tls {
                add(PrintableText(untrusted: tls.version), .wireTLS)
            } else if session.isOpen {
                add(say("in clear"), .muted)
            }
        } else if let target = settings.target {
            add(PrintableText(untrusted: target.typed), .muted)
        }
        if size.columns >= 100, walkthrough?.isVisible == true { add(say("WALKTHROUGH"), .badge) }
        var trailing: [Span] = []
        let sent = incident.sessions.reduce(0) { $0 + $1.messagesAccepted }
        if sent > 0 { trailing.append(Span(say("SENT \(sent)") + "  ", .modeSend)) }
        if let repetition { trailing.append(Span(say("EVERY \(repetition.every.brief)") + "  ", .badge)) }
        if let retryTimer {
            trailing.append(Span(say("AGAIN IN \(RetryTimer.clock(retryTimer.due - now))") + "  ", .badge))
        }
        if isSavedInView { trailing.append(Span(say("SAVED") + "  ", .badge)) }
        if isPrivate { trailing.append(Span(say("PRIVATE") + "  ", .modePrivate)) }
        trailing.append(Span(settings.isReadOnly ? say("READ-ONLY") + " " : stopWords, .modeRehearse))
        if settings.showsClock, let session = incident.session, session.isOpen, !isSavedInView {
            let seconds = Int((now - sessionBegan).components.seconds)
            let clock = "\(seconds / 600 % 10)\(seconds / 60 % 10):\(seconds % 60 / 10)\(seconds % 10) "
            trailing.append(Span(" " + PrintableText(untrusted: clock), .muted))
        }
        return Row(spans, trailing: trailing)
    }

    /// The session in view was read from a file, or is played from one.
    var isSavedInView: Bool { incident.current.map { reopened.contains($0) || replays.contains($0) } ?? false }

    /// Where a run stops by itself.
    private var stopWords: PrintableText { "STOP AT " + PrintableText(untrusted: settings.stopAfter.rawValue) + " " }

    /// The message, or the prompt that has the keys.
    func drawMessage(_ rect: Rect, in frame: inout Frame) {
        switch prompt {
        case .smtp(let editor):
            let secret = isSecret(editor.line)
            let shown = Redaction.shown(editor.line, isSecret: secret)
            drawPrompt(
                "C> ", shown, at: shown == editor.line ? editor.cursor : shown.count, hint: nextStepHint, rect, &frame)
        case .palette(let editor):
            drawPalette(editor, above: rect, in: &frame)
            drawPrompt(":", editor.line, at: editor.cursor, hint: paletteHint(editor.line), rect, &frame)
        case .search(let editor, _, _):
            drawPrompt("/", editor.line, at: editor.cursor, hint: "", rect, &frame)
        case .filter(let editor, _):
            let count = words("\(visibleLogLines.count) lines")
            drawPrompt(say("filter:") + " ", editor.line, at: editor.cursor, hint: count, rect, &frame)
        case .options, .password, .proxyPassword, .confirmLogin, .matrix, .burst, .logs, .asked, .report, .saved,
            .comparison, .deviations, .start, .sheet, .confirmBurst, .confirmName,
            .confirmSending, .confirmQuit, .help, nil:
            guard let notice else { return }
            let role: Role
            switch notice.tone {
            case .plain, .waiting: role = .text
            case .good: role = .ok
            case .bad: role = .error
            }
            frame.draw(
                Row([Span(" " + say(notice.phrase), role)]), at: rect.y, x: 0, width: rect.width)
        }
    }

    private func drawPrompt(
        _ label: PrintableText, _ line: String, at cursor: Int, hint: String, _ rect: Rect, _ frame: inout Frame
    ) {
        let room = max(4, rect.width - label.width - 2)
        let (text, column) = LineEditor.window(line, cursor: cursor, of: room)
        var trailing: [Span] = []
        let hint = PrintableText(untrusted: hint)
        if text.width + hint.width + 4 <= room { trailing = [Span(hint, .muted)] }
        frame.draw(
            Row([Span(label, .prompt), Span(text)], trailing: trailing), at: rect.y, x: rect.x + 1,
            width: rect.width - 2)
        frame.cursor = Frame.Position(x: min(rect.x + 1 + label.width + column, rect.maxX - 1), y: rect.y)
    }

    private var nextStepHint: String {
        if incident.session?.isInDataMode == true { return words("message text; a line with only . ends it") }
        guard let suggestion = incident.session?.suggestion else { return words("Esc closes") }
        return words("Enter on an empty line: \(suggestion.line)")
    }

    private func paletteHint(_ line: String) -> String {
        if let (command, _) = Palette.match(line) { return "\(command.argument)  \(words(command.help))" }
        return ""
    }

    /// The hints for the focused pane, from the table of keys; what does not fit is left out, not cut.
    var hintRow: Row {
        var spans: [Span] = [Span(" ")]
        var width = 1
        func add(_ key: Phrase, _ label: Phrase) {
            let key = say(key)
            let label = say(label)
            let needed = key.width + label.width + 3
            guard width + needed <= size.columns else { return }
            spans += [Span(key, .hintKey), Span(" " + label + "  ", .muted)]
            width += needed
        }
        switch prompt {
        case .smtp:
            [("Enter", "send"), ("Up", "history"), ("Ctrl-C", "cut waiting short"), ("Esc", "close")].forEach(add)
        case .palette:
            [("Tab", "complete"), ("Up", "history"), ("Ctrl-R", "search"), ("Enter", "run"), ("Esc", "cancel")]
                .forEach(add)
        case .search, .filter: [("Enter", "keep"), ("Esc", "cancel")].forEach(add)
        case .options:
            [
                ("Tab", "field"), ("PgDn", "page"), ("Space", "choose"), ("Enter", "run"), ("Ctrl-O", "keep"),
                ("Esc", "cancel"),
            ]
            .forEach(add)
        case .password, .proxyPassword: [("Enter", "use"), ("Ctrl-U", "clear"), ("Esc", "do not connect")].forEach(add)
        case .confirmLogin: [("A", "allow"), ("Esc", "do not connect")].forEach(add)
        case .deviations: [("Enter", "bytes"), ("Esc", "close")].forEach(add)
        case .saved:
            [("Enter", "open"), ("p", "replay"), ("c", "compare"), ("/", "filter"), ("Esc", "close")].forEach(add)
        case .comparison: [("Up Down", "scroll"), ("Esc", "close")].forEach(add)
        case .report: [("Tab", "format"), ("Ctrl-P", "names"), ("Enter", "write"), ("Esc", "cancel")].forEach(add)
        case .sheet(let id, _): (Sheet[id].hints + [("Esc", "close")]).forEach(add)
        case .logs:
            [("Enter", "show"), ("a", "add"), ("d", "no longer follow"), ("Esc", "close")].forEach(add)
        case .asked: [("Enter", "lines"), (":", "ask again"), ("Esc", "close")].forEach(add)
        case .matrix:
            [("Enter", "open"), ("r", "ask again"), ("PgDn", "differences"), ("x", "export"), ("Esc", "close")].forEach(
                add)
        case .burst:
            [("Ctrl-C", "stop"), ("r", "again"), ("e", "edit"), ("Esc", "close")].forEach(add)
        case .confirmBurst: [("S", "send"), ("Esc", "do not send")].forEach(add)
        case .confirmName: [("Enter", "send"), ("Esc", "do not send")].forEach(add)
        case .start: [("Enter", "choose"), ("1-6", "question"), ("?", "help"), ("q", "quit")].forEach(add)
        case .confirmSending: [("S", "send"), ("R", "rehearse"), ("Esc", "do not send")].forEach(add)
        case .confirmQuit: [("q", "quit"), ("Esc", "stay")].forEach(add)
        case .help: [("Up Down", "scroll"), ("Esc", "close")].forEach(add)
        case nil:
            for (key, label) in paneHints { add(key, label) }
        }
        return Row(spans)
    }
}

extension Dashboard {
    /// The hints of the focused pane; the last three are never the ones that do not fit.
    private var paneHints: [(Phrase, Phrase)] {
        let table = keyMap
        let entries = table.filter { entry in
            if entry.label.isEmpty || (entry.intent == .send && settings.isReadOnly) { return false }
            // A key that would do nothing is not offered.
            if entry.intent == .probe, explanation.flatMap({ proposedStep(of: $0.explanation) }) == nil { return false }
            return entry.panes.isEmpty
                ? KeyMap.intent(for: entry.key, in: focus, of: table) == entry.intent : entry.panes.contains(focus)
        }
        let ends: Set<Intent> = [.palette, .help, .quit]
        let last = entries.filter { ends.contains($0.intent) }
        func width(_ entry: KeyMap.Entry) -> Int { entry.name.utf8.count + say(entry.label).width + 3 }
        var room = size.columns - 10 - last.reduce(0) { $0 + width($1) }
        var hints: [(Phrase, Phrase)] = [("1-4", "go")]
        for entry in entries where !ends.contains(entry.intent) {
            guard width(entry) <= room else { break }
            room -= width(entry)
            hints.append((Phrase(quoting: entry.name), entry.label))
        }
        return hints + last.map { (Phrase(quoting: $0.name), $0.label) }
    }
}
