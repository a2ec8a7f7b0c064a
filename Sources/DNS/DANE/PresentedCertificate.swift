/// A certificate as a mail server presented it, in the forms that the DNS can promise.
public struct PresentedCertificate: Hashable, Sendable {
    /// The whole, its SHA-256 and its SHA-512, by matching type, RFC 6698 §2.1.3.
    public var certificate: [[UInt8]]
    /// The same of its subjectPublicKeyInfo.
    public var key: [[UInt8]]
    /// DNS names of subjectAltName; outside text.
    public var names: [String]
    /// The server's own certificate leads to this one by signatures and dates.
    public var isAnchor: Bool

    /// A certificate with all its forms.
    public init(certificate: [[UInt8]], key: [[UInt8]], names: [String] = [], isAnchor: Bool = true) {
        (self.certificate, self.key, self.names, self.isAnchor) = (certificate, key, names, isAnchor)
    }

    /// Whether the certificate is for a host, RFC 6125 §6.4: `*` stands for one whole label on the left.
    public func isFor(_ host: DNSName) -> Bool { names.contains { Self.isName($0, for: host) } }

    /// Whether `pattern`, from a certificate or an MTA-STS policy, covers a host.
    static func isName(_ pattern: String, for host: DNSName) -> Bool {
        if pattern.hasPrefix("*.") {
            guard let parent = host.parent, !parent.labels.isEmpty, let rest = DNSName(pattern.dropFirst(2)) else {
                return false
            }
            return rest == parent
        }
        return DNSName(pattern) == host
    }
}
