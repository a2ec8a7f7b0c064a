import Canvas
import DNS
import MailLog
import MailVocabulary
import SMTP
import Triage

/// The keyboard's side of the reducer while a prompt is open.
extension Dashboard {
    mutating func pressedInPrompt(_ key: Key) -> [Effect] {
        if key == .control("l") { return [.redraw] }
        if key == .control("z") { return [.suspend] }
        switch prompt {
        case .smtp(let editor): return pressed(key, smtp: editor)
        case .palette(let editor): return pressed(key, palette: editor)
        case .search(let editor, let pane, let before): return pressed(key, search: editor, in: pane, before: before)
        case .filter(let editor, let before): return pressed(key, filter: editor, before: before)
        case .options(let form): return pressed(key, options: form)
        case .password(let editor, let errand): return pressed(key, password: editor, errand)
        case .confirmLogin(let errand, let armedAt): return pressed(key, confirmLoginFrom: armedAt, errand)
        case .proxyPassword(let editor, let errand, let login):
            return pressed(key, proxyPassword: editor, errand, login: login)
        case .burst(let view): return pressed(key, burst: view)
        case .confirmBurst(let armedAt): return pressed(key, confirmBurstFrom: armedAt)
        case .confirmName(let editor, let deed): return pressed(key, confirmName: editor, deed)
        case .matrix(let view): return pressed(key, matrix: view)
        case .logs(let view): return pressed(key, logs: view)
        case .asked(let view): return pressed(key, asked: view)
        case .deviations(let view): return pressed(key, deviations: view)
        case .saved(let list): return pressed(key, saved: list)
        case .comparison(let view, let left, let right): return pressed(key, comparison: view, left, right)
        case .report(let form): return pressed(key, report: form)
        case .sheet(let id, let view): return pressed(key, sheet: id, view)
        case .start(let form): return pressed(key, start: form)
        case .confirmSending(let armedAt): return pressed(key, confirmSendingFrom: armedAt)
        case .confirmQuit:
            prompt = nil
            return key == .character("q") || key == .character("y") ? [.quit] : []
        case .help(let offset):
            pressed(key, helpAt: offset)
            return []
        case nil: return []
        }
    }

    // MARK: the session's command line

    /// What is typed after a 334 is a secret, whatever it looks like; and so is what is typed right after an AUTH that was refused,
    /// unless it is a command: the habit of pasting all lines of an AUTH knows no replies.
    func isSecret(_ line: String) -> Bool {
        guard let session = incident.session else { return false }
        if session.isAnsweringChallenge { return true }
        return session.followsAuthentication && CommandText.stage(of: line) == .other && !line.contains(" ")
    }

    private mutating func pressed(_ key: Key, smtp old: LineEditor) -> [Effect] {
        var editor = old
        switch key {
        case .escape:
            prompt = nil
            return []
        case .control("c"):
            if incident.session?.isWaiting == true { return perform(.interrupt) }
            prompt = nil
            return []
        case .enter:
            guard incident.session?.isOpen == true else {
                prompt = nil
                return order(.proceed)
            }
            if editor.isEmpty, incident.session?.isInDataMode != true { return proceed() }
            let isSecret = isSecret(editor.line) || Redaction.hasSecret(editor.line)
            let line = editor.submit(remember: !isSecret)
            smtpHistory = editor.history
            prompt = .smtp(editor)
            return order(.type(line))
        default:
            _ = editor.take(key)
            prompt = .smtp(editor)
            return []
        }
    }

    /// Sends the suggested next step; a step that would send a message asks first.
    private mutating func proceed() -> [Effect] {
        guard let suggestion = incident.session?.suggestion else {
            notice = Notice("no next step to suggest: type a command")
            return []
        }
        if suggestion.stage == .data || suggestion.stage == .endOfData { return askToSend() }
        return order(.proceed)
    }

    // MARK: `:`

    private mutating func pressed(_ key: Key, palette old: LineEditor) -> [Effect] {
        var editor = old
        switch key {
        case .escape, .control("c"):
            prompt = nil
            return []
        case .tab:
            editor.replace(with: Palette.completion(of: editor.line) ?? Palette.guess(for: editor.line))
            prompt = .palette(editor)
            return []
        case .enter:
            guard
                Palette.match(editor.line) != nil || editor.line[...].trimmed.isEmpty
                    || Palette.candidates(for: editor.line).isEmpty
            else {
                // Some letters of a name are not yet an order: Enter writes the name out, and runs it when pressed again.
                editor.replace(with: Palette.guess(for: editor.line))
                prompt = .palette(editor)
                return []
            }
            // A secret that was typed after :send is not remembered.
            let line = editor.submit(remember: !Redaction.hasSecret(editor.line.withoutFirstWord))
            paletteHistory = editor.history
            prompt = nil
            return run(palette: line)
        case .backspace where editor.isEmpty:
            prompt = nil
            return []
        default:
            _ = editor.take(key)
            prompt = .palette(editor)
            return []
        }
    }

    // MARK: search and filter

    private mutating func pressed(
        _ key: Key, search old: LineEditor, in pane: PaneID, before: PaneState
    ) -> [Effect] {
        var editor = old
        switch key {
        case .escape, .control("c"):
            panes[pane] = before
            panes[pane]?.search = ""
            (prompt, notice) = (nil, nil)
        case .enter:
            prompt = nil
            // The place was found while typing, unless nothing was typed anew.
            let isFound = editor.line == before.search ? find(forward: true) : isFound(in: pane)
            // The pane keeps the newest lines only: the whole file is asked for the others.
            if !isFound, pane == .log, !editor.isEmpty, shownLog?.isFile == true {
                return ask(.lines(editor.line), editor.line, onlyInView: true)
            }
        default:
            _ = editor.take(key)
            prompt = .search(editor, pane, before: before)
            panes[pane] = before
            panes[pane]?.search = editor.line
            if !editor.isEmpty { find(forward: true, fromHere: true) }
        }
        return []
    }

    private mutating func pressed(_ key: Key, filter old: LineEditor, before: LogFilter) -> [Effect] {
        var editor = old
        switch key {
        case .escape, .control("c"):
            prompt = nil
            logFilter = before
        case .enter:
            prompt = nil
            if editor.isEmpty { logFilter = .all }
        default:
            _ = editor.take(key)
            prompt = .filter(editor, before: before)
            logFilter = editor.isEmpty ? .all : .text(editor.line)
            panes[.log] = nil
        }
        remarkLines()
        return []
    }

    // MARK: the options

    private mutating func pressed(_ key: Key, options old: OptionsForm) -> [Effect] {
        var form = old
        switch form.take(key, settings) {
        case .cancelled:
            prompt = nil
            return []
        case .kept where form.apply(to: &settings):
            prompt = nil
            notice = Notice("kept: from the next session on")
            return examineTarget()
        case .run where form.apply(to: &settings):
            prompt = nil
            return startSession(upTo: settings.stopAfter)
        case .open, .kept, .run:
            prompt = .options(form)
            return []
        }
    }

    // MARK: the first start

    private mutating func pressed(_ key: Key, start old: StartForm) -> [Effect] {
        var form = old
        switch key {
        case .escape where form.editor.isEmpty, .control("c"):
            prompt = nil
            return []
        case .escape: form = StartForm()
        case .up: (form.choice, form.hasChosen) = (max(0, form.choice - 1), true)
        case .down: (form.choice, form.hasChosen) = (min(StartForm.choices.count - 1, form.choice + 1), true)
        case .character(let digit) where form.takesKeys && ("1"..."6").contains(digit):
            (form.choice, form.hasChosen) = (Int(digit.value) - 49, true)
        case .character("q") where form.takesKeys: return [.quit]
        case .character("?") where form.takesKeys:
            prompt = .help(offset: 0)
            return []
        case .enter: return choose(form)
        default: _ = form.editor.take(key)
        }
        prompt = .start(form)
        return []
    }

    private mutating func choose(_ form: StartForm) -> [Effect] {
        let text = form.editor.line
        switch form.choice {
        case 3:
            guard !text.isEmpty else {
                prompt = .palette(LineEditor("log open "))
                return []
            }
            prompt = nil
            focus = .log
            return run(palette: "log open \(text)")
        case 4:
            guard !text.isEmpty else {
                prompt = .palette(LineEditor("explain "))
                return []
            }
            prompt = nil
            return run(palette: "explain \(text)")
        case 5:
            // The built-in gateway is another site with another name server: its dashboard begins where this one ends.
            wantsDemo = true
            return [.quit]
        default:
            break
        }
        let command = form.choice == 1 ? "connect" : form.choice == 0 ? "walk" : "dns"
        guard !text.isEmpty else {
            notice = Notice("type a domain, a server or user@domain first")
            prompt = .start(form)
            return []
        }
        prompt = nil
        let effects = run(palette: "\(command) \(form.choice == 0 ? StartForm.domain(in: text) : text)")
        if effects.isEmpty, notice?.tone == .bad { prompt = .start(form) }
        return effects
    }

    // MARK: dialogs

    private mutating func pressed(_ key: Key, confirmSendingFrom armedAt: Duration) -> [Effect] {
        switch key {
        case .character("S"):
            guard now >= armedAt else { return [] }
            prompt = nil
            return order(.sendMessage)
        case .character("R"):
            prompt = nil
            return run()
        case .escape, .character("q"), .character("n"), .control("c"):
            prompt = nil
            notice = Notice("nothing was sent")
            return []
        default:
            return []
        }
    }

    private mutating func pressed(_ key: Key, helpAt offset: Int) {
        switch key {
        case .down, .character("j"): prompt = .help(offset: min(offset + 1, mostHelpOffset))
        case .up, .character("k"): prompt = .help(offset: max(0, offset - 1))
        case .pageDown, .character(" "): prompt = .help(offset: min(offset + 10, mostHelpOffset))
        case .pageUp: prompt = .help(offset: max(0, min(offset, mostHelpOffset) - 10))
        case .home, .character("g"): prompt = .help(offset: 0)
        case .end, .character("G"): prompt = .help(offset: mostHelpOffset)
        case .escape, .character("q"), .character("?"), .control("c"): prompt = nil
        default: break
        }
    }
}
