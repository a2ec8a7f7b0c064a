import ArgumentParser
import Assets
import Canvas
import Dashboard
import MailVocabulary
import SMTP
import Triage

/// `porthole walk NAME`: a guided walkthrough, in the dashboard or line by line.
struct Walk: ScreenCommand {
    static let configuration = CommandConfiguration(
        commandName: "walk",
        abstract:
            "A guided walkthrough: each step with goal, command, expected, observed, verdict and what to do next.",
        discussion: Procedure.all.map { "\($0.id): \($0.title) \($0.summary)." }.joined(separator: "\n")
            + """


            With --plain it goes step by step on standard output and ends with exit code 0 when every step passed, 75 or 77 \
            when the server refused, 69 when there was no connection, 76 when something else failed. Steps that only people \
            can judge are asked on the terminal, and left out when there is none.
            """)

    @Argument(help: "Which: \(Procedure.all.map(\.id).joined(separator: ", ")).")
    var name: String

    @Argument(help: "host, host:port, [v6]:port, smtps://host, user@domain (walks the MX), @domain.")
    var target: String?

    @Option(help: "The gateway's log.")
    var log: String?

    @Option(help: "arrive: who is said to have written, an address or a domain.")
    var sender: String?

    @Flag(help: "With --plain: really send the test message where the walkthrough has that step.")
    var send = false

    @OptionGroup var envelope: EnvelopeOptions
    @OptionGroup var view: ViewOptions
    @OptionGroup var internet: InternetOptions
    @OptionGroup var session: SessionOptions

    func perform() throws -> ExitStatus {
        let procedure = try Self.procedure(named: name)
        guard target != nil || procedure.id == Procedure.arrive.id else {
            throw CommandFailure("which server? porthole walk \(name) TARGET, as user@example.org", .usage)
        }
        var settings = try envelope.settings(target)
        var secrets = SessionSecrets()
        if view.plain, var plan = settings.plan {
            try session.apply(to: &plan, sends: true)
            settings.take(plan)
            secrets = try session.secrets(for: plan)
        } else {
            try session.apply(to: &settings)
        }
        let site = DashboardSession.Site(
            servers: try ResolverChoice.servers(envelope.resolver), caFile: envelope.caFile,
            anchors: try internet.anchors(),
            policyPort: internet.httpsPort)
        let inquiry = sender.map { Inquiry(sender: $0, recipient: settings.recipients.first?.forwardPath ?? "") }
        let log = log
        let start: (inout Dashboard) -> [Effect] = { dashboard in
            dashboard.incident.inquiry = inquiry
            var effects = dashboard.start(logs: log.map { [$0] } ?? [], connect: false)
            dashboard.prompt = nil
            effects += dashboard.startWalking(procedure)
            return effects
        }
        if view.plain {
            return PlainWalk(settings, view, site, mayAsk: Output.canAsk, maySend: send, secrets: secrets).run(start)
        }
        return try DashboardSession(settings, view: view, given: envelope.given).run(site: { _ in site }, start: start)
    }

    /// - Throws: `CommandFailure` with the names that there are.
    static func procedure(named name: String) throws -> Procedure {
        if let procedure = Procedure.named(name) { return procedure }
        let names = Procedure.all.map(\.id).joined(separator: ", ")
        throw CommandFailure("no walkthrough is called \(name); there are: \(names)", .usage)
    }
}
