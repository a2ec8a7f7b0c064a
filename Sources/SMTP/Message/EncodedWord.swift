import MailVocabulary

/// Text that is not ASCII in a header field, RFC 2047: `=?utf-8?Q?Gr=C3=BC=C3=9Fe?=`.
enum EncodedWord {
    /// RFC 2047 §2: the octets of one encoded word, its marks counted.
    static let limit = 75

    /// The text with its words from the first to the last that is not ASCII as encoded words, in UTF-8, B or Q, whichever is
    /// shorter.
    ///
    /// - Parameters:
    ///   - first: What fits on the first line.
    ///   - isWhole: Its ASCII words are encoded too: in a phrase their commas and quotation marks would mean something.
    static func encode(_ text: String, first: Int, isWhole: Bool = false) -> String {
        if isWhole { return encoded(text, first: first).joined(separator: " ") }
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard let start = words.firstIndex(where: isForeign), let end = words.lastIndex(where: isForeign) else {
            return text
        }
        let lead = words[..<start].map(String.init)
        let tail = words[(end + 1)...].map(String.init)
        let core = words[start...end].joined(separator: " ")
        let used = lead.reduce(0) { $0 + $1.utf8.count + 1 }
        return (lead + encoded(core, first: first - used) + tail).joined(separator: " ")
    }

    private static func isForeign(_ word: Substring) -> Bool { word.utf8.contains { $0 >= 0x80 } }

    private static func encoded(_ text: String, first: Int) -> [String] {
        let bytes = text.utf8.count
        let quoted = text.utf8.reduce(0) { $0 + (isSafe($1) || $1 == 0x20 ? 1 : 3) }
        let usesBase64 = (bytes + 2) / 3 * 4 < quoted
        var room = max(first, 30)
        var words: [String] = []
        var word: [UInt8] = []
        // A character is never cut in two, RFC 2047 §5.
        for character in text.unicodeScalars {
            let next = Array(String(character).utf8)
            if !word.isEmpty, length(of: word + next, usesBase64) > room {
                words.append(written(word, usesBase64))
                (word, room) = ([], limit)
            }
            word += next
        }
        return words + [written(word, usesBase64)]
    }

    private static func length(of bytes: [UInt8], _ usesBase64: Bool) -> Int {
        12 + (usesBase64 ? (bytes.count + 2) / 3 * 4 : bytes.reduce(0) { $0 + (isSafe($1) || $1 == 0x20 ? 1 : 3) })
    }

    private static func written(_ bytes: [UInt8], _ usesBase64: Bool) -> String {
        if usesBase64 { return "=?utf-8?B?\(String(decoding: Base64.encode(bytes), as: UTF8.self))?=" }
        var text = "=?utf-8?Q?"
        for byte in bytes {
            if byte == 0x20 {
                text += "_"
            } else if isSafe(byte) {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += "=" + QuotedPrintable.hexadecimal(byte)
            }
        }
        return text + "?="
    }

    /// What may stand as itself anywhere, even in a phrase, RFC 2047 §5 (3).
    private static func isSafe(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 65...90, 97...122, UInt8(ascii: "!"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"),
            UInt8(ascii: "/"):
            true
        default: false
        }
    }
}
