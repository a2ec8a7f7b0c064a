/// What is asked: a name and a type, class IN, RFC 1035 §4.1.2.
public struct DNSQuestion: Hashable, Sendable, CustomStringConvertible {
    public var name: DNSName
    public var type: RecordType

    public init(_ name: DNSName, _ type: RecordType) { (self.name, self.type) = (name, type) }

    public var description: String { "\(name) \(type)" }
}
