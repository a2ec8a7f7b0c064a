/// Makes the secrets that logs write in clear unreadable, before a line is shown.
///
///     failed-command command="AUTH PLAIN AGEAYg==" result="535 …"  →  command="AUTH PLAIN [redacted]" result="535 …"
///     Info: 6 Rcvd from '198.51.100.4': 'c2VjcmV0\015\012'        →  '198.51.100.4': '[redacted]\015\012'
///
/// What follows the name of a SASL mechanism after AUTH (RFC 4954 §4) is the first response of the client; a lone base64
/// word as a command, in OpenSMTPD's quotes or in a Cisco ESA's debug log, is a later one.
public enum LogSecrets {
    /// What stands in place of a secret.
    public static let mark = "[redacted]"

    private static let mechanisms: [[UInt8]] = [
        "plain", "login", "xoauth2", "oauthbearer", "ntlm", "gssapi", "external", "cram-md5", "digest-md5", "scram-",
        "kerberos_v4", "gs2-",
    ].map { Array($0.utf8) }

    /// Commands that could be read as base64.
    private static let commands: [[UInt8]] = ["quit", "data", "rset", "noop", "help", "helo", "ehlo", "starttls"].map {
        Array($0.utf8)
    }

    /// The same line without its secrets; nearly always the very same bytes.
    public static func masked(_ line: [UInt8]) -> [UInt8] {
        let secrets = secrets(in: line.span)
        guard !secrets.isEmpty else { return line }
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
        while index + 6 < line.count {
            let secret: Range<Int>?
            switch line[index] {
            case 0x41, 0x61: secret = argument(line, index)  // AUTH
            case 0x63: secret = command(line, index)  // command="
            case 0x52: secret = line.has("Rcvd from '", at: index) ? answer(line, index + 11) : nil
            case 0x53: secret = line.has("Sent: '", at: index) ? answer(line, index) : nil
            default: secret = nil
            }
            if let secret { found.append(secret) }
            index = secret?.upperBound ?? index + 1
        }
        return found
    }

    /// What stands behind `AUTH PLAIN ` at `start`.
    private static func argument(_ line: Span<UInt8>, _ start: Int) -> Range<Int>? {
        guard line.hasLetters([0x61, 0x75, 0x74, 0x68], at: start), isBlank(line[start + 4]) else { return nil }
        if start > 0, isBase64(line[start - 1]) { return nil }
        let name = skip(line, start + 4)
        var end = name
        while end < line.count, isWord(line[end]) || line[end] == 0x2D { end += 1 }
        guard end > name, end < line.count, isBlank(line[end]) else { return nil }
        let secret = word(line, skip(line, end))
        guard mechanisms.contains(where: { line.hasLetters($0, at: name) }) else {
            // A mechanism that nobody knows, or prose: then it has to look like what is encoded.
            return secret.count > 3 && isEncoded(line, secret) ? secret : nil
        }
        // An offer has more mechanisms there: "250 AUTH PLAIN LOGIN".
        if mechanisms.contains(where: { isWhole($0, secret) && line.hasLetters($0, at: secret.lowerBound) }) {
            return nil
        }
        // A word of small letters is prose: "AUTH LOGIN failed".
        return secret.contains { !(0x61...0x7A).contains(line[$0]) } ? secret : nil
    }

    /// Whether a word of this length is the mechanism, or one of the family that the name begins: `scram-`.
    private static func isWhole(_ mechanism: [UInt8], _ word: Range<Int>) -> Bool {
        mechanism.count == word.count || mechanism.last == 0x2D
    }

    /// The base64 word in `command="…"` at `start`, when it is the whole command.
    private static func command(_ line: Span<UInt8>, _ start: Int) -> Range<Int>? {
        guard line.has("command=\"", at: start) else { return nil }
        let secret = word(line, start + 9)
        guard secret.count >= 4, secret.count % 4 == 0, line.has("\"", at: secret.upperBound) else { return nil }
        // Commands are letters of one case as a rule; base64 nearly never is.
        let isCommand =
            secret.allSatisfy { (0x41...0x5A).contains(line[$0]) }
            || secret.allSatisfy { (0x61...0x7A).contains(line[$0]) }
        return isCommand ? nil : secret
    }

    /// The whole line of a client that is nothing but base64, in quotes behind a colon at or after `start`.
    private static func answer(_ line: Span<UInt8>, _ start: Int) -> Range<Int>? {
        guard let open = line.index(of: ": '", from: start) else { return nil }
        let secret = word(line, open + 3)
        guard !secret.isEmpty, secret.count % 4 == 0, isEncoded(line, secret),
            line.has("'", at: secret.upperBound) || line.has("\\", at: secret.upperBound),
            !commands.contains(where: { $0.count == secret.count && line.hasLetters($0, at: secret.lowerBound) })
        else { return nil }
        return secret
    }

    /// Mechanisms and words are capital letters or small ones; what is encoded is nearly always more.
    private static func isEncoded(_ line: Span<UInt8>, _ word: Range<Int>) -> Bool {
        let small = word.contains { (0x61...0x7A).contains(line[$0]) }
        let capital = word.contains { (0x41...0x5A).contains(line[$0]) }
        let other = word.contains { !(0x41...0x5A).contains(line[$0] & 0xDF) }
        return small && (capital || other) || capital && other
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    private static func isWord(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == 0x5F
    }

    /// RFC 4648 §4, §5.
    private static func isBase64(_ byte: UInt8) -> Bool { isWord(byte) || [0x2B, 0x2D, 0x2F, 0x3D].contains(byte) }

    private static func skip(_ line: Span<UInt8>, _ start: Int) -> Int {
        var index = start
        while index < line.count, isBlank(line[index]) { index += 1 }
        return index
    }

    /// The base64 characters at `start`.
    private static func word(_ line: Span<UInt8>, _ start: Int) -> Range<Int> {
        var end = start
        while end < line.count, isBase64(line[end]) { end += 1 }
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
