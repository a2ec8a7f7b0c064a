/// Makes the secrets that logs write in clear unreadable, before a line is shown.
///
///     failed-command command="AUTH PLAIN AGEAYg==" result="535 …"  →  command="AUTH PLAIN [redacted]" result="535 …"
///
/// What follows the name of a SASL mechanism after AUTH (RFC 4954 §4) is the first response of the client; a lone base64
/// word as a command is a later one.
public enum LogSecrets {
    /// What stands in place of a secret.
    public static let mark = "[redacted]"

    private static let mechanisms: [[UInt8]] = [
        "plain", "login", "xoauth2", "oauthbearer", "ntlm", "gssapi", "external", "cram-md5", "digest-md5", "scram-",
        "kerberos_v4", "gs2-",
    ].map { Array($0.utf8) }

    /// The same line without its secrets; nearly always the very same bytes.
    public static func masked(_ line: [UInt8]) -> [UInt8] {
        let secrets = secrets(in: line.span)
        guard !secrets.isEmpty else { return LoggedSecret.masked(line) }
        var (masked, start) = ([UInt8](), 0)
        for secret in secrets {
            masked += line[start..<secret.lowerBound]
            masked += mark.utf8
            start = secret.upperBound
        }
        return masked + line[start...]
    }

    private static func secrets(in line: Span<UInt8>) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var index = 0
        while index + 9 < line.count {
            let byte = line[index] | 0x20
            if byte == 0x61, let secret = argument(line, index) {
                found.append(secret)
                index = secret.upperBound
            } else if byte == 0x63, let secret = response(line, index) {
                found.append(secret)
                index = secret.upperBound
            } else {
                index += 1
            }
        }
        return found
    }

    /// What stands behind `AUTH PLAIN ` at `start`.
    private static func argument(_ line: Span<UInt8>, _ start: Int) -> Range<Int>? {
        guard line[start + 1] | 0x20 == 0x75, line[start + 2] | 0x20 == 0x74, line[start + 3] | 0x20 == 0x68,
            isBlank(line[start + 4])
        else { return nil }
        if start > 0, isWord(line[start - 1]) { return nil }
        let name = skip(line, start + 4)
        guard let mechanism = mechanisms.first(where: { line.hasLetters($0, at: name) }) else { return nil }
        var end = name + mechanism.count
        while end < line.count, isWord(line[end]) || line[end] == 0x2D { end += 1 }
        guard end < line.count, isBlank(line[end]) else { return nil }
        let secret = word(line, skip(line, end))
        // A word of small letters is prose: "AUTH LOGIN failed".
        return secret.contains { !(0x61...0x7A).contains(line[$0]) } ? secret : nil
    }

    /// The base64 word in `command="…"` at `start`, when it is the whole command.
    private static func response(_ line: Span<UInt8>, _ start: Int) -> Range<Int>? {
        guard line.has("command=\"", at: start) else { return nil }
        let secret = word(line, start + 9)
        guard secret.count >= 4, secret.count % 4 == 0, secret.upperBound < line.count, line[secret.upperBound] == 0x22
        else { return nil }
        // Commands are letters of one case as a rule; base64 nearly never is.
        let isCommand =
            secret.allSatisfy { (0x41...0x5A).contains(line[$0]) }
            || secret.allSatisfy { (0x61...0x7A).contains(line[$0]) }
        return isCommand ? nil : secret
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    private static func isWord(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == 0x5F
    }

    private static func skip(_ line: Span<UInt8>, _ start: Int) -> Int {
        var index = start
        while index < line.count, isBlank(line[index]) { index += 1 }
        return index
    }

    /// The base64 characters (RFC 4648 §4, §5) at `start`.
    private static func word(_ line: Span<UInt8>, _ start: Int) -> Range<Int> {
        var end = start
        while end < line.count, isWord(line[end]) || [0x2B, 0x2F, 0x3D, 0x2D].contains(line[end]) { end += 1 }
        return start..<end
    }
}

extension Span where Element == UInt8 {
    /// True when `word`, given in lower case, stands at `index` in letters of either case.
    fileprivate func hasLetters(_ word: [UInt8], at index: Int) -> Bool {
        guard index >= 0, word.count <= count - index else { return false }
        for place in word.indices where TextStore.lower(self[index + place]) != word[place] { return false }
        return true
    }
}
