/// One step of decoding UTF-8 that may be anything: a scalar and its length, or nothing for a byte that begins none.
///
/// `String(decoding:)` would repair the text; here every bad byte must stay countable, one replacement for each
/// (interface d3), and a lead byte at the end of the input must be told apart from a bad one (the key decoder waits).
enum UTF8Decoding {
    case scalar(Unicode.Scalar, length: Int)
    case invalid
    /// Good so far, but the bytes end before the scalar does.
    case incomplete

    /// Decodes at `index`, which must be inside `bytes`. RFC 3629 section 4: no overlong forms, no surrogates.
    init(_ bytes: [UInt8], at index: Int) {
        guard index < bytes.count else {
            self = .incomplete
            return
        }
        let lead = bytes[index]
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch lead {
        case 0x00...0x7F:
            self = .scalar(Unicode.Scalar(lead), length: 1)
            return
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: length = 4
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        case _:
            self = .invalid
            return
        }
        var value = UInt32(lead) & (0x7F >> UInt32(length))
        for place in 1..<length {
            guard index + place < bytes.count else {
                self = .incomplete
                return
            }
            let next = bytes[index + place]
            guard (place == 1 ? second : 0x80...0xBF).contains(next) else {
                self = .invalid
                return
            }
            value = value << 6 | UInt32(next & 0x3F)
        }
        self = Unicode.Scalar(value).map { .scalar($0, length: length) } ?? .invalid
    }
}
