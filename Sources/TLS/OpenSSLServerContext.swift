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

    /// SHA-256 of the certificate's key, as a `TLSA 3 1 1` record has it (RFC 6698 §2.1): 32 bytes.
    public var keyDigest: [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        // Nothing is written behind the 32 bytes, and the buffer lives for the call only.
        let count = unsafe digest.withUnsafeMutableBufferPointer {
            unsafe tls_context_key_digest(handle.pointer, $0.baseAddress, $0.count)
        }
        return count == digest.count ? digest : []
    }
}
