import MailVocabulary

/// How the lines of a part were written for the way, RFC 2045 §6: read back, where that is Base64 or quoted-printable.
enum PartEncoding {
    /// - Parameter encoding: The value of Content-Transfer-Encoding; the lines stay as they are for any other.
    static func decoded(
        _ lines: ArraySlice<ArraySlice<UInt8>>, _ encoding: String?
    ) -> ArraySlice<ArraySlice<UInt8>> {
        switch encoding?.lowercased() {
        case "base64": Base64.decode(lines.joined()).map { Self.lines(of: $0)[...] } ?? lines
        case "quoted-printable": Self.lines(of: plain(lines))[...]
        case _: lines
        }
    }

    /// The lines of a text, without their ends.
    static func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map {
            $0.last == 0x0D ? $0.dropLast() : $0
        }
    }

    /// RFC 2045 §6.7: `=` and two digits are an octet, `=` at the end of a line joins it with the next; another `=` stays.
    private static func plain(_ lines: ArraySlice<ArraySlice<UInt8>>) -> [UInt8] {
        var text: [UInt8] = []
        for line in lines {
            // Blanks at the end of a line were added on the way.
            var rest = line[..<((line.lastIndex { $0 != 0x20 && $0 != 0x09 }.map { $0 + 1 }) ?? line.startIndex)]
            let isJoined = rest.last == UInt8(ascii: "=")
            if isJoined { rest.removeLast() }
            while let byte = rest.popFirst() {
                if byte == UInt8(ascii: "="), rest.count > 1, let octet = octet(rest.prefix(2)) {
                    text.append(octet)
                    rest = rest.dropFirst(2)
                } else {
                    text.append(byte)
                }
            }
            if !isJoined { text.append(0x0A) }
        }
        return text
    }

    private static func octet(_ digits: ArraySlice<UInt8>) -> UInt8? {
        let text = String(decoding: digits, as: UTF8.self)
        return text.allSatisfy(\.isHexDigit) ? UInt8(text, radix: 16) : nil
    }
}
