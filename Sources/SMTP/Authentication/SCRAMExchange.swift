import MailVocabulary

/// The client's side of SCRAM, RFC 5802 and RFC 7677.
///
///     C: n,,n=user,r=nonce                 with channel binding: p=tls-exporter,,n=user,r=nonce
///     S: r=nonce+theirs,s=salt,i=4096
///     C: c=biws,r=nonce+theirs,p=proof
///     S: v=signature
struct SCRAMExchange: Hashable, Sendable {
    /// A server that asks for more rounds would keep us busy for seconds.
    static let mostRounds = 1_000_000

    /// What the GS2 header says of channel binding, RFC 5802 §6.
    enum Binding: Hashable, Sendable {
        /// `n`: there is none to be had.
        case none
        /// `y`: it could be had, and the server offers no PLUS form. A server that does offer one sees that its list was cut.
        case notOffered
        /// `p=name`, and the bytes.
        case bound(ChannelBinding, [UInt8])
    }

    private let digest: SASLFunctions.Digest
    private let credentials: Credentials
    private let password: [UInt8]
    private let bound: [UInt8]
    private let header: String
    private let bare: String
    private var expected: [UInt8]?
    /// The server's signature was right: it knows the password, or what was stored of it.
    private(set) var isServerProven = false

    /// - Throws: what of the user or the password SASLprep refuses.
    init(
        _ digest: SASLFunctions.Digest, plan: AuthenticationPlan, credentials: Credentials, binding: Binding = .none
    ) throws(SASLExchange.Fault) {
        (self.digest, self.credentials) = (digest, credentials)
        password = try SASLPreparation.prepared(credentials.secret.bytes, "the password")
        let user = try SASLPreparation.prepared(Array(plan.user.utf8), "the user name")
        let flag: String
        switch binding {
        case .none: (flag, bound) = ("n", [])
        case .notOffered: (flag, bound) = ("y", [])
        case .bound(let name, let bytes): (flag, bound) = ("p=\(name.rawValue)", bytes)
        }
        header = plan.actsAs.isEmpty ? "\(flag),," : "\(flag),a=\(Self.escaped(plan.actsAs)),"
        bare = "n=\(Self.escaped(Self.text(user))),r=\(credentials.nonce)"
    }

    /// A name, RFC 5802 §5.1: `=` and `,` would divide it.
    static func escaped(_ name: String) -> String {
        name.map { $0 == "=" ? "=3D" : $0 == "," ? "=2C" : String($0) }.joined()
    }

    var first: [UInt8] { Array((header + bare).utf8) }

    mutating func answer(_ challenge: [UInt8]) throws(SASLExchange.Fault) -> [UInt8] {
        if let expected {
            try check(challenge, against: expected)
            return []
        }
        let attributes = Self.attributes(challenge)
        guard let nonce = attributes["r"], nonce.hasPrefix(credentials.nonce), nonce != credentials.nonce else {
            throw .init(words: "the server's nonce does not begin with ours", doubtsServer: true)
        }
        guard attributes["m"] == nil else { throw .init(words: "the server demands an extension of SCRAM (m=)") }
        guard let salt = attributes["s"].flatMap({ Base64.decode(Array($0.utf8)) }), !salt.isEmpty,
            let rounds = attributes["i"].flatMap({ Int($0) }), rounds > 0
        else { throw .init(words: "the server's first message has no salt or no iteration count") }
        guard rounds <= Self.mostRounds else {
            throw .init(words: "the server asks for \(rounds) iterations; \(Self.mostRounds) are the limit")
        }
        return try prove(challenge, nonce: nonce, salt: salt, rounds: rounds)
    }

    private mutating func prove(
        _ challenge: [UInt8], nonce: String, salt: [UInt8], rounds: Int
    ) throws(SASLExchange.Fault) -> [UInt8] {
        let functions = credentials.functions
        let withoutProof = "c=\(Self.text(Base64.encode(Array(header.utf8) + bound))),r=\(nonce)"
        let signed = Array(bare.utf8) + [0x2C] + challenge + [0x2C] + Array(withoutProof.utf8)
        guard let salted = functions.derive(digest, password, salt, rounds),
            let clientKey = functions.hmac(digest, salted, Array("Client Key".utf8)),
            let stored = functions.hash(digest, clientKey),
            let signature = functions.hmac(digest, stored, signed),
            let serverKey = functions.hmac(digest, salted, Array("Server Key".utf8)),
            let serverSignature = functions.hmac(digest, serverKey, signed)
        else { throw .init(words: "this machine's OpenSSL refuses a function of SCRAM") }
        expected = serverSignature
        let proof = zip(clientKey, signature).map { $0 ^ $1 }
        return Array("\(withoutProof),p=\(Self.text(Base64.encode(proof)))".utf8)
    }

    private mutating func check(_ challenge: [UInt8], against expected: [UInt8]) throws(SASLExchange.Fault) {
        let attributes = Self.attributes(challenge)
        if let error = attributes["e"] { throw .init(words: "the server says \(EvidenceText.escaped(error))") }
        guard !isServerProven, let signature = attributes["v"].flatMap({ Base64.decode(Array($0.utf8)) }),
            signature == expected
        else {
            throw .init(words: "the server's signature is wrong: it does not know the password", doubtsServer: true)
        }
        isServerProven = true
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    /// `r=…,s=…`: a letter, an equals sign, a value.
    private static func attributes(_ message: [UInt8]) -> [String: String] {
        var attributes: [String: String] = [:]
        for part in message.split(separator: UInt8(ascii: ",")) {
            let sides = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard sides.count == 2, attributes[text(Array(sides[0]))] == nil else { continue }
            attributes[text(Array(sides[0]))] = text(Array(sides[1]))
        }
        return attributes
    }
}
