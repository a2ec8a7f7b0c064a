import ArgumentParser
import Dashboard
import MailVocabulary
import SMTP

/// `porthole [TARGET]`: the dashboard.
struct Dash: ScreenCommand {
    static let configuration = CommandConfiguration(
        commandName: "dashboard",
        abstract: "The dashboard (what opens without a subcommand).")

    @Argument(help: "host, host:port, [v6]:port, smtps://host, user@domain (walks the MX), @domain.")
    var target: String?

    @Option(help: "A log to follow.")
    var log: String?

    @Option(help: "Start in a walkthrough: receive.")
    var walk: String?

    @OptionGroup var envelope: EnvelopeOptions
    @OptionGroup var view: ViewOptions

    func perform() throws -> ExitStatus {
        var settings = Settings()
        settings.helloName = try envelope.checkedHelo()
        settings.reversePath = try envelope.checkedFrom()
        settings.tls = envelope.tls
        settings.subject = try envelope.checkedSubject()
        settings.body = envelope.body
        if let target { settings.target = try envelope.target(target) }
        settings.recipients = try envelope.recipients(settings.target)
        if let walk, walk != "receive" {
            throw CommandFailure("no walkthrough is called \(walk); there is: receive", .usage)
        }
        let site = DashboardSession.Site(
            server: try ResolverChoice.server(envelope.resolver), caFile: envelope.caFile)
        if view.plain {
            guard let target else { throw CommandFailure("--plain needs a target: porthole --plain TARGET", .usage) }
            return try PlainRun.run(target, envelope)
        }
        // AUTH may be typed by hand.
        CoreDump.forbid()
        let (log, isWalking) = (log, walk != nil)
        return try DashboardSession(settings, view: view).run(
            site: { _ in site },
            start: { dashboard in
                let effects = dashboard.start(log: log, connect: false)
                return effects + (isWalking ? dashboard.startWalking() : [])
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
