/// Base64, RFC 4648 §4.
enum Base64Text {
    /// `nil` for any character outside the alphabet, and for a number of characters that no bytes have.
    static func bytes(_ text: some StringProtocol) -> [UInt8]? {
        var (bytes, group, bits): ([UInt8], UInt32, Int) = ([], 0, 0)
        var letters = Array(text.utf8)
        while letters.last == UInt8(ascii: "=") { letters.removeLast() }
        guard letters.count % 4 != 1 else { return nil }
        for letter in letters {
            guard let value = value(letter) else { return nil }
            group = group << 6 | UInt32(value)
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: group >> UInt32(bits)))
            }
        }
        return bytes
    }

    private static func value(_ letter: UInt8) -> UInt8? {
        switch letter {
        case 0x41...0x5A: letter - 0x41
        case 0x61...0x7A: letter - 0x61 + 26
        case 0x30...0x39: letter - 0x30 + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
