import COpenSSL

/// A server's settings and certificate, shared by its connections.
public struct OpenSSLServerContext: Sendable {
    let handle: ContextHandle

    /// A new key and certificate, signed by `authority`, whose own certificate is sent with it.
    /// - Throws: `TLSFailure` at `.settings`.
    public init(_ leaf: LeafCertificate, signedBy authority: CertificateAuthority) throws {
        handle = try unsafe ContextHandle(owning: tls_server_context_new())
        try authority.issue(leaf, into: handle)
    }
}
