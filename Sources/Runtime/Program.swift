import Canvas
import Dashboard
import MailVocabulary
import SMTP

/// The loop: events in, one batch reduced, effects run, at most one frame drawn. Runs on the thread that owns the screen.
public final class Program {
    /// After so long with what came by itself, the keys are looked at again: a log that floods in makes no key wait.
    static let turn = Duration.milliseconds(5)

    /// Keys are drawn at once; what comes by itself at most this often.
    public static let backgroundFrame = Duration.milliseconds(50)

    /// Terminals take no more of a clipboard; the file has it all.
    static let mostCopied = 74_000

    private var dashboard: Dashboard
    private let screen: any Screen
    private let engines: Engines
    private let mailbox: Mailbox
    private let runner: EffectRunner
    private var drawn: Frame?
    private var drawnAt = Duration.zero
    private var isDirty = false
    private var isEnding = false

    /// - Parameter mailbox: Its wake function must make `screen.wait` return `.woken`.
    public init(_ dashboard: Dashboard, screen: any Screen, engines: Engines, mailbox: Mailbox) {
        (self.dashboard, self.screen, self.engines, self.mailbox) = (dashboard, screen, engines, mailbox)
        runner = EffectRunner(engines, mailbox: mailbox)
    }

    /// Runs until the operator quits, the terminal goes or a signal asks for the end.
    ///
    /// - Parameters:
    ///   - start: What has to be done at the start, from the state; done after the first frame.
    ///   - finish: What has to be tidied up, whatever ended the program.
    /// - Returns: The signal that ended it, if one did, and the state as it was then.
    public func run(
        start: (inout Dashboard) -> [Effect], finish: () -> Void = {}
    ) -> (signal: Int32?, dashboard: Dashboard) {
        let effects = start(&dashboard)
        present()
        effects.forEach(perform)
        runner.learn()
        runner.watch(theme: dashboard.settings.themeName)
        var signal: Int32?
        var isHungUp = false
        while !isEnding {
            let events = screen.wait(upTo: patience)
            // Not the `reduce` of below: that time has passed is no reason to draw.
            dashboard.reduce(.ticked(now: engines.now())).forEach(perform)
            var isUrgent = false
            for event in events {
                switch event {
                case .key(let key):
                    isUrgent = true
                    reduce(.pressed(key))
                case .resized:
                    isUrgent = true
                    reduce(.resized(screen.size))
                case .woken: break
                case .terminated(let number):
                    signal = number
                    isEnding = true
                case .hungUp:
                    isHungUp = true
                    isEnding = true
                }
            }
            takeTurn()
            if events.isEmpty, !mailbox.hasFlood { isDirty = true }  // the clock on the screen
            if isDirty, isUrgent || engines.now() - drawnAt >= Self.backgroundFrame { present() }
        }
        runner.stop()
        // A terminal that goes away sends more than one signal: tidy up while they are still caught. Otherwise the operator gets
        // the terminal back first.
        let isForced = signal != nil || isHungUp
        if isForced { finish() }
        screen.close()
        if !isForced { finish() }
        return (signal, dashboard)
    }

    /// How long to wait: for the frame that is due, or for the clock on the screen, or for ever.
    private var patience: Duration? {
        if mailbox.hasFlood { return .zero }
        if isDirty { return max(.zero, Self.backgroundFrame - (engines.now() - drawnAt)) }
        return dashboard.nextTick
    }

    /// Reduces what has come; of a flood as much as keys and everything else may wait for.
    private func takeTurn() {
        for action in mailbox.take() { take(action) }
        let began = engines.now()
        while engines.now() - began < Self.turn, let action = mailbox.takeFlood() { take(action) }
    }

    private func take(_ action: Action) {
        reduce(action)
        if case .themeChanged(let name) = action { use(name) }
        if case .happened(let session, let event) = action, case .closed = event.fact {
            runner.forget(session: session)
        }
    }

    private func reduce(_ action: Action) {
        isDirty = true
        dashboard.reduce(action).forEach(perform)
    }

    private func perform(_ effect: Effect) {
        switch effect {
        case .quit: isEnding = true
        case .suspend:
            screen.suspend()
            reduce(.resized(screen.size))
        case .redraw: screen.redraw()
        case .useTheme(let name): use(name)
        case .useMouse(let isOn): screen.reportsMouse = isOn
        case .copy(let text):
            let bytes = Array(text.utf8.prefix(Self.mostCopied))
            screen.copy(base64: String(decoding: Base64.encode(bytes), as: UTF8.self))
            runner.run(effect)
        case .examineHealth, .converse, .survey, .locate, .burst, .endBurst, .order, .ask, .askBeside, .spell,
            .findLogs, .fetchPolicy, .follow, .unfollow, .askLog, .stopAsking,
            .export, .readBounce, .listSaved, .reopen, .replay:
            runner.run(effect)
        }
    }

    private func use(_ name: String) {
        do {
            let theme = try engines.theme(name)
            screen.use(theme)
            runner.watch(theme: name)
            reduce(.themed(name: theme.name, theme.glyphs))
        } catch {
            reduce(.failed("\(error)"))
        }
    }

    private func present() {
        let frame = dashboard.frame
        if frame != drawn { screen.present(frame) }
        (drawn, drawnAt, isDirty) = (frame, engines.now(), false)
    }
}
