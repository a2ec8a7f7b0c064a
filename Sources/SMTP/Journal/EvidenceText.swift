/// Bytes of a stranger as text that is safe to print anywhere, for transcripts, journals and evidence.
///
/// Printable characters stay as they are; everything else becomes `\x1b`, one escape a byte, so that the bytes can be read back.
public enum EvidenceText {
    /// Every character that is not printable is escaped.
    public static func escaped(_ bytes: some Sequence<UInt8>) -> String {
        let bytes = Array(bytes)
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        var position = 0
        while position < bytes.count {
            let byte = bytes[position]
            if (0x20..<0x7F).contains(byte) {
                text.append(byte)
                position += 1
            } else if let (scalar, length) = scalar(in: bytes, at: position), isPrintable(scalar) {
                text += bytes[position..<position + length]
                position += length
            } else {
                text += hexadecimal(byte).utf8
                position += 1
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The text as it is, with what no terminal should get escaped.
    public static func escaped(_ text: String) -> String { escaped(text.utf8) }

    /// Printable ASCII only, reversible: what `unescaped` reads.
    static func ascii(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "\\"): text += [byte, byte]
            case 0x20..<0x7F: text.append(byte)
            default: text += hexadecimal(byte).utf8
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes that `ascii` wrote down; `nil` for an escape that it does not write.
    static func unescaped(_ text: some StringProtocol) -> [UInt8]? {
        var bytes: [UInt8] = []
        var rest = text.utf8.makeIterator()
        while let byte = rest.next() {
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                continue
            }
            switch rest.next() {
            case UInt8(ascii: "\\"): bytes.append(byte)
            case UInt8(ascii: "x"):
                guard let high = rest.next().flatMap(digit), let low = rest.next().flatMap(digit) else { return nil }
                bytes.append(high << 4 | low)
            case .some, .none: return nil
            }
        }
        return bytes
    }

    static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16)
        return byte < 16 ? "\\x0\(digits)" : "\\x\(digits)"
    }

    private static func digit(_ byte: UInt8) -> UInt8? { Character(Unicode.Scalar(byte)).hexDigitValue.map(UInt8.init) }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
        case .spaceSeparator: scalar == " " || scalar == "\u{3000}"
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber, .connectorPunctuation,
            .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation,
            .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol:
            true
        @unknown default: false
        }
    }

    /// The UTF-8 encoded scalar that starts at `position`, if one is whole there.
    private static func scalar(in bytes: [UInt8], at position: Int) -> (Unicode.Scalar, Int)? {
        let length: Int
        switch bytes[position] {
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF: length = 3
        case 0xF0...0xF4: length = 4
        default: return nil
        }
        guard position + length <= bytes.count else { return nil }
        var decoder = UTF8()
        var iterator = bytes[position..<position + length].makeIterator()
        guard case .scalarValue(let scalar) = decoder.decode(&iterator), scalar.utf8.count == length else { return nil }
        return (scalar, length)
    }
}

extension Unicode.Scalar {
    fileprivate var utf8: String.UTF8View { String(self).utf8 }
}
