/// The client's side of one AUTH, without base64 and without SMTP around it.
struct SASLExchange: Hashable, Sendable {
    /// Why there is no answer to a challenge. The sentence is for the operator; it holds no secret.
    struct Fault: Error, Hashable {
        let words: String
        /// The server did not prove that it is the one that knows the password.
        var doubtsServer = false
    }

    let mechanism: SASLMechanism
    private let plan: AuthenticationPlan
    private let credentials: Credentials
    private let host: String
    private let port: Int
    private var scram: SCRAMExchange?
    /// How many messages of ours have gone out.
    private var answers = 0
    /// What an OAuth server said before its refusal, RFC 7628 §3.2.2. Outside text.
    private(set) var errorReport: [UInt8]?

    /// - Throws: what of the user or the password SCRAM cannot use.
    init(
        _ mechanism: SASLMechanism, plan: AuthenticationPlan, credentials: Credentials, host: String, port: Int,
        binding: SCRAMExchange.Binding = .none
    ) throws(Fault) {
        (self.mechanism, self.plan, self.credentials, self.host, self.port) = (mechanism, plan, credentials, host, port)
        switch mechanism {
        case .scramSHA256, .scramSHA256Plus:
            scram = try SCRAMExchange(.sha256, plan: plan, credentials: credentials, binding: binding)
        case .scramSHA1, .scramSHA1Plus:
            scram = try SCRAMExchange(.sha1, plan: plan, credentials: credentials, binding: binding)
        case .cramMD5, .plain, .login, .oauthBearer, .xoauth2, .external: scram = nil
        }
    }

    /// What the server still owes when it says 235; `nil` when all is well.
    var missingProof: String? {
        guard let scram, !scram.isServerProven else { return nil }
        return "the server did not prove that it knows the password"
    }

    /// The message for the AUTH command itself; `nil` when the server speaks first or the plan wants it to.
    mutating func initialResponse() -> [UInt8]? {
        guard mechanism.clientSpeaksFirst, plan.sendsInitialResponse else { return nil }
        return firstMessage()
    }

    mutating func answer(_ challenge: [UInt8]) throws(Fault) -> [UInt8] {
        if mechanism.clientSpeaksFirst, answers == 0 { return firstMessage() }
        answers += 1
        switch mechanism {
        case .login where answers == 1: return Array(plan.user.utf8)
        case .login where answers == 2: return credentials.secret.bytes
        case .cramMD5 where answers == 1: return try cramMD5(challenge)
        case .scramSHA1, .scramSHA256, .scramSHA1Plus, .scramSHA256Plus:
            guard scram != nil else { break }
            return try scram?.answer(challenge) ?? []
        case .oauthBearer where errorReport == nil:
            errorReport = challenge
            return [1]  // RFC 7628 §3.2.3
        case .xoauth2 where errorReport == nil:
            errorReport = challenge
            return []
        case .plain, .login, .cramMD5, .oauthBearer, .xoauth2, .external: break
        }
        throw Fault(words: "\(mechanism.rawValue) has no answer to another challenge")
    }

    private mutating func firstMessage() -> [UInt8] {
        answers += 1
        let secret = credentials.secret.bytes
        switch mechanism {
        case .plain: return Array(plan.actsAs.utf8) + [0] + Array(plan.user.utf8) + [0] + secret  // RFC 4616 §2
        case .external: return Array(plan.actsAs.utf8)  // RFC 4422 appendix A
        case .xoauth2: return Array("user=\(plan.user)\u{1}auth=Bearer ".utf8) + secret + [1, 1]
        case .oauthBearer:  // RFC 7628 §3.1
            let header = "n,a=\(SCRAMExchange.escaped(plan.user)),\u{1}host=\(host)\u{1}port=\(port)\u{1}auth=Bearer "
            return Array(header.utf8) + secret + [1, 1]
        case .scramSHA1, .scramSHA256, .scramSHA1Plus, .scramSHA256Plus: return scram?.first ?? []
        case .login, .cramMD5: return []
        }
    }

    /// RFC 2195 §2: the user's name, a blank, and the keyed digest of the challenge in hexadecimal.
    private func cramMD5(_ challenge: [UInt8]) throws(Fault) -> [UInt8] {
        guard let digest = credentials.functions.hmac(.md5, credentials.secret.bytes, challenge) else {
            throw Fault(words: "this machine's OpenSSL refuses MD5")
        }
        let digits = digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        return Array("\(plan.user) \(digits)".utf8)
    }
}
