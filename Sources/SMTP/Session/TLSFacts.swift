/// What one TLS handshake showed, taken down when it was done. Nothing in here is a verdict but `objections`.
public struct TLSFacts: Hashable, Sendable {
    /// An objection of the verifier; it did not end the connection.
    public struct Objection: Hashable, Sendable {
        /// Counts in the chain that was built; 0 is the server's own certificate.
        public var depth: Int
        /// OpenSSL's `X509_V_ERR_` number.
        public var code: Int
        public var text: String

        public init(depth: Int, code: Int, text: String) { (self.depth, self.code, self.text) = (depth, code, text) }
    }

    /// A certificate as the server sent it. Names are outside text.
    public struct Certificate: Hashable, Sendable {
        public var subject: String
        public var issuer: String
        /// DNS names and addresses of the subjectAltName extension.
        public var names: [String]
        /// `YYYY-MM-DDThh:mm:ssZ`.
        public var notBefore: String
        public var notAfter: String
        /// Days until `notAfter` at the time of the handshake; negative when it has passed.
        public var daysLeft: Int
        public var keyBits: Int
        /// SHA-256 of the DER form, lower-case hexadecimal.
        public var fingerprint: String

        /// What DANE compares, RFC 6698 §2.1; `nil` in sessions that were read from a file.
        public var association: Association?

        public init(
            subject: String, issuer: String = "", names: [String] = [], notBefore: String = "", notAfter: String = "",
            daysLeft: Int = 0, keyBits: Int = 0, fingerprint: String = ""
        ) {
            (self.subject, self.issuer, self.names) = (subject, issuer, names)
            (self.notBefore, self.notAfter, self.daysLeft) = (notBefore, notAfter, daysLeft)
            (self.keyBits, self.fingerprint) = (keyBits, fingerprint)
        }
    }

    /// A certificate in the forms that a TLSA record may have, RFC 6698 §2.1.
    public struct Association: Hashable, Sendable {
        /// The DER form of the certificate, its SHA-256 and its SHA-512: by matching type.
        public var certificate: [[UInt8]]
        /// The same of its subjectPublicKeyInfo.
        public var key: [[UInt8]]
        /// The server's own certificate leads to this one by signatures and dates, whatever the names say.
        public var isAnchor: Bool

        public init(certificate: [[UInt8]], key: [[UInt8]], isAnchor: Bool) {
            (self.certificate, self.key, self.isAnchor) = (certificate, key, isAnchor)
        }
    }

    /// `TLSv1.3`.
    public var version: String
    /// OpenSSL's name of the cipher suite.
    public var cipher: String
    public var cipherBits: Int
    /// The key-exchange group, `X25519`; `nil` without an ephemeral key.
    public var group: String?
    public var signature: String?
    public var isResumed: Bool
    /// In the order sent, the server's own first.
    public var chain: [Certificate]
    /// Empty: the chain leads to a trusted root and the name matches.
    public var objections: [Objection]

    public init(
        version: String, cipher: String, cipherBits: Int = 0, group: String? = nil, signature: String? = nil,
        isResumed: Bool = false, chain: [Certificate] = [], objections: [Objection] = []
    ) {
        (self.version, self.cipher, self.cipherBits, self.group) = (version, cipher, cipherBits, group)
        (self.signature, self.isResumed, self.chain, self.objections) = (signature, isResumed, chain, objections)
    }

    public var isVerified: Bool { objections.isEmpty && !isResumed }
}
