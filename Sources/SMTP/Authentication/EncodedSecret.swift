import MailVocabulary

/// What a secret looks like inside Base64 text, RFC 4648 §4, whatever stands before and behind it there.
///
/// Three bytes become four characters, so the secret may begin at one of three places of such a group. At each there are characters
/// that hold nothing but bits of the secret, and by these it is found: in PLAIN's word with any user, RFC 4616 §2, in a bearer
/// token's, RFC 7628 §3.1, in one that only the server made up.
struct EncodedSecret: Hashable, Sendable {
    /// Fewer characters would be found in words that hold no secret.
    private static let fewest = 4

    private let cores: [[UInt8]]

    init(_ secret: [UInt8]) {
        cores = (0..<3).compactMap { shift in
            let text = Base64.encode(Array(repeating: 0, count: shift) + secret)
            let core = text[(shift * 8 + 5) / 6..<(shift + secret.count) * 8 / 6]
            return core.count < Self.fewest ? nil : Array(core)
        }
    }

    /// The first word of Base64 in `bytes` that holds the secret.
    func word(in bytes: ArraySlice<UInt8>) -> Range<Int>? {
        let found = bytes.indices.first { start in cores.contains { bytes[start...].starts(with: $0) } }
        guard let found else { return nil }
        let start = bytes[..<found].lastIndex { !Base64.holds($0) }.map { $0 + 1 } ?? bytes.startIndex
        let end = bytes[found...].firstIndex { !Base64.holds($0) && $0 != UInt8(ascii: "=") } ?? bytes.endIndex
        return start..<end
    }
}
