import MailVocabulary

/// One `%{…}` of a domain-spec, RFC 7208 §7: a letter, how many parts, whether reversed, and what divides them.
struct SPFMacro: Hashable, Sendable {
    /// In small: s, l, o, d, i, p, h, v.
    let letter: UInt8
    /// A capital letter asks for URL escapes, §7.3.
    let isEscaped: Bool
    /// Parts that are kept, from the right; `nil` for all.
    let count: Int?
    let isReversed: Bool
    let delimiters: [UInt8]

    private static let known = Array("slodiphv".utf8)
    private static let allDelimiters = Array(".-+,/_=".utf8)

    init(_ inside: ArraySlice<UInt8>) throws(SPFWords) {
        var rest = inside
        guard let first = rest.popFirst() else { throw SPFWords("has an empty macro") }
        letter = first | 0x20
        isEscaped = first & 0x20 == 0
        if Array("crt".utf8).contains(letter) {
            throw SPFWords("uses a macro letter that is allowed in explanations only (c, r, t)")
        }
        guard Self.known.contains(letter) else { throw SPFWords("uses an unknown macro letter") }
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        rest = rest[digits.endIndex...]
        if digits.isEmpty {
            count = nil
        } else {
            guard let value = Int(String(decoding: digits.prefix(9), as: UTF8.self)), value > 0 else {
                throw SPFWords("keeps 0 parts of a macro")
            }
            count = value
        }
        isReversed = rest.first.map { $0 | 0x20 } == UInt8(ascii: "r")
        if isReversed { rest = rest.dropFirst() }
        guard rest.allSatisfy({ Self.allDelimiters.contains($0) }) else {
            throw SPFWords("has a macro that cannot be read")
        }
        delimiters = Array(rest)
    }

    /// The value divided, turned round, cut and joined with dots, §7.3.
    func expanded(_ value: [UInt8]) -> [UInt8] {
        let dividers = delimiters.isEmpty ? [UInt8(ascii: ".")] : delimiters
        var parts = value.split(omittingEmptySubsequences: false) { dividers.contains($0) }
        if isReversed { parts.reverse() }
        if let count { parts = parts.suffix(count) }
        let text = Array(parts.joined(separator: [UInt8(ascii: ".")]))
        return isEscaped ? text.flatMap(Self.escaped) : text
    }

    /// RFC 3986 §2.3: letters, digits and `-._~` stay.
    private static func escaped(_ byte: UInt8) -> [UInt8] {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: [byte]
        default: Array(("%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)).utf8)
        }
    }
}
