import Assets
import Canvas
import Dashboard
import Dispatch
import Glibc
import MailVocabulary
import Runtime
import SMTP
import Triage
import Wire

/// The dashboard's state and engines without its screen: what the commands go by that tell line by line what the window shows.
final class HeadlessDashboard {
    private(set) var state: Dashboard
    private let engines: Engines
    private let mailbox: Runtime.Mailbox
    private let runner: EffectRunner
    private let news = DispatchSemaphore(value: 0)
    private let words: PlainWords
    private var deaths: [any DispatchSourceSignal] = []

    init(_ settings: Settings, _ view: ViewOptions, _ site: DashboardSession.Site) {
        words = PlainWords(view.lang)
        var settings = settings
        settings.language = words.language
        state = Dashboard(
            settings: settings, size: Size(columns: 80, rows: 24), words: InterfaceAssets.words(for: words.language))
        let live = LiveEngines(
            asking: site.servers, caFile: site.caFile, transcripts: Folders.sessions, trusting: site.anchors,
            policyPort: site.policyPort,
            logFormat: settings.logFormat)
        engines = live.engines(since: .now)
        let news = news
        mailbox = Runtime.Mailbox { news.signal() }
        runner = EffectRunner(engines, mailbox: mailbox)
        state.catalogue = CatalogueChoice.reading(for: words.language).catalogue
        watchSignals()
    }

    /// Since the start.
    var now: Duration { engines.now() }

    /// Changes the state and runs what follows from it.
    /// - Returns: Whether something follows.
    @discardableResult func perform(_ change: (inout Dashboard) -> [Effect]) -> Bool {
        let effects = change(&state)
        effects.forEach(runner.run)
        return !effects.isEmpty
    }

    func press(_ key: Key) { perform { $0.reduce(.pressed(key)) } }

    /// Lets time pass up to `now`, or somewhat further: a dialog takes no answer in its first moment.
    func tick(ahead: Duration = .zero) {
        let now = now + ahead
        perform { $0.reduce(.ticked(now: now)) }
    }

    /// - Returns: False when nothing came in that time.
    func wait(upTo time: DispatchTimeInterval) -> Bool { news.wait(timeout: .now() + time) == .success }

    /// Reduces what has come; of a log that floods in as much as a moment allows.
    func takeNews() {
        for action in mailbox.take() { perform { $0.reduce(action) } }
        let end = now + .milliseconds(200)
        while now < end, let action = mailbox.takeFlood() { perform { $0.reduce(action) } }
    }

    /// Ends the engines, and the commands that a log comes from.
    func stop() {
        runner.stop()
        CommandFollower.endAll()
    }

    /// A signal that ends us leaves no command behind, and still is what we die of.
    private func watchSignals() {
        for number in [SIGINT, SIGTERM, SIGHUP] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                CommandFollower.endAll()
                signal(number, SIG_DFL)
                raise(number)
            }
            source.resume()
            deaths.append(source)
        }
    }

    /// In the language, safe to show.
    func say(_ phrase: Phrase) -> String { PrintableText(untrusted: words(phrase)).plain }

    var language: Language { words.language }

    /// A label in the language, as wide as labels are.
    func label(_ phrase: Phrase) -> String { words.padded(phrase, to: 10) }
}
