import ArgumentParser
import Dashboard
import MailVocabulary
import SMTP
import Triage

/// `porthole [TARGET]`: the dashboard.
struct Dash: ScreenCommand {
    static let configuration = CommandConfiguration(
        commandName: "dashboard",
        abstract: "The dashboard (what opens without a subcommand).")

    @Argument(help: "host, host:port, [v6]:port, smtps://host, user@domain (walks the MX), @domain.")
    var target: String?

    @Option(help: "A log to follow.")
    var log: String?

    @Option(help: "Start in a walkthrough: \(Procedure.all.map(\.id).joined(separator: ", ")).")
    var walk: String?

    @OptionGroup var envelope: EnvelopeOptions
    @OptionGroup var view: ViewOptions

    func perform() throws -> ExitStatus {
        let settings = try envelope.settings(target)
        let procedure = try walk.map { try Walk.procedure(named: $0) }
        let site = DashboardSession.Site(
            server: try ResolverChoice.server(envelope.resolver), caFile: envelope.caFile)
        if view.plain {
            guard let target else { throw CommandFailure("--plain needs a target: porthole --plain TARGET", .usage) }
            return try PlainRun.run(target, envelope)
        }
        // AUTH may be typed by hand.
        CoreDump.forbid()
        let log = log
        return try DashboardSession(settings, view: view).run(
            site: { _ in site },
            start: { dashboard in
                let effects = dashboard.start(log: log, connect: false)
                return effects + (procedure.map { dashboard.startWalking($0) } ?? [])
            })
    }
}

/// `--plain`: the rehearsal of `porthole send`, a line an event, from the main thread.
enum PlainRun {
    static func run(_ target: String, _ envelope: EnvelopeOptions) throws -> ExitStatus {
        let run = SendRun(
            plan: try envelope.plan(target), resolver: envelope.resolver, caFile: envelope.caFile)
        return try Blocking.run { try await run.perform() }
    }
}
