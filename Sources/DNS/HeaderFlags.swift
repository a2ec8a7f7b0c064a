/// The flags of a response's header, RFC 1035 §4.1.1 and RFC 4035 §3.2.3: evidence of who speaks, and how.
public struct HeaderFlags: OptionSet, Hashable, Sendable {
    /// The bits as they stand in the header.
    public let rawValue: UInt16

    /// The flags among these bits of a header.
    public init(rawValue: UInt16) { self.rawValue = rawValue & 0x07B0 }

    /// AA: an authority for the name.
    public static let authoritative = HeaderFlags(rawValue: 0x0400)
    /// TC: cut.
    public static let truncated = HeaderFlags(rawValue: 0x0200)
    /// RD: it was asked to ask others.
    public static let recursionDesired = HeaderFlags(rawValue: 0x0100)
    /// RA: it does ask others.
    public static let recursionAvailable = HeaderFlags(rawValue: 0x0080)
    /// AD: it says that it has validated. Whoever can forge the answer can set it.
    public static let authenticData = HeaderFlags(rawValue: 0x0020)
    /// CD: it was asked not to validate.
    public static let checkingDisabled = HeaderFlags(rawValue: 0x0010)

    /// As `dig` prints them, in the order of the header: `aa`, `tc`, `rd`, `ra`, `ad`, `cd`.
    public var words: [String] {
        let all: [(HeaderFlags, String)] = [
            (.authoritative, "aa"), (.truncated, "tc"), (.recursionDesired, "rd"), (.recursionAvailable, "ra"),
            (.authenticData, "ad"), (.checkingDisabled, "cd"),
        ]
        return all.filter { contains($0.0) }.map(\.1)
    }
}
