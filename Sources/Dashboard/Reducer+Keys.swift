import Canvas
import DNS
import MailVocabulary
import SMTP
import Triage

/// The keyboard's side of the reducer, when no prompt has the keys.
extension Dashboard {
    mutating func pressed(_ key: Key) -> [Effect] {
        if prompt != nil { return pressedInPrompt(key) }
        switch key {
        case .paste:
            notice = Notice("pasted text is only taken by a prompt: c for a command, E for a reply")
            return []
        case .mouse(let button, let column, let row, let isPressed):
            if isPressed { point(button, column: column, row: row) }
            return []
        case .focusGained, .focusLost:
            return []
        case .character, .control, .alt, .enter, .tab, .backTab, .backspace, .delete, .insert, .escape, .up, .down,
            .left,
            .right, .home, .end, .pageUp, .pageDown, .function:
            break
        }
        guard let intent = KeyMap.intent(for: key, in: focus, of: keyMap) else { return [] }
        return perform(intent)
    }

    /// Does what a key or a `:` command means.
    mutating func perform(_ intent: Intent) -> [Effect] {
        switch intent {
        case .quit: return quit()
        case .help: prompt = .help(offset: 0)
        case .palette: prompt = .palette(LineEditor(history: paletteHistory))
        case .interrupt: return interrupt()
        case .suspend: return [.suspend]
        case .redraw: return [.redraw]
        case .back: back()
        case .nextPane: moveFocus(by: 1)
        case .previousPane: moveFocus(by: -1)
        case .pane(let pane): show(pane)
        case .zoom: isZoomed.toggle()
        case .cycleLayout: cycleLayout()
        case .up, .down, .left, .right, .pageUp, .pageDown, .first, .last: move(intent)
        case .open: return open()
        case .connect: return startSession()
        case .run: return run()
        case .runAnew: return startSession(upTo: settings.stopAfter)
        case .matrix: return openMatrix()
        case .overview: return open(.overview)
        case .walkthroughs: return open(.walkthroughs)
        case .health: return open(.health)
        case .preferences: return open(.preferences)
        case .nextFinding: return jump(by: 1)
        case .previousFinding: return jump(by: -1)
        case .copy: return copySelection()
        case .burst: return openBurst()
        case .keepWaiting: return orderWaiting(.keepWaiting)
        case .stopWaiting: return orderWaiting(.stopWaiting)
        case .saved: return openSaved()
        case .compare: compareWithPrevious()
        case .deviations: openDeviations()
        case .previousRun: turnRun(by: -1)
        case .nextRun: turnRun(by: 1)
        case .command: typeCommand()
        case .send: return askToSend()
        case .goodbye: return order(.quit)
        case .drop: return order(.drop)
        case .walk: return toggleWalkthrough()
        case .edit: prompt = .options(OptionsForm(settings))
        case .names:
            show(.exchangers)
            return examineAgain() + examineEvidence()
        case .anyName: prompt = .palette(LineEditor("dns ", history: paletteHistory))
        case .explainLine: return explainLine()
        case .explain: prompt = .palette(LineEditor("explain ", history: paletteHistory))
        case .logLines: showOwnLogLines()
        case .probe: return probe()
        case .search: prompt = .search(LineEditor(pane(focus).search), focus, before: pane(focus))
        case .searchNext: find(forward: true)
        case .searchPrevious: find(forward: false)
        case .cycleFilter: cycleFilter()
        case .typedFilter: prompt = .filter(LineEditor(filterText), before: logFilter)
        case .pause:
            select(pane(.log).cursor == nil ? visibleLogLines.count - 1 : nil, in: .log)
        case .nextLog: turnToNextLog()
        case .export: return openReport()
        case .privacy: togglePrivacy()
        case .otherLanguage: showsOtherLanguage.toggle()
        case .theme: return nextTheme()
        case .rawBytes: showsRawBytes.toggle()
        case .openLog: prompt = .palette(LineEditor("log open ", history: paletteHistory))
        case .walkNext: return walkOn()
        case .walkBack: return walkBack()
        case .walkSkip: return walkSkip()
        case .walkAgain: return walkAgain()
        case .walkYes: return walkAnswer(true)
        case .walkNo: return walkAnswer(false)
        case .walkOffer(let place): return walkOffer(place)
        }
        return []
    }

    mutating func quit() -> [Effect] {
        guard let session = incident.session, session.isOpen,
            session.isInDataMode || (session.isWaiting && session.stage == .endOfData)
        else { return [.quit] }
        prompt = .confirmQuit
        return []
    }

    /// Ctrl-C: cuts the waiting short; with nothing to cut, twice within 2 s quits.
    private mutating func interrupt() -> [Effect] {
        if let index = incident.current, incident.sessions[index].isOpen,
            incident.sessions[index].isWaiting
        {
            return [.order(session: index, .drop)]
        }
        if let at = interruptedAt, now - at < .seconds(2) { return [.quit] }
        interruptedAt = now
        notice = Notice("again within 2 s to quit")
        return []
    }

    /// `K` and `W`: only where something is waited for.
    private mutating func orderWaiting(_ wish: SessionOrder) -> [Effect] {
        guard incident.session?.isWaiting == true else {
            notice = Notice("no reply is waited for", .bad)
            return []
        }
        if notice?.tone == .waiting { notice = nil }
        return order(wish)
    }

    private mutating func back() {
        if isZoomed {
            isZoomed = false
        } else if isReadingTranscript {
            isReadingTranscript = false
            panes[.session]?.cursor = nil
        } else if explained != nil, incident.session != nil {
            explained = nil
        } else if focus == .walkthrough {
            _ = toggleWalkthrough()
        } else {
            panes[focus]?.cursor = nil
            panes[focus]?.search = ""
            notice = nil
        }
    }

    private mutating func moveFocus(by step: Int) {
        let order = focusOrder
        guard let index = order.firstIndex(of: focus) else { return show(.session) }
        show(order[(index + step + order.count) % order.count])
    }

    /// The panes that Tab visits.
    private var focusOrder: [PaneID] {
        let panes: [PaneID] = [.session, .explanation, .exchangers, .log]
        return walkthrough?.isVisible == true ? panes + [.walkthrough] : panes
    }

    /// Brings a pane into sight and gives it the keys.
    mutating func show(_ pane: PaneID) {
        focus = pane
        badges[pane] = nil
        if pane != .session, pane != .walkthrough { secondary = pane }
        if pane == .session, layout.kind == .narrow, walkthrough?.isVisible == true { walkthrough?.isVisible = false }
    }

    private mutating func cycleLayout() {
        let choices: [LayoutChoice?] = [nil, .narrow, .medium, .wide]
        let index = choices.firstIndex(of: layoutChoice) ?? 0
        layoutChoice = choices[(index + 1) % choices.count]
        notice = Notice(layoutChoice.map { "layout: \($0.rawValue)" } ?? "layout: by size")
    }

    private mutating func typeCommand() {
        guard incident.session?.isOpen == true else {
            notice = Notice("no connection is open: r connects and runs, o only connects", .bad)
            return
        }
        prompt = .smtp(LineEditor(history: smtpHistory))
    }

    private mutating func showOwnLogLines() {
        guard incident.log != nil else {
            notice = Notice("no log is open: type :log open PATH, or start with --log PATH", .bad)
            return
        }
        logFilter = incident.messageTrace != nil ? .message : .connection
        remarkLines()
        panes[.log] = nil
        show(.log)
        if markedLines.isEmpty {
            notice = Notice("nothing about our connection in this log so far", .bad)
        }
    }

    private mutating func cycleFilter() {
        switch logFilter {
        case .all: logFilter = .connection
        case .connection: logFilter = incident.messageTrace == nil ? .all : .message
        case .message, .text: logFilter = .all
        }
        panes[.log] = nil
        remarkLines()
    }

    private var filterText: String { if case .text(let text) = logFilter { text } else { "" } }

    private mutating func nextTheme() -> [Effect] {
        let names = settings.themeNames
        guard !names.isEmpty else { return [] }
        let index = names.firstIndex(of: settings.themeName) ?? -1
        return [.useTheme(names[(index + 1) % names.count])]
    }
}

extension SessionRecord {
    /// The server said 354: what is typed is message text until the dot.
    var isInDataMode: Bool { progress.isDataOpen }

    /// The last thing that went out was of an AUTH.
    var followsAuthentication: Bool {
        let last = events.last { if case .sent = $0.fact { true } else { false } }
        guard case .sent(let stage, let line, _)? = last?.fact else { return false }
        return stage == .authenticate || line == Redaction.mark
    }

    /// The server's latest word was a 334: what is typed answers it and is a secret.
    var isAnsweringChallenge: Bool {
        guard isOpen, !isWaiting, let latestReplyEvent,
            case .received(let reply, _, _, _, _) = events[latestReplyEvent].fact
        else { return false }
        return reply.code == 334
    }
}
