/// A domain name, RFC 1035 §3.1: labels of up to 63 bytes, 255 in all, compared without case.
public struct DNSName: Hashable, Sendable, CustomStringConvertible {
    /// Without the empty root label, as they came.
    public let labels: [[UInt8]]

    public static let root = DNSName(unchecked: [])

    init(unchecked labels: [[UInt8]]) { self.labels = labels }

    public static func == (left: DNSName, right: DNSName) -> Bool { left.folded == right.folded }
    public func hash(into hasher: inout Hasher) { hasher.combine(folded) }

    private var folded: [[UInt8]] { labels.map { $0.map { (65...90).contains($0) ? $0 + 32 : $0 } } }

    /// Labels joined by dots without the final one; dots, backslashes and bytes that are not printable ASCII escaped as `\.` and
    /// `\027` (RFC 1035 §5.1); `.` for the root.
    public var description: String {
        guard !labels.isEmpty else { return "." }
        return labels.map { String(decoding: $0, as: UTF8.self) }.joined(separator: ".")
    }
}
