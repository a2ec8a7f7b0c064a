import Canvas
import Dashboard
import Dispatch
import MailVocabulary
import SMTP
import Triage

/// A walkthrough line by line: the dashboard's state and engines without its screen.
final class PlainWalk {
    private let headless: HeadlessDashboard
    private let mayAsk: Bool
    private let maySend: Bool
    private let secrets: SessionSecrets
    /// How long a log that has said all says nothing.
    private static let logQuiet = DispatchTimeInterval.milliseconds(800)
    /// How long that is waited for: the log of a busy gateway never is quiet.
    private static let logPatience = Duration.seconds(5)
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
        headless = HeadlessDashboard(settings, view, site)
    }

    private var dashboard: Dashboard { headless.state }

    /// Walks to the end, or as far as it goes.
    func run(_ start: (inout Dashboard) -> [Effect]) -> ExitStatus {
        headless.perform(start)
        guard let procedure = dashboard.walkthrough?.procedure else { return .internalFault }
        Output.line(say(procedure.title))
        var told: Int?
        while let walk = dashboard.walkthrough, let step = walk.step {
            if told != walk.position { tell(step, walk) }
            told = walk.position
            headless.takeNews()
            if dashboard.prompt != nil, !answerPrompt() { continue }
            if step.readsLog { awaitLog() }
            switch step.judge(dashboard.incident) {
            case .conclude(let outcome):
                tell(outcome, step)
                press(.character("n"))
            case .need(let requests): supply(requests)
            }
        }
        headless.stop()
        tellEnd()
        return status
    }

    /// A log is written a moment after the reply, and what it does not say yet is no verdict: waits until it has been quiet for a
    /// while, and somewhat longer for the end of a message that the server took.
    private func awaitLog() {
        let end = headless.now + Self.logPatience
        while headless.now < end, dashboard.incident.log != nil {
            let isQuiet = !headless.wait(upTo: Self.logQuiet)
            headless.takeNews()
            let isMissing =
                dashboard.incident.acceptedMessage != nil && dashboard.incident.messageInLog == nil
                && dashboard.incident.foreignMessage == nil
            if isQuiet, !isMissing { return }
        }
    }

    // MARK: what a step needs

    /// Answers a dialog that a step has opened, or leaves the step out.
    /// - Returns: true when the step may go on.
    private func answerPrompt() -> Bool {
        if case .confirmSending = dashboard.prompt, maySend {
            headless.tick(ahead: .seconds(1))
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
            headless.tick(ahead: .seconds(1))
            press(.character("A"))
        case .password, .proxyPassword:
            return headless.perform { $0.answer(with: secrets) }
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
        guard headless.wait(upTo: Self.patience) else { return leaveOut("no answer came") }
        headless.takeNews()
    }

    private func leaveOut(_ why: Phrase) {
        Output.line("  - " + say(why))
        press(.character("s"))
    }

    private func press(_ key: Key) { headless.press(key) }

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
            for cause in catalogue.explain(query, in: headless.language).causes.prefix(3) {
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

    private func tell(_ label: Phrase, _ text: Phrase) { Output.line("  \(headless.label(label)) \(say(text))") }

    private func say(_ phrase: Phrase) -> String { headless.say(phrase) }

    /// What the walk means for a script: the session's own end when a step failed for it.
    private var status: ExitStatus {
        guard let summary = dashboard.walkthroughSummary, summary.verdict == .failed else { return .done }
        guard let session = dashboard.incident.main else { return .protocolViolation }
        let status = ExitStatus(session)
        return status == .done ? .protocolViolation : status
    }
}
