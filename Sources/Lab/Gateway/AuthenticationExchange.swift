import SMTP
import TLS

/// The server's side of one AUTH, written apart from the client's so that each checks the other.
struct AuthenticationExchange: Hashable, Sendable {
    enum Step: Hashable, Sendable {
        case challenge([UInt8])
        case accepted, refused, malformed
    }

    let mechanism: SASLMechanism
    /// As the client names it, once it has.
    private(set) var user = ""
    private let expectedUser: String
    private let password: [UInt8]
    private let token: String
    private let forges: Bool
    /// Of this connection, for the PLUS forms of SCRAM.
    private let bindings: [ChannelBinding: [UInt8]]
    /// A client that says it could have bound, and was offered that, has seen another list.
    private let offersBinding: Bool
    private var answers = 0
    private var scram: (clientFirst: String, serverFirst: String, header: [UInt8])?
    private var isProven = false

    init(_ mechanism: SASLMechanism, of behaviour: LabBehaviour, bindings: [ChannelBinding: [UInt8]] = [:]) {
        (self.mechanism, self.bindings) = (mechanism, bindings)
        offersBinding = behaviour.mechanisms.contains { $0.bindsChannel }
        (expectedUser, password, token) = (behaviour.user, Array(behaviour.password.utf8), behaviour.token)
        forges = behaviour.forgesServerSignature
    }

    /// What is said when AUTH comes without a message.
    var opening: Step {
        switch mechanism {
        case .login: .challenge(Array("Username:".utf8))
        case .cramMD5: .challenge(Self.cramChallenge)
        case .plain, .external, .xoauth2, .oauthBearer, .scramSHA1, .scramSHA256, .scramSHA1Plus, .scramSHA256Plus:
            .challenge([])
        }
    }

    mutating func take(_ answer: [UInt8]) -> Step {
        answers += 1
        let text = String(decoding: answer, as: UTF8.self)
        switch mechanism {
        case .plain: return plain(text)
        case .login:
            if answers == 1 {
                user = text
                return .challenge(Array("Password:".utf8))
            }
            return verdict(user == expectedUser && answer == password)
        case .cramMD5: return cramMD5(text)
        case .external:
            user = text.isEmpty ? expectedUser : text
            return verdict(user == expectedUser)
        case .xoauth2, .oauthBearer: return bearer(text)
        case .scramSHA1, .scramSHA256, .scramSHA1Plus, .scramSHA256Plus: return scram(text)
        }
    }

    private func verdict(_ isRight: Bool) -> Step { isRight ? .accepted : .refused }

    /// Authorization identity, authentication identity, password, RFC 4616 §2.
    private mutating func plain(_ text: String) -> Step {
        let parts = text.split(separator: "\0", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3 else { return .malformed }
        user = parts[1]
        return verdict(user == expectedUser && Array(parts[2].utf8) == password)
    }

    private static let cramChallenge = Array("<1896.697170952@mx1.example.test>".utf8)

    private mutating func cramMD5(_ text: String) -> Step {
        guard let blank = text.lastIndex(of: " ") else { return .malformed }
        user = String(text[..<blank])
        let expected = SASLFunctions.openSSL.hmac(.md5, password, Self.cramChallenge) ?? []
        return verdict(user == expectedUser && text[text.index(after: blank)...] == Self.hexadecimal(expected))
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// RFC 7628 §3.1 and its forerunner; a wrong token gets a reason first, and the refusal after the client's answer to it.
    private mutating func bearer(_ text: String) -> Step {
        if answers > 1 { return .refused }
        let parts = text.split(separator: "\u{1}").map(String.init)
        if mechanism == .xoauth2 {
            user = parts.first { $0.hasPrefix("user=") }.map { String($0.dropFirst(5)) } ?? ""
        } else {
            guard let header = parts.first, header.hasPrefix("n,a=") else { return .malformed }
            user = String(header.dropFirst(4).prefix { $0 != "," })
        }
        guard user != expectedUser || !parts.contains("auth=Bearer \(token)") else { return .accepted }
        return .challenge(Array(#"{"status":"401","schemes":"bearer"}"#.utf8))
    }

    // MARK: SCRAM, RFC 5802

    private static let salt = Array("porthole lab salt".utf8)
    private static let rounds = 4096

    private var digest: SASLFunctions.Digest {
        mechanism == .scramSHA1 || mechanism == .scramSHA1Plus ? .sha1 : .sha256
    }

    private mutating func scram(_ text: String) -> Step {
        if isProven { return text.isEmpty ? .accepted : .malformed }
        guard let scram else { return scramFirst(text) }
        let parts = text.split(separator: ",").map(String.init)
        guard parts.count == 3, parts[2].hasPrefix("p="), let proof = Base64.decode(String(parts[2].dropFirst(2))),
            parts[0].hasPrefix("c=")
        else { return .malformed }
        // Another connection's binding, or another header than the one that came first: somebody stands in between.
        guard parts[0] == "c=" + Base64.encode(scram.header) else { return .refused }
        guard scram.serverFirst.hasPrefix(parts[1] + ",") else { return .refused }
        let signed = Array("\(scram.clientFirst),\(scram.serverFirst),\(parts[0]),\(parts[1])".utf8)
        let functions = SASLFunctions.openSSL
        guard let salted = functions.derive(digest, password, Self.salt, Self.rounds),
            let clientKey = functions.hmac(digest, salted, Array("Client Key".utf8)),
            let stored = functions.hash(digest, clientKey), let mask = functions.hmac(digest, stored, signed),
            let serverKey = functions.hmac(digest, salted, Array("Server Key".utf8)),
            var signature = functions.hmac(digest, serverKey, signed), proof.count == mask.count
        else { return .refused }
        // The proof gives the key away that was stored as a digest only.
        guard user == expectedUser, functions.hash(digest, zip(proof, mask).map { $0 ^ $1 }) == stored else {
            return .refused
        }
        isProven = true
        if forges { signature[0] ^= 1 }
        return .challenge(Array("v=\(Base64.encode(signature))".utf8))
    }

    private mutating func scramFirst(_ text: String) -> Step {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 4, parts[2].hasPrefix("n="), parts[3].hasPrefix("r=") else { return .malformed }
        var bound: [UInt8] = []
        switch parts[0] {
        case "n" where !mechanism.bindsChannel: break
        case "y" where !mechanism.bindsChannel: if offersBinding { return .refused }
        case let flag where flag.hasPrefix("p=") && mechanism.bindsChannel:
            guard let name = ChannelBinding(rawValue: String(flag.dropFirst(2))), let bytes = bindings[name] else {
                return .refused
            }
            bound = bytes
        default: return .malformed
        }
        user = String(parts[2].dropFirst(2))
        let first = "\(parts[3])3rfcNHYJY1ZVvWVs7j,s=\(Base64.encode(Self.salt)),i=\(Self.rounds)"
        scram = ("\(parts[2]),\(parts[3])", first, Array("\(parts[0]),\(parts[1]),".utf8) + bound)
        return .challenge(Array(first.utf8))
    }
}

extension AuthenticationExchange {
    static func == (left: Self, right: Self) -> Bool {
        left.mechanism == right.mechanism && left.user == right.user && left.answers == right.answers
            && left.isProven == right.isProven
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(mechanism)
        hasher.combine(user)
        hasher.combine(answers)
    }
}
