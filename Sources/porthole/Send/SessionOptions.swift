import ArgumentParser
import Dashboard
import SMTP

/// What a session's plan holds beside envelope and message, as options: the same for `send`, `walk` and the dashboard.
struct SessionOptions: ParsableArguments {
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

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    /// Puts the options into `plan`.
    ///
    /// - Parameter sends: A message may go out.
    /// - Throws: `CommandFailure`: one sentence.
    func apply(to plan: inout SessionPlan, sends: Bool) throws {
        plan.recipients = delivery.completed(plan.recipients)
        plan.mail = try delivery.demands()
        plan.connection = try connection.demands()
        if plan.connection.command != nil || plan.connection.proxy != nil, plan.target.socketPath != nil {
            throw CommandFailure("a socket of the file system is not reached by --proxy or --pipe", .usage)
        }
        (plan.isLMTP, plan.pipelines) = (connection.lmtp, connection.pipelining)
        let isNetwork = plan.target.socketPath == nil && plan.connection.command == nil
        if plan.isLMTP, plan.target.port == 25, isNetwork {
            throw CommandFailure("LMTP is never on port 25 (RFC 2033 §5): name the port, such as host:24", .usage)
        }
        plan.deadlines = try connection.deadlines()
        let trustFile = plan.security.trustFile
        plan.security = try security.demands()
        plan.security.trustFile = trustFile
        plan.authentication = try authentication.plan(plan.tls, isImplicit: plan.target.implicitTLS)
        plan.services = try services.demands(sends: sends)
        if plan.mail.body == .binary, plan.services.chunk == nil {
            throw CommandFailure("--body-type binarymime goes by BDAT only: add --bdat SIZE", .usage)
        }
        try conversation.apply(to: &plan)
    }

    /// What `plan` has to prove itself with, from where the options say, or asked for on the terminal.
    func secrets(for plan: SessionPlan) throws -> SessionSecrets {
        SessionSecrets(
            login: try authentication.secret(for: plan.authentication),
            proxy: try connection.proxySecret(for: plan.connection))
    }

    /// For a screen of the dashboard, which asks for passwords itself.
    ///
    /// - Throws: `CommandFailure` when an option names where a password is.
    func apply(to settings: inout Settings) throws {
        if authentication.namesSource || connection.namesSource {
            throw CommandFailure(
                "the dashboard asks for passwords itself: leave --password-file, --proxy-password-file and their like away",
                .usage)
        }
        // Without a target the options are checked against a server that nobody connects to.
        var plan = settings.plan ?? Self.bare(settings)
        try apply(to: &plan, sends: !settings.isReadOnly)
        if settings.plan == nil { plan.recipients = delivery.completed(settings.recipients) }
        settings.take(plan)
        if security.tlsResume { settings.security.resumes = true }
    }

    private static func bare(_ settings: Settings) -> SessionPlan {
        var plan = SessionPlan(
            target: SessionTarget(.host("localhost"), port: 24), helloName: settings.helloName, reversePath: "",
            recipients: [], tls: settings.tls)
        plan.security.trustFile = settings.security.trustFile
        return plan
    }
}

extension SessionOptions: PlainOptions {
    mutating func read(_ line: PlainArguments) throws {
        authentication = try line.group()
        security = try line.group()
        delivery = try line.group()
        services = try line.group()
        conversation = try line.group()
        connection = try line.group()
    }
}
