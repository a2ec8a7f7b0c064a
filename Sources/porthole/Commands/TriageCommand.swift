import ArgumentParser
import Dashboard
import MailVocabulary
import SMTP
import Triage
import Wire

/// `porthole triage`: what an incident needs first, in the dashboard or line by line.
struct TriageCommand: ScreenCommand {
    static let configuration = CommandConfiguration(
        commandName: "triage",
        abstract: "Live triage: how the gateway stands, and what needs somebody first.",
        discussion: """
            Rehearses a delivery up to RCPT, looks the names up and reads what the logs say of everybody. With --plain each line \
            tells what has changed: how the gateway stands, + a finding that has come, - one that is gone. Without --every and \
            --log it ends when all is told; else when it is stopped, or after --for.

            Exit codes: those of send, for the last session; 0 without a target.
            """)

    @Argument(help: "host, host:port, [v6]:port, smtps://host, user@domain (walks the MX), @domain.")
    var target: String?

    @Option(help: "A log to follow: a file, a pattern or 'cmd:ssh gw tail -F /var/log/mail.log'; repeat for more.")
    var log: [String] = []

    @Option(help: "Rehearse again so often, as 30s or 5m; at least 5 s.")
    var every: String?

    @Option(name: .customLong("for"), help: "With --plain: end after so long, as 30s or 5m.")
    var limit: String?

    @OptionGroup var envelope: EnvelopeOptions
    @OptionGroup var view: ViewOptions
    @OptionGroup var internet: InternetOptions
    @OptionGroup var session: SessionOptions

    func perform() throws -> ExitStatus {
        guard target != nil || !log.isEmpty else {
            throw CommandFailure(
                "triage of what? porthole triage TARGET, as user@example.org, or --log PATH, or both", .usage)
        }
        if let every {
            guard let often = Repetition.duration(every), often >= Repetition.shortest else {
                throw CommandFailure("--every wants a time of at least 5 s, as 30s or 5m, not '\(every)'", .usage)
            }
            if target == nil { throw CommandFailure("--every repeats a rehearsal: it needs a target", .usage) }
        }
        guard limit.map({ Repetition.duration($0) != nil }) ?? true else {
            throw CommandFailure("--for wants a time, as 30s or 5m, not '\(limit ?? "")'", .usage)
        }
        var settings = try envelope.settings(target)
        try session.apply(to: &settings)
        if settings.authentication != nil || settings.plan?.connection.proxy?.user != nil {
            throw CommandFailure(
                "triage does not log in, not at a proxy either: porthole send and porthole walk do", .usage)
        }
        let site = DashboardSession.Site(
            servers: try ResolverChoice.servers(envelope.resolver), caFile: envelope.caFile,
            anchors: try internet.anchors(),
            policyPort: internet.httpsPort)
        let logs: [String]
        do throws(LogFault) { logs = try LogSet.files(log) } catch {
            throw CommandFailure("--log: \(error)", .cannotRead)
        }
        let (hasTarget, every, isPlain) = (target != nil, every, view.plain)
        let start: (inout Dashboard) -> [Effect] = { dashboard in
            var effects = dashboard.start(logs: logs, connect: false)
            dashboard.prompt = nil
            // One that is not repeated is the first of a series whose second is a day away.
            if hasTarget { effects += dashboard.repeatEvery(every ?? "1440m") }
            if !isPlain { effects += dashboard.open(.overview) }
            return effects
        }
        if view.plain {
            return PlainTriage(settings, view, site, repeats: every != nil)
                .run(for: limit.flatMap { Repetition.duration($0) }, start)
        }
        return try DashboardSession(settings, view: view, given: envelope.given).run(site: { _ in site }, start: start)
    }
}
