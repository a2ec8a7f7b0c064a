/// The quoted-printable encoding, RFC 2045 §6.7: text that stays readable, in lines of at most 76 characters.
enum QuotedPrintable {
    /// - Parameter text: In canonical form: every line ends with CRLF.
    static func encode(_ text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count + text.count / 8)
        var column = 0
        var index = text.startIndex
        while index < text.endIndex {
            let byte = text[index]
            if byte == 0x0D, index + 1 < text.endIndex, text[index + 1] == 0x0A {
                result += [0x0D, 0x0A]
                (column, index) = (0, index + 2)
                continue
            }
            let isLast = index + 1 == text.endIndex || text[index + 1] == 0x0D
            let isBlank = byte == 0x20 || byte == 0x09
            let isPlain = isBlank ? !isLast : (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "=")
            // One place is kept for the mark of a soft line break.
            if column + (isPlain ? 1 : 3) > 75 {
                result += [UInt8(ascii: "="), 0x0D, 0x0A]
                column = 0
            }
            if isPlain { result.append(byte) } else { result += [UInt8(ascii: "=")] + hexadecimal(byte).utf8 }
            column += isPlain ? 1 : 3
            index += 1
        }
        return result
    }

    /// How many octets `encode` would give, soft line breaks not counted.
    static func cost(of text: [UInt8]) -> Int {
        text.reduce(0) { $0 + ((0x20...0x7E).contains($1) && $1 != 0x3D || $1 == 0x0D || $1 == 0x0A ? 1 : 3) }
    }

    static func hexadecimal(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
}
