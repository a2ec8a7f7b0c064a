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

    @OptionGroup(title: "The server's log")
    var log: SendLogOptions

    @Flag(help: "Really send one test message.")
    var send = false

    @Flag(
        name: .customLong("all-mx"), help: "Rehearse with every address of every mail exchanger, and say what differs.")
    var allExchangers = false

    @Flag(
        help: "Say what would be sent to a server that offers everything, and connect to nobody. Secrets are not read.")
    var dryRun = false

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
        let holdsFiles = burst.isAsked || message.printMessage || dryRun
        try message.apply(to: &plan, body: envelope.body, sends: sends, holdsFiles: holdsFiles)
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
        let watch = try log.watch(sends: send)
        if watch != nil, burst.isAsked || allExchangers || message.printMessage {
            throw CommandFailure(
                "--log is for one session: it does not go with --sessions, --all-mx or --print-message", .usage)
        }
        let chain = try session.security.chainFile(for: plan)
        if chain != nil, burst.isAsked || allExchangers {
            throw CommandFailure(
                "--tls-save-chain is for one session: it does not go with --sessions or --all-mx", .usage)
        }
        if dryRun {
            if burst.isAsked || allExchangers || message.printMessage || watch != nil {
                throw CommandFailure(
                    "--dry-run is of one session: it does not go with --sessions, --all-mx, --print-message or --log",
                    .usage)
            }
            return try DryRunPrinting(plan: plan).perform(isJSON: json)
        }
        if message.printMessage { return try MessagePrinting(plan: plan).perform(isJSON: json) }
        var run = SendRun(
            plan: plan, resolver: envelope.resolver, caFile: envelope.caFile, isJSON: json, language: lang,
            resumesTLS: session.security.tlsResume, chain: chain, log: watch)
        if let burstPlan = try burst.plan(plan, json: json) {
            return try await BurstRun(run: run, burst: burstPlan, confirmation: burst.yesReally).perform {
                try session.secrets(for: plan).login
            }
        }
        let secrets = try session.secrets(for: plan)
        (run.secret, run.proxySecret) = (secrets.login, secrets.proxy)
        return try await allExchangers ? AllExchangersRun(run: run).perform() : run.perform()
    }
}

extension Send: PlainOptions {
    mutating func read(_ line: PlainArguments) throws {
        target = line.subject() ?? ""
        envelope = try line.group()
        session = try line.group()
        message = try line.group()
        burst = try line.group()
        stages = try line.group()
        log = try line.group()
        send = line.hasFlag("--send")
        allExchangers = line.hasFlag("--all-mx")
        dryRun = line.hasFlag("--dry-run")
        json = line.hasFlag("--json")
        lang = try line.value("--lang")
    }
}
