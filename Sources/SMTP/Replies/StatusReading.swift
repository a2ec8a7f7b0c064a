import MailVocabulary

/// Finds the enhanced status code in the text of a reply line, RFC 2034 §4, and what is odd about it.
///
///     S: 550 5.1.1 User unknown            the rule
///     S: 550 #5.1.0 Address rejected.      Cisco ESA
///     S: 421 #4.x.2 Too many messages      Cisco ESA: a letter where a number belongs
///     S: 550 no mailbox here (#5.1.1)      qmail: at the end
struct StatusReading: Hashable, Sendable {
    var status: EnhancedStatusCode?
    var oddity: Oddity?

    init(_ line: ArraySlice<UInt8>) {
        var text = line.drop { $0 == 0x20 || $0 == 0x09 }
        let hash = text.first == UInt8(ascii: "#")
        if hash { text.removeFirst() }
        let word = text.prefix { Self.isStatusByte($0) }
        let isWhole = text.dropFirst(word.count).first.map { !Self.isWordByte($0) } ?? true
        if isWhole, let status = EnhancedStatusCode(String(decoding: word, as: UTF8.self)) {
            self.status = status
            if hash { oddity = Oddity(.statusWithHash, "#\(status)") }
        } else if isWhole, Self.hasLetterForNumber(word) {
            oddity = Oddity(.statusNotNumeric, EvidenceText.escaped((hash ? [UInt8(ascii: "#")] : []) + word))
        } else if let status = Self.inParentheses(line) {
            self.status = status
            oddity = Oddity(.statusWithHash, "(#\(status))")
        }
    }

    private static func isStatusByte(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "x") || byte == UInt8(ascii: "X")
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte >= 0x80
            || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "@")
    }

    /// `4.x.2`: three parts, the first a class, at least one of the others a letter.
    private static func hasLetterForNumber(_ word: ArraySlice<UInt8>) -> Bool {
        let parts = word.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let digit = parts[0].first, parts[0].count == 1, [50, 52, 53].contains(digit) else {
            return false
        }
        return parts.allSatisfy { (1...3).contains($0.count) } && word.contains { $0 | 0x20 == UInt8(ascii: "x") }
    }

    private static func inParentheses(_ line: ArraySlice<UInt8>) -> EnhancedStatusCode? {
        var rest = line
        while let bracket = rest.firstIndex(of: UInt8(ascii: "(")) {
            rest = rest[(bracket + 1)...]
            guard rest.first == UInt8(ascii: "#") else { continue }
            let word = rest.dropFirst().prefix { isStatusByte($0) }
            guard rest.dropFirst(1 + word.count).first == UInt8(ascii: ")") else { continue }
            if let status = EnhancedStatusCode(String(decoding: word, as: UTF8.self)) { return status }
        }
        return nil
    }
}
