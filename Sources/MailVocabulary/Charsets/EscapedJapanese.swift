/// ISO-2022-JP, RFC 1468: Japanese in seven bits, between escape sequences.
enum EscapedJapanese {
    /// Whether an escape to two-byte characters is there, and pairs of printable bytes follow it.
    static func isPresent(in bytes: ArraySlice<UInt8>) -> Bool {
        var isWide = false
        var hasText = false
        var index = bytes.startIndex
        while index < bytes.endIndex {
            if bytes[index] == 0x1B {
                let sequence = bytes[index...].dropFirst().prefix(2)
                switch Array(sequence) {
                case [0x24, 0x40], [0x24, 0x42]: isWide = true
                case [0x28, 0x42], [0x28, 0x4A], [0x28, 0x49]: isWide = false
                case _: return false
                }
                index += 3
            } else if isWide {
                let pair = bytes[index...].prefix(2)
                guard pair.allSatisfy({ (0x21...0x7E).contains($0) }) else { return false }
                hasText = hasText || pair.count == 2
                index += 2
            } else {
                index += 1
            }
        }
        return hasText
    }
}
