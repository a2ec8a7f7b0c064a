/// An address and a port.
public struct Endpoint: Hashable, Sendable, CustomStringConvertible {
    public var address: IPAddress
    public var port: Int

    public init(_ address: IPAddress, _ port: Int) { (self.address, self.port) = (address, port) }

    /// `192.0.2.25:25` or `[2001:db8::25]:25`.
    public var description: String { address.isV6 ? "[\(address)]:\(port)" : "\(address):\(port)" }
}
