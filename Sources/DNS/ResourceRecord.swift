import MailVocabulary

/// One record of an answer, RFC 1035 §3.2.1.
public struct ResourceRecord: Hashable, Sendable {
    /// The owner.
    public var name: DNSName
    /// What kind of data it holds.
    public var type: RecordType
    /// Seconds, RFC 2181 §8.
    public var ttl: UInt32
    /// What it says.
    public var data: RecordData

    /// A record of class IN.
    public init(_ name: DNSName, _ type: RecordType, ttl: UInt32, _ data: RecordData) {
        (self.name, self.type, self.ttl, self.data) = (name, type, ttl, data)
    }
}
