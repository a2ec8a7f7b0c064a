import ArgumentParser
import MailVocabulary
import SMTP
import Triage

/// `porthole send`: the session engine without a screen.
struct Send: HeadlessCommand {
    static let configuration = CommandConfiguration(
        commandName: "send",
        abstract: "The session engine without a screen; stops after RCPT unless --send.",
        usage: "porthole send TARGET [--from ADDRESS] [--to ADDRESS …] [--send] [options]",
        discussion: """
            To RCPT: porthole send mx1.example.test --to user@example.test
            The MX, for real: porthole send u@example.test --from me@example.net --send
            A login: porthole send mx1.example.test:587 --auth-user me --stop-after auth
            TLS at once: porthole send smtps://mx1.example.test --tls-verify

            Exit codes: 0 done and accepted, 64 usage, 66 cannot read, 69 no connection, 75 temporary failure (4yz), 76 \
            protocol violation or something demanded is missing, 77 refused (5yz).
            """)

    @Argument(help: "host, host:port, [v6]:port, smtps://host, user@domain (walks the MX), /path/of/a/socket.")
    var target: String = ""

    @OptionGroup(title: "Envelope and message")
    var envelope: EnvelopeOptions

    @OptionGroup var session: SessionOptions

    @OptionGroup(title: "Message")
    var message: MessageOptions

    @OptionGroup(title: "Burst")
    var burst: BurstOptions

    @OptionGroup(title: "How far")
    var stages: StageOptions

    @Flag(help: "Really send one test message.")
    var send = false

    @Flag(
        name: .customLong("all-mx"), help: "Rehearse with every address of every mail exchanger, and say what differs.")
    var allExchangers = false

    @Flag(help: "One JSON object with the whole session.")
    var json = false

    @Option(help: "The language of explanations: en or ja.")
    var lang: Language?

    func perform() async throws -> ExitStatus {
        var plan = try envelope.plan(target.isEmpty && session.connection.pipe != nil ? "localhost" : target)
        if send, plan.recipients.isEmpty {
            throw CommandFailure("--send needs a recipient: --to USER@DOMAIN, or a target like user@domain", .usage)
        }
        if send || burst.isAsked, allExchangers {
            throw CommandFailure("--all-mx rehearses; it does not go with --send", .usage)
        }
        try session.apply(to: &plan, sends: send)
        if plan.connection.command != nil, allExchangers {
            throw CommandFailure("--pipe has one connection: it does not go with --all-mx", .usage)
        }
        let sends = send || burst.isAsked
        try message.apply(to: &plan, body: envelope.body, sends: sends)
        try stages.apply(to: &plan, sends: sends)
        do throws(CommandFault) { try plan.check() } catch { throw CommandFailure(error.description, .usage) }
        if session.security.tlsResume, allExchangers {
            throw CommandFailure("--tls-resume is for one server: it does not go with --all-mx", .usage)
        }
        if plan.services.chunk != nil, plan.message.probe != nil {
            throw CommandFailure(
                "a smuggling probe is about the final dot, which BDAT does not have: leave out --bdat",
                .usage)
        }
        if message.printMessage { return try MessagePrinting(plan: plan).perform(isJSON: json) }
        let burstPlan = try burst.plan(plan, json: json)
        let secrets = try session.secrets(for: plan)
        let run = SendRun(
            plan: plan, secret: secrets.login, proxySecret: secrets.proxy, resolver: envelope.resolver,
            caFile: envelope.caFile, isJSON: json, language: lang, resumesTLS: session.security.tlsResume)
        if let burstPlan {
            return try await BurstRun(run: run, burst: burstPlan, confirmation: burst.yesReally).perform()
        }
        return try await allExchangers ? AllExchangersRun(run: run).perform() : run.perform()
    }
}
