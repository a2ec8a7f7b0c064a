import ArgumentParser
import SMTP

/// AUTH, as options. A secret is never an argument: other users of the machine can read those.
struct AuthenticationOptions: ParsableArguments {
    @Option(
        help: """
            AUTH before MAIL: plain, login, cram-md5, scram-sha-1, scram-sha-256, the two with -plus, xoauth2, oauthbearer or \
            external. \
            Default with --auth-user: the best of the passwords' that the server offers.
            """)
    var auth: String?

    @Option(help: "Whom to authenticate as.")
    var authUser: String?

    @Option(help: "The identity to act as, where it is another (RFC 4422).")
    var authAs: String?

    @Option(help: "The file whose first line is the password or token.")
    var passwordFile: String?

    @Option(help: "The environment variable that holds the password or token.")
    var passwordEnv: String?

    @Option(help: "The open descriptor whose first line is the password or token.")
    var passwordFd: Int?

    @Option(
        help: """
            What SCRAM's -plus forms are bound to: tls-exporter, tls-unique or tls-server-end-point. \
            Default: as the TLS version has it (RFC 9266).
            """)
    var channelBinding: String?

    @Flag(name: .customLong("auth-plaintext-ok"), help: "Authenticate without TLS too.")
    var plaintextIsFine = false

    @Flag(name: .customLong("auth-unverified-ok"), help: "Authenticate to a server whose certificate is not verified.")
    var unverifiedIsFine = false

    @Flag(help: "Go on without AUTH where it is not possible or is refused.")
    var authOptional = false

    @Flag(help: "Go on without AUTH where the server offers none; a refusal ends the session.")
    var authOptionalStrict = false

    @Flag(name: .customLong("auth-no-initial-response"), help: "Wait for the 334 before the first message.")
    var waits = false

    /// `nil` when no AUTH is wanted.
    func plan(_ tls: SessionPlan.TLSPolicy, isImplicit: Bool) throws -> AuthenticationPlan? {
        guard auth != nil || authUser != nil else {
            let isStray =
                authAs != nil || source != nil || plaintextIsFine || unverifiedIsFine || waits || channelBinding != nil
                || authOptional || authOptionalStrict
            if isStray { throw CommandFailure("nothing to authenticate with: add --auth-user NAME", .usage) }
            return nil
        }
        var plan = AuthenticationPlan(user: try Self.checked(authUser ?? "", "--auth-user"))
        if let auth {
            guard let mechanism = SASLMechanism(name: auth) else {
                let all = SASLMechanism.allCases.map { $0.rawValue.lowercased() }.joined(separator: ", ")
                throw CommandFailure("--auth: \(auth) is not known; there are: \(all)", .usage)
            }
            plan.mechanism = mechanism
        }
        if plan.user.isEmpty, plan.mechanism != .external {
            throw CommandFailure("--auth \(auth ?? "") needs --auth-user NAME", .usage)
        }
        plan.actsAs = try Self.checked(authAs ?? (plan.mechanism == .external ? plan.user : ""), "--auth-as")
        plan.channel = plaintextIsFine ? .any : unverifiedIsFine ? .encrypted : .verified
        plan.sendsInitialResponse = !waits
        if authOptional, authOptionalStrict {
            throw CommandFailure("--auth-optional and --auth-optional-strict exclude each other", .usage)
        }
        plan.demand = authOptional ? .optional : authOptionalStrict ? .offered : .required
        if let channelBinding {
            guard let binding = ChannelBinding(rawValue: channelBinding.lowercased()) else {
                let all = ChannelBinding.allCases.map(\.rawValue).joined(separator: ", ")
                throw CommandFailure("--channel-binding: \(channelBinding) is not one of \(all)", .usage)
            }
            if let mechanism = plan.mechanism, !mechanism.bindsChannel {
                throw CommandFailure(
                    "--channel-binding is for the -plus mechanisms, not for \(mechanism.rawValue)", .usage)
            }
            plan.binding = binding
        }
        if tls == .never, !isImplicit, !plaintextIsFine {
            throw CommandFailure("AUTH needs TLS: leave --tls never away, or add --auth-plaintext-ok", .usage)
        }
        return plan
    }

    /// Fetches the secret that `plan` needs.
    func secret(for plan: AuthenticationPlan?) throws -> Secret? {
        guard let plan else { return nil }
        guard plan.mechanism?.needsSecret != false else {
            if source != nil { throw CommandFailure("--auth external takes no password", .usage) }
            return Secret([])
        }
        let secret = try (source ?? .prompt(user: plan.user)).read()
        guard !secret.isEmpty else { throw CommandFailure("the password is empty", .usage) }
        return secret
    }

    /// An option says where the password is.
    var namesSource: Bool { source != nil }

    private var source: SecretSource? {
        passwordFile.map { .file($0) } ?? passwordEnv.map { .environment($0) } ?? passwordFd.map { .descriptor($0) }
    }

    func validate() throws {
        let sources = [passwordFile, passwordEnv, passwordFd.map { "\($0)" }].compactMap { $0 }
        if sources.count > 1 {
            throw ValidationError("one of --password-file, --password-env and --password-fd is enough")
        }
    }

    private static func checked(_ text: String, _ name: String) throws -> String {
        if let fault = EnvelopeFault.inField(text, name) { throw CommandFailure(fault, .usage) }
        return text
    }
}

extension AuthenticationOptions: PlainOptions {
    mutating func read(_ line: PlainArguments) throws {
        auth = try line.value("--auth")
        authUser = try line.value("--auth-user")
        authAs = try line.value("--auth-as")
        passwordFile = try line.value("--password-file")
        passwordEnv = try line.value("--password-env")
        passwordFd = try line.value("--password-fd")
        channelBinding = try line.value("--channel-binding")
        plaintextIsFine = line.hasFlag("--auth-plaintext-ok")
        unverifiedIsFine = line.hasFlag("--auth-unverified-ok")
        authOptional = line.hasFlag("--auth-optional")
        authOptionalStrict = line.hasFlag("--auth-optional-strict")
        waits = line.hasFlag("--auth-no-initial-response")
    }
}
