import ArgumentParser
import Assets
import Canvas
import Dashboard
import MailVocabulary
import Triage

/// `porthole checkhealth`: what was detected, and what to do about it.
struct CheckHealth: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checkhealth",
        abstract: "What was detected: files, configuration, catalogue, name server. Nothing is asked of a network.")

    @Option(help: "The language of the words: en or ja. Default: by LC_ALL, LC_MESSAGES or LANG.")
    var lang: Language?

    func run() throws {
        var dashboard = Dashboard(settings: Settings(), size: Size(columns: 80, rows: 24))
        let preferences = Preferences()
        _ = preferences.apply(to: &dashboard)
        let health = Health(
            terminal: nil, themeName: preferences["theme"] ?? ThemeChoice.standard,
            configurationFaults: dashboard.configurationFaults,
            nameServer: try? ResolverChoice.server(nil).description)
        let language = lang ?? .preferred
        let words = InterfaceAssets.words(for: language)
        var isBad = false
        for fact in health.facts() {
            let sign: String
            switch fact.verdict {
            case .good: sign = "ok  "
            case .notable: sign = "note"
            case .bad: (sign, isBad) = ("bad ", true)
            }
            let subject = words.text(fact.subject.phrase, in: language)
            Output.line("\(sign)  \(subject): \(words.text(fact.found, in: language))")
            if let advice = fact.advice { Output.line("      > \(words.text(advice, in: language))") }
        }
        if isBad { throw ExitCode(ExitStatus.cannotRead.rawValue) }
    }
}
