/// Tells whether a content is UTF-8, RFC 3629 §4, piece by piece.
struct UTF8Watch: Sendable {
    private var isValid = true
    /// The beginning of a character whose end is in the next piece.
    private var held: [UInt8] = []

    /// All that came was UTF-8, and the last character is whole.
    var isWhole: Bool { isValid && held.isEmpty }

    mutating func write(_ bytes: [UInt8]) {
        guard isValid else { return }
        var text = held + bytes
        let lead = text.suffix(4).lastIndex { $0 & 0xC0 != 0x80 }
        held = []
        if let lead {
            let length = text[lead] >= 0xF0 ? 4 : text[lead] >= 0xE0 ? 3 : text[lead] >= 0xC0 ? 2 : 1
            if text.count - lead < length {
                held = Array(text[lead...])
                text.removeLast(held.count)
            }
        }
        isValid = String(validating: text, as: UTF8.self) != nil
    }
}
