import ArgumentParser
import MailVocabulary
import SMTP
import Triage

/// `porthole send`: the session engine without a screen.
struct Send: HeadlessCommand {
    static let configuration = CommandConfiguration(
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

    @OptionGroup(title: "AUTH")
    var authentication: AuthenticationOptions

    @OptionGroup(title: "TLS")
    var security: TLSOptions

    @OptionGroup(title: "MAIL and RCPT")
    var delivery: DeliveryOptions

    @OptionGroup(title: "Service extensions")
    var services: ServiceOptions

    @OptionGroup(title: "Before MAIL")
    var conversation: ConversationOptions

    @OptionGroup(title: "Message")
    var message: MessageOptions

    @OptionGroup(title: "Burst")
    var burst: BurstOptions

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

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
        var plan = try envelope.plan(target.isEmpty && connection.pipe != nil ? "localhost" : target)
        plan.recipients = delivery.completed(plan.recipients)
        if send, plan.recipients.isEmpty {
            throw CommandFailure("--send needs a recipient: --to USER@DOMAIN, or a target like user@domain", .usage)
        }
        if send || burst.isAsked, allExchangers {
            throw CommandFailure("--all-mx rehearses; it does not go with --send", .usage)
        }
        plan.mail = try delivery.demands()
        plan.connection = try connection.demands()
        if plan.connection.command != nil || plan.connection.proxy != nil, plan.target.socketPath != nil {
            throw CommandFailure("a socket of the file system is not reached by --proxy or --pipe", .usage)
        }
        if plan.connection.command != nil, allExchangers {
            throw CommandFailure("--pipe has one connection: it does not go with --all-mx", .usage)
        }
        (plan.isLMTP, plan.pipelines) = (connection.lmtp, connection.pipelining)
        let isNetwork = plan.target.socketPath == nil && plan.connection.command == nil
        if plan.isLMTP, plan.target.port == 25, isNetwork {
            throw CommandFailure("LMTP is never on port 25 (RFC 2033 §5): name the port, such as host:24", .usage)
        }
        plan.deadlines = try connection.deadlines()
        plan.security = try security.demands()
        plan.authentication = try authentication.plan(plan.tls, isImplicit: plan.target.implicitTLS)
        plan.services = try services.demands(sends: send)
        if plan.mail.body == .binary, plan.services.chunk == nil {
            throw CommandFailure("--body-type binarymime goes by BDAT only: add --bdat SIZE", .usage)
        }
        try conversation.apply(to: &plan)
        let sends = send || burst.isAsked
        try message.apply(to: &plan, body: envelope.body, sends: sends)
        try stages.apply(to: &plan, sends: sends)
        do throws(CommandFault) { try plan.check() } catch { throw CommandFailure(error.description, .usage) }
        if security.tlsResume, allExchangers {
            throw CommandFailure("--tls-resume is for one server: it does not go with --all-mx", .usage)
        }
        if plan.services.chunk != nil, plan.message.probe != nil {
            throw CommandFailure(
                "a smuggling probe is about the final dot, which BDAT does not have: leave out --bdat",
                .usage)
        }
        if message.printMessage { return try MessagePrinting(plan: plan).perform(isJSON: json) }
        let burstPlan = try burst.plan(plan, json: json)
        let run = SendRun(
            plan: plan, secret: try authentication.secret(for: plan.authentication),
            proxySecret: try connection.proxySecret(for: plan.connection), resolver: envelope.resolver,
            caFile: envelope.caFile, isJSON: json, language: lang, resumesTLS: security.tlsResume)
        if let burstPlan {
            return try await BurstRun(run: run, burst: burstPlan, confirmation: burst.yesReally).perform()
        }
        return try await allExchangers ? AllExchangersRun(run: run).perform() : run.perform()
    }
}
