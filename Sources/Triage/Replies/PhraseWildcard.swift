/// The typed gaps of a phrase: `{ip}`, `{host}`, `{num}`, `{addr}`, `{token}`, `{url}`.
public enum PhraseWildcard: String, Hashable, Sendable, CaseIterable {
    /// An IPv4 or IPv6 address.
    case ip
    /// A host or domain name.
    case host
    /// Digits.
    case num
    /// A mail address without its angle brackets.
    case addr
    /// Anything without a blank.
    case token
    /// `http://…` or `https://…`.
    case url

    /// No gap is longer than this, which keeps matching linear in the reply.
    static let longest = 256

    func takes(_ byte: UInt8) -> Bool {
        let isDigit = (48...57).contains(byte)
        let isLetter = (97...122).contains(byte) || (65...90).contains(byte)
        return switch self {
        case .num: isDigit
        case .ip: isDigit || byte == 46 || byte == 58 || (97...102).contains(byte) || (65...70).contains(byte)
        case .host: isDigit || isLetter || byte == 45 || byte == 46 || byte == 95 || byte >= 128
        case .addr: byte > 32 && byte != 60 && byte != 62 && byte != 44
        case .token, .url: byte > 32
        }
    }

    /// Whether a run of such bytes is the thing itself.
    func accepts(_ run: ArraySlice<UInt8>) -> Bool {
        switch self {
        case .num, .token, .host: !run.isEmpty
        case .ip: run.count >= 2 && run.contains { $0 == 46 || $0 == 58 } && run.contains { $0 != 46 && $0 != 58 }
        case .addr: run.contains(64)
        case .url: run.starts(with: "http".utf8) && run.contains(58)
        }
    }
}
