/// What the shell gives a session to authenticate with: the secret, a random word and the functions.
public struct Credentials: Hashable, Sendable {
    public var secret: Secret
    /// Printable ASCII without a comma, never used twice, RFC 5802 §5.1.
    public var nonce: String
    public var functions: SASLFunctions

    public init(secret: Secret, nonce: String, functions: SASLFunctions) {
        (self.secret, self.nonce, self.functions) = (secret, nonce, functions)
    }
}

/// The functions that SASL mechanisms are built of, given by the shell: this engine knows no cryptography.
public struct SASLFunctions: Hashable, Sendable {
    public enum Digest: Hashable, Sendable { case md5, sha1, sha256 }

    /// RFC 2104; `nil` when the library refuses the digest.
    public var hmac: @Sendable (_ digest: Digest, _ key: [UInt8], _ bytes: [UInt8]) -> [UInt8]?
    public var hash: @Sendable (_ digest: Digest, _ bytes: [UInt8]) -> [UInt8]?
    /// RFC 8018 §5.2 with HMAC, one digest long.
    public var derive: @Sendable (_ digest: Digest, _ password: [UInt8], _ salt: [UInt8], _ rounds: Int) -> [UInt8]?

    public init(
        hmac: @escaping @Sendable (Digest, [UInt8], [UInt8]) -> [UInt8]?,
        hash: @escaping @Sendable (Digest, [UInt8]) -> [UInt8]?,
        derive: @escaping @Sendable (Digest, [UInt8], [UInt8], Int) -> [UInt8]?
    ) { (self.hmac, self.hash, self.derive) = (hmac, hash, derive) }

    /// Whoever computes them, the RFCs say what comes out: all are equal.
    public static func == (left: SASLFunctions, right: SASLFunctions) -> Bool { true }
    public func hash(into hasher: inout Hasher) {}
}
