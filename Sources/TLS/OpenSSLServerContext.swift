import COpenSSL

/// A server's settings and certificate, shared by its connections.
public struct OpenSSLServerContext: Sendable {
    let handle: ContextHandle

    /// A new key and certificate, signed by `authority`, whose own certificate is sent with it.
    /// - Parameter asksForCertificate: Clients are asked for one; those without are served all the same.
    /// - Throws: `TLSFailure` at `.settings`.
    public init(
        _ leaf: LeafCertificate, signedBy authority: CertificateAuthority, asksForCertificate: Bool = false
    ) throws {
        handle = try unsafe ContextHandle(owning: tls_server_context_new())
        try authority.issue(leaf, into: handle)
        if asksForCertificate { unsafe tls_context_ask_for_certificate(handle.pointer) }
    }
}
