import ArgumentParser
import SMTP

/// What is said between the greeting and MAIL, as options.
struct ConversationOptions: ParsableArguments {
    @Option(help: "How the client introduces itself: ehlo, helo, or either (HELO when EHLO is refused for good).")
    var greet: SessionPlan.Greeting = .extended

    @Flag(help: "EHLO once more after AUTH, and what has changed.")
    var ehloAgain = false

    @Option(
        help: """
            XCLIENT before AUTH and MAIL: its attributes, such as "NAME=client.example ADDR=192.0.2.1"; repeat for more, one \
            after another.
            """)
    var xclient: [String] = []

    @Flag(help: "XCLIENT before STARTTLS, in the clear.")
    var xclientBeforeStarttls = false

    @Option(help: "XFORWARD before MAIL: its attributes, such as \"NAME=client.example ADDR=192.0.2.1 PROTO=ESMTP\".")
    var xforward: String?

    @Flag(help: "NOOP before MAIL.")
    var noop = false

    @Flag(help: "HELP before MAIL.")
    var serverHelp = false

    @Option(help: "VRFY before MAIL: an address or a name; repeat for more.")
    var vrfy: [String] = []

    @Option(help: "EXPN before MAIL: the name of a list; repeat for more.")
    var expn: [String] = []

    @Option(help: "ETRN before MAIL: a domain whose queue the server is to work off; repeat for more (RFC 1985).")
    var etrn: [String] = []

    @Flag(help: "RSET before MAIL.")
    var rset = false

    func apply(to plan: inout SessionPlan) throws {
        if plan.isLMTP, greet != .extended {
            throw CommandFailure("--greet \(greet.rawValue) is not for LMTP: that has LHLO only", .usage)
        }
        if ehloAgain, plan.authentication == nil {
            throw CommandFailure("--ehlo-again comes after AUTH: add --auth-user NAME", .usage)
        }
        if ehloAgain, plan.isLMTP { throw CommandFailure("--ehlo-again is not for LMTP", .usage) }
        (plan.greeting, plan.greetsAgain) = (greet, ehloAgain)
        plan.clientAttributes = try xclient.compactMap { try Self.attributes($0, "--xclient", .client) }
        if xclientBeforeStarttls {
            if xclient.isEmpty { throw CommandFailure("--xclient-before-starttls needs --xclient", .usage) }
            if plan.tls == .never || plan.target.implicitTLS {
                throw CommandFailure("--xclient-before-starttls is for sessions with STARTTLS", .usage)
            }
        }
        plan.introducesBeforeTLS = xclientBeforeStarttls
        plan.forwardAttributes = try Self.attributes(xforward, "--xforward", .forward)
        plan.probes = try probes()
    }

    private func probes() throws -> [ServerProbe] {
        let flags = [(noop, ServerProbe.Verb.noop), (serverHelp, .help)].filter(\.0).map { ServerProbe($0.1) }
        var probes = flags
        for (name, verb, arguments) in [
            ("--vrfy", ServerProbe.Verb.verify, vrfy), ("--expn", .expand, expn), ("--etrn", .turn, etrn),
        ] {
            for argument in arguments {
                if argument.allSatisfy({ $0 == " " }) {
                    throw CommandFailure("\(name) wants something to ask for", .usage)
                }
                if let fault = EnvelopeFault.inField(argument, name) { throw CommandFailure(fault, .usage) }
                probes.append(ServerProbe(verb, argument))
            }
        }
        return rset ? probes + [ServerProbe(.reset)] : probes
    }

    private static func attributes(_ text: String?, _ option: String, _ command: ClientAttributes) throws -> String? {
        guard let text else { return nil }
        let attributes: String?
        do throws(CommandFault) { attributes = try command.reading(text) } catch {
            throw CommandFailure("\(option): \(error)", .usage)
        }
        guard let attributes else { throw CommandFailure("\(option) has no attribute", .usage) }
        return attributes
    }
}

extension SessionPlan.Greeting: ExpressibleByArgument {}

extension ConversationOptions: PlainOptions {
    mutating func read(_ line: PlainArguments) throws {
        greet = try line.value("--greet") ?? .extended
        ehloAgain = line.hasFlag("--ehlo-again")
        xclient = try line.values("--xclient")
        xclientBeforeStarttls = line.hasFlag("--xclient-before-starttls")
        xforward = try line.value("--xforward")
        noop = line.hasFlag("--noop")
        serverHelp = line.hasFlag("--server-help")
        vrfy = try line.values("--vrfy")
        expn = try line.values("--expn")
        etrn = try line.values("--etrn")
        rset = line.hasFlag("--rset")
    }
}
