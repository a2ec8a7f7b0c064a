/// Keeps credentials out of everything that is recorded: what AUTH carries, RFC 4954, and every echo of it, in both directions.
///
///     C: AUTH PLAIN [redacted]
///     S: 535 5.7.8 Error: authentication failed: [redacted]
public struct Redaction: Hashable, Sendable {
    /// What stands in a record in place of a secret.
    public static let mark = "[redacted]"

    /// Sequences of bytes that must not be recorded, the longest first.
    private var secrets: [[UInt8]] = []

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
    ///
    /// - Parameter user: Whose it is: PLAIN sends both in one word, RFC 4616 §2.
    public mutating func hide(_ secret: Secret, of user: String? = nil) {
        add(secret.bytes)
        var words = [secret.bytes, Array("bearer ".utf8) + secret.bytes, Array("Bearer ".utf8) + secret.bytes]
        if let user { words.append([0] + Array(user.utf8) + [0] + secret.bytes) }
        for word in words where !secret.bytes.isEmpty {
            let encoded = Base64.encode(word)
            add(encoded)
            add(Array(encoded.prefix { $0 != UInt8(ascii: "=") }))
        }
    }

    /// `text` without any secret that was learned.
    public func scrub(_ text: String) -> String {
        secrets.isEmpty ? text : String(decoding: scrub(Array(text.utf8)), as: UTF8.self)
    }

    /// `bytes` without any secret that was learned.
    public func scrub(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for secret in secrets where bytes.count >= secret.count {
            var clean: [UInt8] = []
            var position = 0
            var found = false
            while position < bytes.count {
                if bytes[position] == secret[0], bytes[position...].starts(with: secret) {
                    clean += Self.mark.utf8
                    position += secret.count
                    found = true
                } else {
                    clean.append(bytes[position])
                    position += 1
                }
            }
            if found { bytes = clean }
        }
        return bytes
    }

    /// The encoded form, with and without padding, what it decodes to, and the password in that.
    private mutating func learn(_ encoded: String, isUserName: Bool) {
        let bytes = Array(encoded.utf8)
        add(bytes)
        add(Array(bytes.prefix { $0 != UInt8(ascii: "=") }))
        guard !isUserName, let decoded = Base64.decode(bytes) else { return }
        add(decoded)
        // SASL PLAIN, RFC 4616: authorization identity, NUL, user, NUL, password.
        guard let password = decoded.split(separator: 0).last else { return }
        add(Array(password))
        let encodedPassword = Base64.encode(Array(password))
        add(encodedPassword)
        add(Array(encodedPassword.prefix { $0 != UInt8(ascii: "=") }))
    }

    /// Three bytes and fewer would be found everywhere.
    private mutating func add(_ secret: [UInt8]) {
        guard secret.count > 3, !secrets.contains(secret) else { return }
        secrets.append(secret)
        secrets.sort { $0.count > $1.count }
    }

    private static func asksForUser(_ prompt: [UInt8]) -> Bool {
        guard let decoded = Base64.decode(prompt) else { return false }
        return String(decoding: decoded, as: UTF8.self).lowercased().hasPrefix("user")
    }
}
