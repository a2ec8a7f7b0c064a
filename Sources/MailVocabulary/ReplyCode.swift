/// The three digits that begin an SMTP reply, RFC 5321 §4.2.
///
/// Codes that no RFC knows exist in the wild, so any number is a value; what the digits say is asked by `severity`.
public struct ReplyCode: Hashable, Comparable, Sendable, ExpressibleByIntegerLiteral, CustomStringConvertible {
    /// The number as sent, 0 to 999.
    public let value: Int

    public init(_ value: Int) { self.value = value }
    public init(integerLiteral value: Int) { self.value = value }

    public static func < (left: ReplyCode, right: ReplyCode) -> Bool { left.value < right.value }

    /// What the first digit promises, RFC 5321 §4.2.1; `nil` for a first digit that the RFC does not have.
    public var severity: ReplySeverity? { ReplySeverity(rawValue: value / 100) }

    /// Always three digits.
    public var description: String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    }
}

/// The first digit of a reply code, RFC 5321 §4.2.1.
public enum ReplySeverity: Int, Sendable {
    case preliminary = 1
    case success = 2
    case intermediate = 3
    /// Try again later: the condition is temporary.
    case transient = 4
    /// Do not try again unchanged.
    case permanent = 5

    /// 2yz and 3yz: the conversation goes on as asked.
    public var isPositive: Bool { self == .success || self == .intermediate || self == .preliminary }
}
