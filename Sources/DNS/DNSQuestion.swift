/// What is asked: a name and a type, class IN, RFC 1035 §4.1.2.
public struct DNSQuestion: Hashable, Sendable, CustomStringConvertible {
    /// QNAME.
    public var name: DNSName
    /// QTYPE.
    public var type: RecordType

    /// A question of class IN.
    public init(_ name: DNSName, _ type: RecordType) { (self.name, self.type) = (name, type) }

    /// `example.test MX`.
    public var description: String { "\(name) \(type)" }
}
