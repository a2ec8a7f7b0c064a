/// A header field as it goes over the wire: encoded where it is not ASCII, folded, ended by CRLF. RFC 5322 §2.1.1 and §2.2.3.
enum HeaderText {
    /// RFC 5322 §2.1.1: what a line should and must not exceed, CRLF not counted.
    static let wishedLine = 78
    static let longestLine = 998

    /// - Throws: `CommandFault` when a word is too long for any line.
    static func wire(_ field: HeaderField) throws(CommandFault) -> [UInt8] {
        let value: String =
            switch kind(of: field.name) {
            case .text: EncodedWord.encode(field.value, first: max(30, EncodedWord.limit - field.name.utf8.count - 2))
            case .addresses: addresses(field.value)
            case .structured: field.value
            }
        return try folded(field.name, Array(value.utf8))
    }

    private enum Kind { case text, addresses, structured }

    /// Where RFC 2047 §5 lets encoded words stand: in free text, in the phrases before addresses, and nowhere in ids and dates.
    private static func kind(of name: String) -> Kind {
        let name = name.lowercased()
        let addresses = ["from", "to", "cc", "bcc", "reply-to", "sender"]
        let structured = ["date", "message-id", "references", "in-reply-to", "received", "return-path", "mime-version"]
        let plain = name.hasPrefix("resent-") ? String(name.dropFirst(7)) : name
        if addresses.contains(plain) { return .addresses }
        return structured.contains(plain) || plain.hasPrefix("content-") ? .structured : .text
    }

    /// Encodes the phrases that are not ASCII. Addresses keep their UTF-8, which SMTPUTF8 carries, RFC 6532 §3.2.
    private static func addresses(_ value: String) -> String {
        var (result, phrase) = ("", "")
        var (isQuoted, isAddress) = (false, false)
        for character in value {
            switch character {
            case ">" where isAddress: isAddress = false
            case "\"" where !isAddress: isQuoted.toggle()
            case "<" where !isQuoted, "," where !isQuoted && !isAddress:
                result += encoded(phrase: phrase)
                (phrase, isAddress) = ("", character == "<")
            default: break
            }
            let isPhrase = !isAddress && character != ">" && character != ","
            if isPhrase || isQuoted { phrase.append(character) } else { result.append(character) }
        }
        return result + encoded(phrase: phrase)
    }

    private static func encoded(phrase: String) -> String {
        guard phrase.utf8.contains(where: { $0 >= 0x80 }), !phrase.contains("@") else { return phrase }
        let bare = phrase.filter { $0 != "\"" }.split(separator: " ").joined(separator: " ")
        let before = phrase.hasPrefix(" ") ? " " : ""
        let after = phrase.hasSuffix(" ") ? " " : ""
        return before + EncodedWord.encode(bare, first: 50, isWhole: true) + after
    }

    private static func folded(_ name: String, _ value: [UInt8]) throws(CommandFault) -> [UInt8] {
        var wire: [UInt8] = []
        var line = Array(name.utf8) + [UInt8(ascii: ":"), 0x20]
        var isFirst = true
        for piece in pieces(of: value) {
            if !isFirst, line.count + piece.count > wishedLine {
                wire += line + [0x0D, 0x0A]
                line = []
            }
            line += piece
            isFirst = false
            guard line.count <= longestLine else {
                throw CommandFault(
                    "the header field \(name) has a word of \(piece.count) octets; a line has at most 998 "
                        + "(RFC 5322 §2.1.1), and --raw sends longer ones")
            }
        }
        return wire + line + [0x0D, 0x0A]
    }

    /// Words, each with the white space before it. White space at the end stays with the last word: no line is blank.
    private static func pieces(of value: [UInt8]) -> [ArraySlice<UInt8>] {
        var pieces: [ArraySlice<UInt8>] = []
        var start = value.startIndex
        var hasText = false
        for index in value.indices {
            let isBlank = value[index] == 0x20 || value[index] == 0x09
            if isBlank, hasText, index > start, value[index - 1] != 0x20, value[index - 1] != 0x09 {
                pieces.append(value[start..<index])
                start = index
                hasText = false
            }
            if !isBlank { hasText = true }
        }
        if start < value.endIndex {
            if hasText || pieces.isEmpty {
                pieces.append(value[start...])
            } else {
                pieces[pieces.endIndex - 1] += value[start...]
            }
        }
        return pieces
    }
}
