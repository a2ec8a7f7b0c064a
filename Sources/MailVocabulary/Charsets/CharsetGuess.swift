/// In which charset bytes of a stranger were probably written. Nobody says so in a reply: RFC 5321 §4.2 knows ASCII only.
public enum CharsetGuess: Hashable, Sendable {
    /// The bytes are well formed in it, and ordinary text of another kind is not.
    case certain(Charset)
    /// They read best in it.
    case likely(Charset)
    /// They could be text of each of these, or, when there is none, of nothing that is known here.
    case unsure([Charset])

    /// Less is no text.
    private static let least = 45
    /// By how much the best has to be better than the next one.
    private static let lead = 12
    /// More is not looked at, in octets.
    private static let limit = 4096

    /// - Returns: `nil` for ASCII, control characters or not.
    public init?(_ bytes: some Collection<UInt8>) {
        let bytes = Array(bytes.prefix(Self.limit))[...]
        guard bytes.contains(where: { $0 >= 0x80 }) else {
            guard EscapedJapanese.isPresent(in: bytes) else { return nil }
            self = .certain(.iso2022JP)
            return
        }
        if Self.isUTF8(bytes) {
            self = .certain(.utf8)
            return
        }
        let ranked = Charset.allCases.compactMap { charset in charset.likeness(bytes).map { (charset, $0) } }
            .filter { $0.1 >= Self.least }.sorted { $0.1 > $1.1 }
        guard let best = ranked.first else {
            self = .unsure([])
            return
        }
        let near = ranked.filter { $0.1 > best.1 - Self.lead }
        self = near.count == 1 ? .likely(best.0) : .unsure(near.map(\.0))
    }

    /// What the bytes are to be read in; `nil` when that is not known well enough.
    public var charset: Charset? {
        switch self {
        case .certain(let charset), .likely(let charset): charset
        case .unsure: nil
        }
    }

    /// `probably Shift_JIS`
    public var words: String {
        switch self {
        case .certain(let charset): charset.rawValue
        case .likely(let charset): "probably \(charset.rawValue)"
        case .unsure(let charsets) where charsets.isEmpty: "the charset is none that is known here"
        case .unsure(let charsets): "not sure: \(charsets.map(\.rawValue).joined(separator: " or "))"
        }
    }

    /// A character that the limit cut through counts as whole.
    private static func isUTF8(_ bytes: ArraySlice<UInt8>) -> Bool {
        if String(validating: bytes, as: UTF8.self) != nil { return true }
        guard bytes.count == limit else { return false }
        return (1...3).contains { String(validating: bytes.dropLast($0), as: UTF8.self) != nil }
    }
}
