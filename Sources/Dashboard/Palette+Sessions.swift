import MailVocabulary
import Canvas

/// The commands of sessions, logs and options.
extension Palette {
    static let sessionCommands: [Command] = [
        Command(name: "matrix", argument: "", help: "every mail exchanger side by side") { $1.openMatrix() },
        Command(name: "options", argument: "[PAGE]", help: "the form of e: tls, login, delivery …") {
            page, dashboard in
            guard page.isEmpty || OptionPage.allCases.contains(where: { $0.rawValue.lowercased() == page.lowercased() })
            else {
                let all = OptionPage.allCases.map { $0.rawValue.lowercased() }.joined(separator: ", ")
                dashboard.notice = Notice("there is no page \(page); there are: \(all)", .bad)
                return []
            }
            let found = OptionPage.allCases.first { $0.rawValue.lowercased() == page.lowercased() } ?? .envelope
            dashboard.prompt = .options(OptionsForm(dashboard.settings, on: found))
            return []
        },
        Command(name: "sessions", argument: "", help: "the saved sessions: open, replay, compare") { $1.openSaved() },
        Command(name: "every", argument: "30s|off", help: "repeat the rehearsal, and say what changed") {
            $1.repeatEvery($0)
        },
        Command(name: "compare", argument: "[N M]", help: "two sessions side by side, by their numbers") {
            $1.compare($0)
            return []
        },
        Command(name: "deviations", argument: "", help: "what the session does against the protocol") {
            $1.openDeviations()
            return []
        },
        Command(name: "private", argument: "", help: "hide or show local parts and IP addresses") {
            $1.togglePrivacy()
            return []
        },
        Command(name: "log", argument: "", help: "the logs that are followed") { _, dashboard in
            guard !dashboard.logs.isEmpty else {
                dashboard.notice = Notice("no log is open: :log open PATH, or start with --log PATH", .bad)
                return []
            }
            dashboard.prompt = .logs(ListView(cursor: dashboard.logInView))
            return []
        },
        Command(
            name: "trace",
            argument: "NEEDLE [verdict=bounced reply=550 since=30m until=10:00]",
            help: "ask the whole log: who, what became of it"
        ) {
            $1.ask(typed: $0)
        },
        Command(name: "log top", argument: "[30m]", help: "busiest clients and senders, what is refused") {
            $1.askForSummary($0)
        },
        Command(name: "log next", argument: "", help: "turn to the next log") {
            $1.turnToNextLog()
            return []
        },
        Command(name: "log close", argument: "", help: "no longer follow the log in view") {
            $1.closeLog($1.logInView)
        },
    ]
}
