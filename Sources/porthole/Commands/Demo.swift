import ArgumentParser
import Dashboard
import Lab
import MailVocabulary
import SMTP
import Wire

/// `porthole demo`: the dashboard over a built-in gateway, name server and log.
struct Demo: ScreenCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "The dashboard over a built-in gateway, DNS and log: no network, nothing to set up.")

    @OptionGroup var view: ViewOptions

    @Option(help: "The seconds that the silent reverse zone delays the gateway's banner.")
    var bannerDelay: Double = 2.5

    @Option(help: "esa, postfix, sendmail or exchange.")
    var persona: String = "esa"

    @Flag(help: "A look at every pane in two minutes: the keys press themselves.")
    var tour = false

    func perform() throws -> ExitStatus {
        try Self.run(view, persona: persona, bannerDelay: bannerDelay, tour: tour)
    }

    /// The same from the first-start screen of another dashboard.
    static func run(_ view: ViewOptions, persona: String = "esa", bannerDelay: Double = 2.5, tour: Bool = false)
        throws -> ExitStatus
    {
        let options = try LabCommand.options(persona: persona, bannerDelay: bannerDelay)
        var settings = Settings()
        settings.isDemo = true
        settings.helloName = "probe.example.net"
        settings.reversePath = "probe@example.net"
        settings.recipients = [Recipient("user@example.test", notify: [.success, .failure])]
        var started: Lab?
        return try DashboardSession(settings, view: view).run(
            site: { settings in
                let lab = try start(options)
                started = lab
                settings.target = SessionTarget(
                    .domain("example.test"), port: lab.gateway.port,
                    recipient: Mailbox(localPart: "user", domain: "example.test"))
                // The name server is in this process: what is silent for 2 s, twice, stays silent.
                return DashboardSession.Site(
                    server: lab.nameServer, caFile: lab.caPath, anchors: .record(lab.trustAnchor), patience: .seconds(2)
                )
            },
            start: { dashboard in
                if tour { dashboard.beginTour() }
                return dashboard.start(logs: [started?.logPath].compactMap { $0 }, connect: true)
            },
            finish: {
                if let lab = started { try? Blocking.run { await lab.stop() } }
            })
    }

    private static func start(_ options: LabOptions) throws -> Lab {
        do {
            return try Blocking.run { try await Lab.start(options) }
        } catch {
            throw CommandFailure("the built-in gateway cannot start: \(error)", .internalFault)
        }
    }
}
