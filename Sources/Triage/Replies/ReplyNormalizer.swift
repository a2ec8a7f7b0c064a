import MailVocabulary
import SMTP

/// Makes replies comparable: RFC 5321 §4.2.1 continuation lines are joined, codes and enhanced codes (RFC 2034) taken
/// out of the text, runs of blanks folded into one.
///
/// Read with leniency, because the wild is so: codes glued to words, `#5.1.1` and `(#5.1.1)`, `#4.x.2`, several codes
/// in one reply, and whole log lines with a reply inside. Linear in the length of the text.
public enum ReplyNormalizer {
    /// Never fails: text without any code has `code` nil and all of it in `text`.
    public static func normalize(_ reply: String) -> NormalizedReply {
        var result = NormalizedReply()
        var lines = Array(reply.utf8).split(omittingEmptySubsequences: true) { $0 == 10 || $0 == 13 }
        if let first = lines.first, leadingCode(first) == nil, leadingStatus(first, of: nil) == nil,
            let embedded = EmbeddedReply(in: lines)
        {
            lines = embedded.lines
            result.stage = embedded.stage
        }
        var joined: [UInt8] = []
        for line in lines {
            var rest = trimmed(line)
            if let code = leadingCode(rest) {
                result.codesDiffer = result.codesDiffer || (result.code.map { $0 != code } ?? false)
                result.code = code
                rest = trimmed(rest.dropFirst(3))
                if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: ":") {
                    rest = trimmed(rest.dropFirst())
                }
            }
            if let found = leadingStatus(rest, of: nil) {
                result.take(found)
                rest = trimmed(rest[found.end...])
            }
            if !joined.isEmpty { joined.append(32) }
            joined += rest
        }
        if result.status == nil, result.oddStatus == nil, result.digit != 2, result.digit != 3 {
            takeInnerStatus(from: &joined, into: &result)
        }
        result.text = foldedBlanks(joined)
        result.folded = result.text.map(folded)
        return result
    }

    static func folded(_ byte: UInt8) -> UInt8 { (65...90).contains(byte) ? byte + 32 : byte }

    /// Runs of blanks and control bytes as one blank, none at the ends.
    static func foldedBlanks(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        for byte in bytes {
            if byte <= 32 || byte == 127 {
                if let last = result.last, last != 32 { result.append(32) }
            } else {
                result.append(byte)
            }
        }
        if result.last == 32 { result.removeLast() }
        return result
    }

    static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        bytes.drop { $0 <= 32 }
    }

    /// The code at the start of a line: three digits, the first 2 to 5, and no fourth digit, dot or colon behind them.
    static func leadingCode(_ line: ArraySlice<UInt8>) -> Int? {
        let line = trimmed(line)
        guard line.count >= 3 else { return nil }
        let at = line.startIndex
        guard (50...53).contains(line[at]), isDigit(line[at + 1]), isDigit(line[at + 2]) else { return nil }
        if line.count > 3 {
            let next = line[at + 3]
            if isDigit(next) || next == UInt8(ascii: ".") || next == UInt8(ascii: "/") { return nil }
            // 250:10:…, an address or a time, is not a code; `550: text` is.
            if next == UInt8(ascii: ":"), line.count > 4, line[at + 4] > 32 { return nil }
        }
        return Int(line[at] - 48) * 100 + Int(line[at + 1] - 48) * 10 + Int(line[at + 2] - 48)
    }

    /// An enhanced code as found: its value, or its text when it is `4.x.2`, and where the rest begins.
    struct FoundStatus {
        var status: EnhancedStatusCode?
        var text: String
        var hasHash: Bool
        var start: Int
        var end: Int
    }

    /// The enhanced code at the start of `bytes`: `5.1.1`, `#5.1.1`, `(#5.1.1)`, `[5.1.1]`, `#4.x.2`.
    ///
    /// `digit` is the class that it must have, when that matters.
    static func leadingStatus(_ bytes: ArraySlice<UInt8>, of digit: Int?) -> FoundStatus? {
        let bytes = trimmed(bytes)
        var at = bytes.startIndex
        let start = at
        var (hasHash, bracket): (Bool, UInt8?) = (false, nil)
        if at < bytes.endIndex, bytes[at] == UInt8(ascii: "(") || bytes[at] == UInt8(ascii: "[") {
            bracket = bytes[at] == UInt8(ascii: "(") ? UInt8(ascii: ")") : UInt8(ascii: "]")
            at += 1
        }
        if at < bytes.endIndex, bytes[at] == UInt8(ascii: "#") { (hasHash, at) = (true, at + 1) }
        let first = at
        guard at < bytes.endIndex, isDigit(bytes[at]) else { return nil }
        var parts: [Int] = [0]
        var hasX = false
        while at < bytes.endIndex, at - first <= 11 {
            let byte = bytes[at]
            if isDigit(byte) {
                parts[parts.count - 1] = parts[parts.count - 1] * 10 + Int(byte) - 48
            } else if byte == UInt8(ascii: ".") {
                // A dot ends a sentence as well as a part: `5.1.1.` and `5.1.1. User unknown`.
                if parts.count == 3 { break }
                parts.append(0)
            } else if byte | 32 == UInt8(ascii: "x"), hasHash, bytes[at - 1] == UInt8(ascii: ".") {
                hasX = true
            } else {
                break
            }
            at += 1
        }
        guard parts.count == 3, at > first, bytes[at - 1] != UInt8(ascii: "."), [2, 4, 5].contains(parts[0]),
            digit == nil || digit == parts[0]
        else { return nil }
        guard parts.allSatisfy({ $0 < 1000 }) else { return nil }
        let status = hasX ? nil : EnhancedStatusCode(parts[0], parts[1], parts[2])
        let text = hasX ? String(decoding: bytes[first..<at], as: UTF8.self) : ""
        if at < bytes.endIndex {
            let next = bytes[at]
            if next == UInt8(ascii: "."), at + 1 < bytes.endIndex, isDigit(bytes[at + 1]) { return nil }
            if next == bracket { at += 1 }
            if at < bytes.endIndex, [UInt8(ascii: ":"), UInt8(ascii: "."), UInt8(ascii: "-")].contains(bytes[at]) {
                at += 1
            }
        }
        return FoundStatus(status: status, text: text, hasHash: hasHash, start: start, end: at)
    }

    /// Takes the first enhanced code that stands somewhere inside: `… (#5.1.1)`, `<user@example.com>: 5.1.1 …`.
    private static func takeInnerStatus(from joined: inout [UInt8], into result: inout NormalizedReply) {
        let opens: [UInt8] = [32, UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "#")]
        for at in joined.indices where opens.contains(joined[at]) {
            let from = joined[at] == 32 ? at + 1 : at
            guard from < joined.count, joined[from] > 32 else { continue }
            guard let found = leadingStatus(joined[from...].prefix(20), of: result.digit) else { continue }
            result.take(found)
            joined.removeSubrange(found.start..<found.end)
            return
        }
    }

    static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}

extension NormalizedReply {
    /// Notes an enhanced code; later ones of the same reply do not replace the first.
    fileprivate mutating func take(_ found: ReplyNormalizer.FoundStatus) {
        if status != nil || oddStatus != nil { return }
        if let value = found.status { status = value } else { oddStatus = found.text }
        hasHashStatus = found.hasHash
    }
}
