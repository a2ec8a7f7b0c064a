import MailVocabulary

/// Keeps credentials out of everything that is recorded: what AUTH carries, RFC 4954, and every echo of it, in both directions.
///
///     C: AUTH PLAIN [redacted]
///     S: 535 5.7.8 Error: authentication failed: [redacted]
public struct Redaction: Hashable, Sendable {
    /// What stands in a record in place of a secret.
    public static let mark = "[redacted]"

    /// Sequences of bytes that must not be recorded, the longest first.
    private var secrets: [[UInt8]] = []
    private var encodedSecrets: [EncodedSecret] = []

    public init() {}

    /// The line as it may be recorded; learns the secrets that it carries.
    ///
    /// - Parameters:
    ///   - answersAuthentication: The line is the answer to a 334, or follows an AUTH whose reply is still due.
    ///   - prompt: The text of that 334; one that asks for the user name makes the answer no password.
    public mutating func record(_ line: String, answersAuthentication: Bool, prompt: [UInt8] = []) -> String {
        if answersAuthentication {
            guard line != "*", !line.isEmpty else { return line }
            learn(line, isUserName: Self.asksForUser(prompt))
            return Self.mark
        }
        guard CommandText.stage(of: line) == .authenticate else { return scrub(line) }
        let words = line.split(separator: " ", omittingEmptySubsequences: true)
        guard words.count > 2 else { return scrub(line) }
        // The initial response of LOGIN is the user name; that of every other mechanism may hold the password.
        let isUserName = words[1].lowercased() == "login"
        for word in words.dropFirst(2) where word != "=" { learn(String(word), isUserName: isUserName) }
        return "\(words[0]) \(words[1]) \(Self.mark)"
    }

    /// Learns a secret that may go out in some encoding or other.
    public mutating func hide(_ secret: Secret) { add(password: secret.bytes) }

    /// `text` without any secret that was learned.
    public func scrub(_ text: String) -> String {
        secrets.isEmpty ? text : String(decoding: scrub(Array(text.utf8)), as: UTF8.self)
    }

    /// `bytes` without any secret that was learned.
    public func scrub(_ bytes: [UInt8]) -> [UInt8] {
        let bytes = encodedSecrets.reduce(bytes) { bytes, secret in Self.scrub(bytes) { secret.word(in: $0) } }
        return secrets.reduce(bytes) { bytes, secret in
            Self.scrub(bytes) { rest in
                rest.indices.first { rest[$0] == secret[0] && rest[$0...].starts(with: secret) }
                    .map { $0..<$0 + secret.count }
            }
        }
    }

    /// `bytes` with the mark in place of every range that `next` finds in what is left.
    private static func scrub(_ bytes: [UInt8], next: (ArraySlice<UInt8>) -> Range<Int>?) -> [UInt8] {
        var clean: [UInt8] = []
        var rest = bytes[...]
        while let found = next(rest) {
            clean += rest[..<found.lowerBound] + mark.utf8
            rest = rest[found.upperBound...]
        }
        return clean.isEmpty ? bytes : clean + rest
    }

    /// The encoded form, with and without padding, what it decodes to, and the password in that.
    private mutating func learn(_ encoded: String, isUserName: Bool) {
        let bytes = Array(encoded.utf8)
        add(bytes)
        add(Array(bytes.prefix { $0 != UInt8(ascii: "=") }))
        guard !isUserName, let decoded = Base64.decode(bytes) else { return }
        add(decoded)
        // SASL PLAIN, RFC 4616: authorization identity, NUL, user, NUL, password.
        if let password = decoded.split(separator: 0).last { add(password: Array(password)) }
    }

    private mutating func add(password: [UInt8]) {
        guard add(password) else { return }
        encodedSecrets.append(EncodedSecret(password))
    }

    /// - Returns: Whether it is new, and no shorter than four bytes: what is shorter would be found everywhere.
    @discardableResult
    private mutating func add(_ secret: [UInt8]) -> Bool {
        guard secret.count > 3, !secrets.contains(secret) else { return false }
        secrets.append(secret)
        secrets.sort { $0.count > $1.count }
        return true
    }

    private static func asksForUser(_ prompt: [UInt8]) -> Bool {
        guard let decoded = Base64.decode(prompt) else { return false }
        return String(decoding: decoded, as: UTF8.self).lowercased().hasPrefix("user")
    }
}
