import Assets
import Canvas
import Curses
import Dashboard
import MailVocabulary
import Runtime
import SMTP
import Triage
import Wire

/// Opens the terminal and runs the dashboard in it: what `porthole` and `porthole demo` share.
struct DashboardSession {
    var settings: Settings
    let view: ViewOptions
    let server: Endpoint
    let caFile: String?
    /// How long the name server may take, each time it is asked; `nil` for the usual limit.
    var patience: Duration?

    init(_ settings: Settings, view: ViewOptions, server: Endpoint, caFile: String?) throws {
        var settings = settings
        settings.resolverName = server.description
        settings.language = view.lang ?? .preferred
        settings.isReadOnly = view.readonly
        settings.themeNames = ThemeAssets.names
        (self.settings, self.view, self.server, self.caFile) = (settings, view, server, caFile)
    }

    /// - Parameter start: What to do first, after the first frame.
    /// - Throws: `CommandFailure` when there is no usable terminal or theme.
    func run(start: (inout Dashboard) -> [Effect]) throws -> ExitStatus {
        let began = ContinuousClock.now
        let theme: Theme
        do { theme = try ThemeChoice.theme(named: view.theme) } catch { throw CommandFailure("\(error)", .cannotRead) }
        let screen: CursesScreen
        do throws(TerminalFault) {
            screen = try CursesScreen.open(theme: theme, colour: view.color)
        } catch {
            throw CommandFailure("\(error.description); with --plain no terminal is needed", .usage)
        }
        var settings = settings
        settings.themeName = theme.name
        settings.glyphs = screen.isUTF8 ? theme.glyphs : .ascii
        let waker = screen.waker
        let mailbox = Mailbox { waker.wake() }
        let engines = LiveEngines(server: server, caFile: caFile, transcripts: Folders.sessions, patience: patience)
            .engines(since: began)
        let program = Program(
            Dashboard(settings: settings, size: screen.size), screen: screen, engines: engines, mailbox: mailbox)
        let signal = program.run(start: start).signal
        if let signal { CursesScreen.die(of: signal) }
        return .done
    }
}
