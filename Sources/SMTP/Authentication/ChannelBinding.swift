/// What ties a proof of identity to the TLS connection that it travels over, so that nobody in between can pass it on: the names
/// of IANA's registry.
public enum ChannelBinding: String, Hashable, Sendable, CaseIterable {
    /// RFC 9266: for TLS 1.3, and before it with the extended master secret.
    case exporter = "tls-exporter"
    /// RFC 5929 §3: up to TLS 1.2.
    case unique = "tls-unique"
    /// RFC 5929 §4: a digest of the server's certificate.
    case endPoint = "tls-server-end-point"

    /// The one to use where none is named: RFC 9266 §3 for TLS 1.3, RFC 5802 §6 before.
    static func usual(of bindings: [ChannelBinding: [UInt8]], version: String?) -> ChannelBinding? {
        let order: [ChannelBinding] = version == "TLSv1.3" ? [.exporter, .endPoint] : [.unique, .exporter, .endPoint]
        return order.first { bindings[$0] != nil }
    }
}
