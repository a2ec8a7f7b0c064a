/// The quoted-printable encoding, RFC 2045 §6.7: text that stays readable, in lines of at most 76 characters. Piece by piece.
struct QuotedPrintable: Hashable, Sendable {
    private var column = 0
    /// The latest octet: what comes behind it decides how it is written.
    private var held: UInt8?

    /// - Parameter text: In canonical form: every line ends with CRLF.
    static func encode(_ text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count + text.count / 8)
        var writer = QuotedPrintable()
        writer.write(text, to: &result)
        writer.finish(&result)
        return result
    }

    mutating func write(_ bytes: [UInt8], to text: inout [UInt8]) {
        for byte in bytes {
            guard let before = held else {
                held = byte
                continue
            }
            if before == 0x0D, byte == 0x0A {
                text += [0x0D, 0x0A]
                (column, held) = (0, nil)
                continue
            }
            put(before, isLastOfLine: byte == 0x0D, to: &text)
            held = byte
        }
    }

    mutating func finish(_ text: inout [UInt8]) {
        if let held { put(held, isLastOfLine: true, to: &text) }
        held = nil
    }

    private mutating func put(_ byte: UInt8, isLastOfLine: Bool, to text: inout [UInt8]) {
        let isBlank = byte == 0x20 || byte == 0x09
        let isPlain = isBlank ? !isLastOfLine : (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "=")
        // One place is kept for the mark of a soft line break.
        if column + (isPlain ? 1 : 3) > 75 {
            text += [UInt8(ascii: "="), 0x0D, 0x0A]
            column = 0
        }
        if isPlain { text.append(byte) } else { text += [UInt8(ascii: "=")] + Self.hexadecimal(byte).utf8 }
        column += isPlain ? 1 : 3
    }

    static func hexadecimal(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
}
