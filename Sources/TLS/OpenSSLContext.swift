import COpenSSL

/// A client's settings, made ready once and shared by its connections.
public struct OpenSSLContext: Sendable {
    let handle: ContextHandle

    /// - Throws: `TLSFailure` at `.settings`, with OpenSSL's reason, for a cipher list or a trust file that cannot be used.
    public init(_ settings: TLSSettings) throws {
        handle = try unsafe ContextHandle(owning: tls_client_context_new())
        let pointer = unsafe handle.pointer
        let versions = unsafe tls_context_set_versions(
            pointer, Int32(settings.minimumVersion), Int32(settings.maximumVersion))
        try ContextHandle.check(versions, "versions")
        unsafe tls_context_set_security_level(pointer, Int32(settings.securityLevel))
        if let ciphers = settings.ciphers {
            try ContextHandle.check(unsafe tls_context_set_ciphers(pointer, ciphers), "ciphers \(ciphers)")
        }
        if let file = settings.trustFile {
            try ContextHandle.check(unsafe tls_context_trust_file(pointer, file), "trust file \(file)")
        } else {
            try ContextHandle.check(unsafe tls_context_trust_system(pointer), "system roots")
        }
        if settings.keepsSessions { unsafe tls_context_keep_sessions(pointer) }
        if let certificate = settings.certificateFile {
            let key = settings.keyFile ?? certificate
            let result = unsafe tls_context_use_certificate(pointer, certificate, key)
            try ContextHandle.check(result, "certificate \(certificate) with key \(key)")
        }
    }
}
