import ArgumentParser
import Dashboard
import MailVocabulary
import SMTP
import Triage
import Wire

/// `porthole [TARGET]`: the dashboard.
struct Dash: ScreenCommand {
    static let configuration = CommandConfiguration(
        commandName: "dashboard",
        abstract: "The dashboard (what opens without a subcommand).")

    @Argument(help: "host, host:port, [v6]:port, smtps://host, user@domain (walks the MX), @domain.")
    var target: String?

    @Option(help: "A log to follow: a file, a pattern or 'cmd:ssh gw tail -F /var/log/mail.log'; repeat for more.")
    var log: [String] = []

    @Option(
        name: .customLong("log-format"),
        help: "Read the logs as this format, whatever their lines look like; as in trace.")
    var logFormat: String?

    @Option(help: "Start in a walkthrough: \(Procedure.all.map(\.id).joined(separator: ", ")).")
    var walk: String?

    @OptionGroup var envelope: EnvelopeOptions
    @OptionGroup var view: ViewOptions
    @OptionGroup var internet: InternetOptions

    @OptionGroup var session: SessionOptions

    func perform() throws -> ExitStatus {
        var settings = try envelope.settings(target)
        if let logFormat { try LogFormatChoice.check(logFormat) }
        settings.logFormat = logFormat
        if !view.plain { try session.apply(to: &settings) }
        let procedure = try walk.map { try Walk.procedure(named: $0) }
        let preferences = Preferences()
        // Without a name server there is still a session with an address to look at.
        let named = envelope.resolver ?? preferences["resolver"]
        let system = named == nil ? ServerList.system() : nil
        let site = DashboardSession.Site(
            servers: try system?.list ?? ResolverChoice.servers(named), serverFault: system?.fault?.description,
            caFile: envelope.caFile, anchors: try internet.anchors(), policyPort: internet.httpsPort)
        if view.plain { return try runPlain(settings) }
        let logs: [String]
        do throws(LogFault) { logs = try LogSet.logs(log.isEmpty ? preferences.logs : log) } catch {
            throw CommandFailure("--log: \(error)", .cannotRead)
        }
        return try DashboardSession(settings, view: view, given: envelope.given).run(
            site: { _ in site },
            start: { dashboard in
                let effects = dashboard.start(logs: logs, connect: false)
                return effects + (procedure.map { dashboard.startWalking($0) } ?? [])
            })
    }

    /// `--plain`: the rehearsal of `porthole send` with the same options, a line an event; with a log alone its lines as they come.
    private func runPlain(_ settings: Settings) throws -> ExitStatus {
        if var plan = settings.plan {
            try session.apply(to: &plan, sends: true)
            plan = try MessageReading.read(plan)
            do throws(CommandFault) { try plan.check() } catch { throw CommandFailure(error.description, .usage) }
            let secrets = try session.secrets(for: plan)
            let run = SendRun(
                plan: plan, secret: secrets.login, proxySecret: secrets.proxy, resolver: envelope.resolver,
                caFile: envelope.caFile)
            return try Blocking.run { try await run.perform() }
        }
        guard log.count == 1 else {
            throw CommandFailure(
                "--plain needs a target, or one --log; send, check, explain, trace and follow are plain too", .usage)
        }
        let source = log[0]
        return try Blocking.run { try await Follow.parse([source]).perform() }
    }
}
