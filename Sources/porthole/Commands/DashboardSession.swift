import Assets
import Canvas
import Curses
import Dashboard
import MailVocabulary
import Runtime
import SMTP
import Triage
import Wire

/// Opens the terminal and runs the dashboard in it: what the commands with a screen share.
struct DashboardSession {
    /// Whom the engines talk to.
    struct Site {
        /// The name server.
        var server: Endpoint
        /// Those that are asked when it does not answer.
        var others: [Endpoint] = []
        /// A PEM file of roots; `nil` for the system's.
        var caFile: String?
        /// The keys that DNSSEC is judged by.
        var anchors = TrustAnchors.root
        /// How long the name server may take, each time it is asked; `nil` for the usual limit.
        var patience: Duration?
    }

    var settings: Settings
    let view: ViewOptions

    /// What the first frame needs; the words of the other language come with the catalogue.
    private var words: InterfaceWords {
        settings.language == .english ? InterfaceWords() : InterfaceAssets.words
    }

    init(_ settings: Settings, view: ViewOptions) {
        var settings = settings
        settings.language = view.lang ?? .preferred
        settings.isReadOnly = settings.isReadOnly || view.readonly
        settings.themeNames = ThemeAssets.names
        settings.maskSalt = .random(in: .min ... .max)
        (self.settings, self.view) = (settings, view)
    }

    /// - Parameters:
    ///   - site: Finds out whom to talk to, and may complete the settings. Called when the first frame stands.
    ///   - start: What to do first.
    ///   - finish: What has to be tidied up, whatever ended the program.
    /// - Throws: `CommandFailure` when there is no usable terminal or theme.
    func run(
        site: (inout Settings) throws -> Site, start: (inout Dashboard) -> [Effect], finish: () -> Void = {}
    ) throws -> ExitStatus {
        let began = ContinuousClock.now
        let theme: Theme
        do { theme = try ThemeChoice.theme(named: view.theme) } catch { throw CommandFailure("\(error)", .cannotRead) }
        let screen: CursesScreen
        do throws(TerminalFault) {
            screen = try CursesScreen.open(theme: theme, colour: view.color)
        } catch {
            throw CommandFailure(error.description, .usage)
        }
        var settings = settings
        settings.themeName = theme.name
        settings.glyphs = screen.isUTF8 ? theme.glyphs : .ascii
        screen.present(Dashboard(settings: settings, size: screen.size, words: words).frame)
        let program: Program
        do {
            program = try self.program(on: screen, &settings, try site(&settings), since: began)
        } catch {
            screen.close()
            throw error
        }
        let end = program.run(start: start, finish: finish)
        CommandFollower.endAll()
        if let signal = end.signal { CursesScreen.die(of: signal) }
        return end.dashboard.wantsDemo ? try Demo.run(view) : .done
    }

    private func program(
        on screen: CursesScreen, _ settings: inout Settings, _ site: Site, since began: ContinuousClock.Instant
    ) throws -> Program {
        settings.resolverName = site.server.description
        let waker = screen.waker
        let mailbox = Mailbox { waker.wake() }
        let engines = LiveEngines(
            server: site.server, others: site.others, caFile: site.caFile, transcripts: Folders.sessions,
            trusting: site.anchors,
            patience: site.patience)
        return Program(
            Dashboard(settings: settings, size: screen.size, words: words), screen: screen,
            engines: engines.engines(since: began),
            mailbox: mailbox)
    }
}
