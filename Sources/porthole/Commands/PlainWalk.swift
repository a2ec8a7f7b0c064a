import Assets
import Canvas
import Dashboard
import Dispatch
import MailVocabulary
import Runtime
import SMTP
import Triage

/// A walkthrough line by line: the dashboard's state and engines without its screen.
final class PlainWalk {
    private var dashboard: Dashboard
    private let engines: Engines
    private let mailbox: Runtime.Mailbox
    private let runner: EffectRunner
    private let news = DispatchSemaphore(value: 0)
    private let mayAsk: Bool
    private let maySend: Bool
    private let secrets: SessionSecrets
    /// How often, a quarter of a second each, the log is still waited for.
    private var logPatience = 20
    private let words = InterfaceAssets.words
    private let language: Language
    /// Longer than any limit of an engine: nothing comes after it.
    private static let patience = DispatchTimeInterval.seconds(700)

    /// - Parameters:
    ///   - mayAsk: There is somebody at a terminal to be asked.
    ///   - maySend: The test message may really be sent.
    ///   - secrets: What the settings' login and proxy want, and with it the leave to use it as the settings say.
    init(
        _ settings: Settings, _ view: ViewOptions, _ site: DashboardSession.Site, mayAsk: Bool, maySend: Bool,
        secrets: SessionSecrets
    ) {
        (self.mayAsk, self.maySend, self.secrets) = (mayAsk, maySend, secrets)
        language = view.lang ?? .preferred
        var settings = settings
        settings.language = language
        dashboard = Dashboard(settings: settings, size: Size(columns: 80, rows: 24), words: words)
        let live = LiveEngines(
            server: site.server, caFile: site.caFile, transcripts: Folders.sessions, trusting: site.anchors)
        engines = live.engines(since: .now)
        let news = news
        mailbox = Runtime.Mailbox { news.signal() }
        runner = EffectRunner(engines, mailbox: mailbox)
        dashboard.catalogue = CatalogueChoice.reading().catalogue
    }

    /// Walks to the end, or as far as it goes.
    func run(_ start: (inout Dashboard) -> [Effect]) -> ExitStatus {
        start(&dashboard).forEach(runner.run)
        guard let procedure = dashboard.walkthrough?.procedure else { return .internalFault }
        Output.line(say(procedure.title))
        var told: Int?
        while let walk = dashboard.walkthrough, let step = walk.step {
            if told != walk.position { tell(step, walk) }
            told = walk.position
            takeNews()
            if dashboard.prompt != nil, !answerPrompt() { continue }
            switch step.judge(dashboard.incident) {
            case .conclude(let outcome):
                // A log is written a moment after the reply: what it does not say yet is not a verdict.
                if outcome.verdict != .passed, isLogLate() { continue }
                tell(outcome, step)
                press(.character("n"))
            case .need(let requests): supply(requests)
            }
        }
        runner.stop()
        tellEnd()
        return status
    }

    /// Waits for more of the log, a few seconds in all, while it does not know the message that the server took.
    private func isLogLate() -> Bool {
        let incident = dashboard.incident
        guard incident.log != nil, incident.acceptedMessage != nil, incident.messageInLog == nil,
            incident.foreignMessage == nil, logPatience > 0
        else { return false }
        logPatience -= 1
        _ = news.wait(timeout: .now() + .milliseconds(250))
        return true
    }

    // MARK: what a step needs

    /// Answers a dialog that a step has opened, or leaves the step out.
    /// - Returns: true when the step may go on.
    private func answerPrompt() -> Bool {
        if case .confirmSending = dashboard.prompt, maySend {
            dashboard.reduce(.ticked(now: engines.now() + .seconds(1))).forEach(runner.run)
            press(.character("S"))
            return true
        }
        if answerLogin() { return true }
        let why: Phrase
        switch dashboard.prompt {
        case .confirmSending: why = "nothing is sent without --send"
        case .palette: why = "who is said to have written? --sender ADDRESS"
        case _: why = "the dashboard would ask here"
        }
        press(.escape)
        leaveOut(why)
        return false
    }

    /// Answers the questions of a login with what the command line gave.
    private func answerLogin() -> Bool {
        switch dashboard.prompt {
        case .confirmLogin where secrets.login != nil:
            dashboard.reduce(.ticked(now: engines.now() + .seconds(1))).forEach(runner.run)
            press(.character("A"))
        case .password, .proxyPassword:
            let effects = dashboard.answer(with: secrets)
            if effects.isEmpty { return false }
            effects.forEach(runner.run)
        case _: return false
        }
        return true
    }

    private func supply(_ requests: [WalkthroughStep.Request]) {
        if requests.contains(.chooseLog), dashboard.logs.isEmpty { return leaveOut("no log was given: --log PATH") }
        for case .ask(let question) in requests {
            guard mayAsk else { return leaveOut("nobody can be asked here") }
            Output.ask("  " + say(question) + " [y/n] ")
            guard let answer = readLine(), let first = answer.lowercased().first, first == "y" || first == "n" else {
                return leaveOut("not answered")
            }
            return press(.character(first == "y" ? "y" : "N"))
        }
        press(.character("n"))
        guard dashboard.prompt == nil else { return }
        guard news.wait(timeout: .now() + Self.patience) == .success else { return leaveOut("no answer came") }
        takeNews()
    }

    private func leaveOut(_ why: Phrase) {
        Output.line("  - " + say(why))
        press(.character("s"))
    }

    private func takeNews() {
        for action in mailbox.take() { dashboard.reduce(action).forEach(runner.run) }
        while let action = mailbox.takeFlood() { dashboard.reduce(action).forEach(runner.run) }
    }

    private func press(_ key: Key) {
        dashboard.reduce(.pressed(key)).forEach(runner.run)
    }

    // MARK: telling

    private func tell(_ step: WalkthroughStep, _ walk: Walkthrough) {
        let plan = dashboard.incident.main?.plan ?? dashboard.settings.plan
        Output.line("")
        Output.line("\(walk.position + 1)/\(walk.procedure.steps.count) \(say(step.goal))")
        if let plan { tell("does", step.command(dashboard.incident, plan)) }
        tell("expected", step.expected)
    }

    private func tell(_ outcome: WalkthroughStep.Outcome, _ step: WalkthroughStep) {
        tell("observed", outcome.observed)
        let sign: Phrase =
            switch outcome.verdict {
            case .passed: "passed"
            case .warning: "attention"
            case .failed: "failed"
            }
        tell("verdict", "\(sign): \(outcome.reading)")
        guard outcome.verdict != .passed else { return }
        for cause in outcome.causes { tell("likely", cause) }
        if let catalogue = dashboard.catalogue,
            let query = outcome.subject.flatMap({ dashboard.incident.query(for: $0) })
        {
            for cause in catalogue.explain(query, in: language).causes.prefix(3) {
                tell("likely", Phrase(quoting: cause.text))
            }
        }
        for remedy in step.remedies(after: outcome, dashboard.incident) { tell("next", remedy.text) }
    }

    private func tellEnd() {
        guard let summary = dashboard.walkthroughSummary else { return }
        Output.line("")
        if let decisive = summary.decisive {
            tell("look at", "\(decisive.step.label): \(decisive.outcome.observed)")
        } else if summary.verdict == .passed {
            tell("verdict", "everything that was tried went well")
        }
    }

    private func tell(_ label: Phrase, _ text: Phrase) {
        let label = PrintableText(untrusted: words.text(label, in: language)).padded(to: 10).plain
        Output.line("  \(label) \(say(text))")
    }

    /// In the language, safe to show.
    private func say(_ phrase: Phrase) -> String { PrintableText(untrusted: words.text(phrase, in: language)).plain }

    /// What the walk means for a script: the session's own end when a step failed for it.
    private var status: ExitStatus {
        guard let summary = dashboard.walkthroughSummary, summary.verdict == .failed else { return .done }
        guard let session = dashboard.incident.main else { return .protocolViolation }
        let status = ExitStatus(session)
        return status == .done ? .protocolViolation : status
    }
}
