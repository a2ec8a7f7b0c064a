import MailVocabulary

/// A domain name, RFC 1035 §3.1: labels of up to 63 bytes, 255 in all, compared without case.
public struct DNSName: Hashable, Sendable, CustomStringConvertible {
    /// Without the empty root label, as they came.
    public let labels: [[UInt8]]

    /// The name without labels, written `.`.
    public static let root = DNSName(unchecked: [])

    init(unchecked labels: [[UInt8]]) { self.labels = labels }

    /// Reads the presentation form of RFC 1035 §5.1: labels between dots, `\.` and `\027` escapes, a final dot allowed.
    ///
    /// - Throws: `DNSNameFault`, which says in words what no name can be made of. Text that is not ASCII is such a fault:
    ///   an internationalized domain name has to be given in its `xn--` form.
    public init(reading text: some StringProtocol) throws(DNSNameFault) {
        labels = try DNSNameReader.labels(of: Array(text.utf8))
    }

    /// As `init(reading:)`, for callers that need no words.
    public init?(_ text: some StringProtocol) {
        guard let name = try? DNSName(reading: text) else { return nil }
        self = name
    }

    /// The name under which the PTR of an address is looked up, RFC 1035 §3.5 and RFC 3596 §2.5.
    public init(reverse address: IPAddress) {
        labels = address.reverseName.split(separator: ".").map { Array($0.utf8) }
    }

    /// Bytes on the wire without compression: a length byte before each label, and the root's.
    public var wireLength: Int { labels.reduce(1) { $0 + 1 + $1.count } }

    /// The name without its first label; `nil` for the root.
    public var parent: DNSName? { labels.isEmpty ? nil : DNSName(unchecked: Array(labels.dropFirst())) }

    /// This name under one more label, as `_dmarc`; `nil` if that would be longer than 255 bytes.
    public func under(_ label: String) -> DNSName? {
        let name = DNSName(unchecked: [Array(label.utf8)] + labels)
        return (1...63).contains(label.utf8.count) && name.wireLength <= 255 ? name : nil
    }

    /// This name as one below another; `nil` if that would be longer than 255 bytes.
    func under(_ other: DNSName) -> DNSName? {
        let name = DNSName(unchecked: labels + other.labels)
        return name.wireLength <= 255 ? name : nil
    }

    /// Whether the name is `other` or lies below it.
    public func isWithin(_ other: DNSName) -> Bool {
        labels.count >= other.labels.count && Self.areEqual(labels.suffix(other.labels.count), other.labels[...])
    }

    public static func == (left: DNSName, right: DNSName) -> Bool {
        left.labels.count == right.labels.count && areEqual(left.labels[...], right.labels[...])
    }

    /// Of as many labels each; from the end, where names of one zone are the same and those of others differ.
    private static func areEqual(_ left: ArraySlice<[UInt8]>, _ right: ArraySlice<[UInt8]>) -> Bool {
        zip(left.reversed(), right.reversed()).allSatisfy { left, right in
            left == right || left.count == right.count && zip(left, right).allSatisfy { fold($0) == fold($1) }
        }
    }

    public func hash(into hasher: inout Hasher) {
        for label in labels {
            hasher.combine(label.count)
            for byte in label { hasher.combine(Self.fold(byte)) }
        }
    }

    static func fold(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

    /// Labels joined by dots without the final one; dots, backslashes and bytes that are not printable ASCII escaped as `\.` and
    /// `\027` (RFC 1035 §5.1); `.` for the root.
    public var description: String {
        guard !labels.isEmpty else { return "." }
        return labels.map { PresentationText.escaped($0, also: UInt8(ascii: ".")) }.joined(separator: ".")
    }
}
