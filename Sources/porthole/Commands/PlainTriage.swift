import Canvas
import DNS
import Dashboard
import Dispatch
import MailVocabulary
import SMTP
import Triage

/// The live triage line by line: how the gateway stands, and each finding when it comes and when it is gone.
final class PlainTriage {
    private let headless: HeadlessDashboard
    private let repeats: Bool
    /// Told last, by label.
    private var lines: [Phrase: String] = [:]
    private var findings: [String] = []
    private var toldAt = Duration.zero
    /// No more often than this while lines pour into a log.
    private static let pause = Duration.seconds(2)
    /// With neither a repetition nor a log: how long names may still be looked up after the session's end.
    private static let patience = Duration.seconds(12)

    /// - Parameter repeats: The rehearsal is repeated; else there is one.
    init(_ settings: Settings, _ view: ViewOptions, _ site: DashboardSession.Site, repeats: Bool) {
        headless = HeadlessDashboard(settings, view, site)
        self.repeats = repeats
    }

    /// Tells until `limit` has passed; without one until it is stopped, or, with nothing left to wait for, until all is told.
    func run(for limit: Duration?, _ start: (inout Dashboard) -> [Effect]) -> ExitStatus {
        headless.perform(start)
        var settledAt: Duration?
        while limit.map({ headless.now < $0 }) ?? true {
            _ = headless.wait(upTo: .milliseconds(200))
            headless.takeNews()
            headless.tick()
            if headless.now - toldAt >= Self.pause || justConcluded { tell() }
            guard !repeats, headless.state.logs.isEmpty, isSettled else { continue }
            settledAt = settledAt ?? headless.now
            let areNamesKnown = headless.state.incident.examinations.values.allSatisfy(\.isFinished)
            if areNamesKnown || headless.now - (settledAt ?? .zero) > Self.patience { break }
        }
        tell()
        headless.stop()
        return headless.state.incident.session.map { ExitStatus($0) } ?? .done
    }

    /// A run has come to its end since it was told last.
    private var justConcluded: Bool {
        headless.state.repetition?.concluded.map { $0 != toldRun } ?? false
    }

    private var toldRun: Int?

    private var isSettled: Bool {
        guard let session = headless.state.incident.session else { return headless.state.settings.plan == nil }
        return session.closed != nil
    }

    private func tell() {
        (toldAt, toldRun) = (headless.now, headless.state.repetition?.concluded)
        headless.perform {
            $0.renewLogReading()
            return []
        }
        let stamp = WallClock.now
        for line in headless.state.overviewLines where repeats || line.label != "repeated" {
            let text = line.text.plain
            guard lines[line.label].map(Self.gist) != Self.gist(text) || isNewRun(line.label, text) else { continue }
            lines[line.label] = text
            Output.line("\(stamp)  \(headless.label(line.label))  \(text)")
        }
        let found = headless.state.overviewFindings.map { finding in
            "\(headless.label(finding.severity.phrase)) \(headless.say(finding.text))"
        }
        // One of which only the number has changed has not gone.
        let gists = Set(found.map(Self.gist))
        for finding in findings where !gists.contains(Self.gist(finding)) { Output.line("\(stamp)  - \(finding)") }
        for finding in found where !findings.contains(finding) { Output.line("\(stamp)  + \(finding)") }
        findings = found
    }

    /// Times and counts of a session differ in every run, and are told once a run; those of a log are the news.
    private func isNewRun(_ label: Phrase, _ text: String) -> Bool {
        guard lines[label] != text else { return false }
        return !["gateway", "greeting"].contains(label.key) || headless.state.incident.session?.isWaiting == false
    }

    private static func gist(_ text: String) -> String { String(text.filter { !$0.isNumber && $0 != "." }) }
}
