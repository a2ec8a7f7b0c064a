import COpenSSL

/// A certificate authority made on the spot for one run of the lab: its key exists in memory only.
///
/// Unchecked because a pointer is not `Sendable`; safe because nothing is written after `init`.
@safe public final class CertificateAuthority: @unchecked Sendable {
    private let pointer: OpaquePointer

    /// EC P-256, valid for a year from yesterday.
    /// - Throws: `TLSFailure` at `.settings`.
    public init(commonName: String) throws {
        guard let pointer = unsafe tls_authority_new(commonName) else {
            throw ContextHandle.failure("authority \(commonName)")
        }
        unsafe self.pointer = pointer
    }

    deinit { unsafe tls_authority_free(pointer) }

    /// Its own certificate, for clients that shall trust it.
    public var pem: String {
        var text = [CChar](repeating: 0, count: 4096)
        let count = unsafe text.withUnsafeMutableBufferPointer {
            unsafe tls_authority_pem(pointer, $0.baseAddress, $0.count)
        }
        return String(decoding: text.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Makes a key and its certificate and puts both, and this authority's certificate, into `handle`.
    func issue(_ leaf: LeafCertificate, into handle: ContextHandle) throws {
        let names = leaf.hosts.map { "DNS:\($0)" } + leaf.addresses.map { "IP:\($0)" }
        let result = unsafe tls_context_issue_certificate(
            handle.pointer, pointer, leaf.commonName, names.joined(separator: ","), Int32(leaf.fromDay),
            Int32(leaf.toDay))
        try ContextHandle.check(result, "certificate for \(leaf.commonName)")
    }
}

/// What a server's certificate shall say.
public struct LeafCertificate: Hashable, Sendable {
    /// Of the subject; nothing is checked against it.
    public var commonName: String
    /// DNS names of subjectAltName.
    public var hosts: [String]
    /// Addresses of subjectAltName.
    public var addresses: [String]
    /// Days from now at which it begins; negative lies in the past.
    public var fromDay: Int
    /// Days from now until it ends.
    public var toDay: Int

    /// Valid from yesterday for 61 days more, unless told otherwise.
    public init(commonName: String, hosts: [String], addresses: [String] = [], fromDay: Int = -1, toDay: Int = 61) {
        (self.commonName, self.hosts, self.addresses) = (commonName, hosts, addresses)
        (self.fromDay, self.toDay) = (fromDay, toDay)
    }
}
