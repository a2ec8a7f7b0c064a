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
        /// The name servers, the first first.
        var servers: ServerList
        /// Why these are not those of the system, where nobody named others.
        var serverFault: String?
        /// A PEM file of roots; `nil` for the system's.
        var caFile: String?
        /// The keys that DNSSEC is judged by.
        var anchors = TrustAnchors.root
        /// Where the web servers with MTA-STS policies listen.
        var policyPort = 443
        /// How long the name server may take, each time it is asked; `nil` for the usual limit.
        var patience: Duration?
    }

    var settings: Settings
    let view: ViewOptions
    private let preferences: Preferences

    /// The preferences of an envelope: the demo and a replay have their own.
    static let envelope: Set<String> = ["helo", "from", "to", "tls"]

    /// What the first frame needs; the words of the other language come with the catalogue.
    private var words: InterfaceWords { InterfaceAssets.words(for: settings.language) }

    /// - Parameter given: The preferences that the command line has decided.
    init(_ settings: Settings, view: ViewOptions, given: Set<String> = Self.envelope) {
        var settings = settings
        preferences = Preferences(given: given)
        settings.language = view.lang ?? preferences["lang"].flatMap { Language(rawValue: $0) } ?? .preferred
        settings.isReadOnly = settings.isReadOnly || view.readonly
        settings.themeNames = ThemeChoice.names
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
        // AUTH may be typed by hand.
        CoreDump.forbid()
        let began = ContinuousClock.now
        let (theme, themeName, themeFaults) = try chosenTheme()
        let screen: CursesScreen
        do throws(TerminalFault) {
            screen = try CursesScreen.open(theme: theme, colour: view.color)
        } catch {
            throw CommandFailure(error.description, .usage)
        }
        var settings = settings
        settings.themeName = themeName
        settings.glyphs = screen.isUTF8 ? theme.glyphs : .ascii
        var first = Dashboard(settings: settings, size: screen.size, words: words)
        _ = preferences.apply(to: &first)
        screen.present(first.frame)
        let program: Program
        do {
            program = try self.program(
                on: screen, &settings, try site(&settings), faults: themeFaults + first.configurationFaults,
                since: began)
        } catch {
            screen.close()
            throw error
        }
        let end = program.run(
            start: { dashboard in
                let effects = preferences.apply(to: &dashboard) + start(&dashboard)
                dashboard.configurationFaults = themeFaults + dashboard.configurationFaults
                if let notice = dashboard.configurationNotice { dashboard.notice = notice }
                return effects
            }, finish: finish)
        CommandFollower.endAll()
        if let signal = end.signal { CursesScreen.die(of: signal) }
        return end.dashboard.wantsDemo ? try Demo.run(view) : .done
    }

    /// The theme with the name it was asked for by. One that the configuration names and that cannot be used gives way to the usual one,
    /// with its fault.
    /// - Throws: `CommandFailure` when the command line names it.
    private func chosenTheme() throws -> (Theme, name: String, faults: [String]) {
        if let name = view.theme {
            do { return (try ThemeChoice.theme(named: name), name, []) } catch {
                throw CommandFailure("\(error)", .cannotRead)
            }
        }
        let name = preferences["theme"] ?? ThemeChoice.standard
        do {
            return (try ThemeChoice.theme(named: name), name, [])
        } catch {
            let fault = preferences.fault(of: "theme", "\(error)")
            do { return (try ThemeChoice.theme(named: ThemeChoice.standard), ThemeChoice.standard, [fault]) } catch {
                throw CommandFailure("\(error)", .internalFault)
            }
        }
    }

    private func program(
        on screen: CursesScreen, _ settings: inout Settings, _ site: Site, faults: [String],
        since began: ContinuousClock.Instant
    ) throws -> Program {
        settings.resolverName = site.servers.servers[0].description
        settings.resolverFault = site.serverFault
        let waker = screen.waker
        let mailbox = Mailbox { waker.wake() }
        let engines = LiveEngines(
            asking: site.servers, caFile: site.caFile, transcripts: Folders.sessions,
            trusting: site.anchors, policyPort: site.policyPort,
            patience: site.patience, logFormat: settings.logFormat)
        let health = Health(
            terminal: Health.Terminal(type: screen.type, depth: screen.depth, isUTF8: screen.isUTF8),
            themeName: settings.themeName, configurationFaults: faults, nameServer: settings.resolverName)
        var all = engines.engines(since: began, health: { health.facts() })
        let (isUTF8, theme) = (screen.isUTF8, all.theme)
        all.theme = { name in
            var theme = try theme(name)
            if !isUTF8 { theme.glyphs = .ascii }
            return theme
        }
        return Program(
            Dashboard(settings: settings, size: screen.size, words: words), screen: screen,
            engines: all,
            mailbox: mailbox)
    }
}
