import MailVocabulary

/// Writes base64 in lines of at most 76 characters, RFC 2045 §6.8, piece by piece.
struct Base64Lines: Hashable, Sendable {
    /// Octets of a line.
    static let width = 57

    /// What makes no whole line yet.
    private var held: [UInt8] = []

    mutating func write(_ bytes: [UInt8], to text: inout [UInt8]) {
        text.reserveCapacity(text.count + bytes.count / Self.width * 78 + 80)
        let all = held.isEmpty ? bytes : held + bytes
        var start = 0
        while all.count - start >= Self.width {
            Self.line(all[start..<start + Self.width], to: &text)
            start += Self.width
        }
        held = Array(all[start...])
    }

    mutating func finish(_ text: inout [UInt8]) {
        if !held.isEmpty { Self.line(held[...], to: &text) }
        held = []
    }

    /// How much `count` octets become.
    static func size(of count: Int) -> (octets: Int, lines: Int) {
        let lines = (count + width - 1) / width
        return ((count + 2) / 3 * 4 + lines * 2, lines)
    }

    private static func line(_ bytes: ArraySlice<UInt8>, to text: inout [UInt8]) {
        Base64.append(bytes, to: &text)
        text += [0x0D, 0x0A]
    }
}
