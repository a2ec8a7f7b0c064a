/// What the client demands of TLS beyond having it. The defaults take nearly anything and only say what is wrong with it.
public struct TLSDemands: Hashable, Sendable {
    /// A version of the protocol by the names that the field uses.
    public enum Version: String, Hashable, Sendable, CaseIterable {
        case tls10 = "1.0"
        case tls11 = "1.1"
        case tls12 = "1.2"
        case tls13 = "1.3"

        /// The value on the wire, RFC 8446 §4.2.1.
        public var number: Int {
            switch self {
            case .tls10: 0x0301
            case .tls11: 0x0302
            case .tls12: 0x0303
            case .tls13: 0x0304
            }
        }
    }

    public var minimum: Version?
    public var maximum: Version?
    /// An OpenSSL cipher list, for TLS 1.2 and before.
    public var ciphers: String?
    /// Sent as SNI, RFC 6066 §3, in place of the host's name; empty sends none.
    public var serverName: String?
    /// Expected in the certificate in place of the host's name.
    public var expectedName: String?
    /// SHA-256 of the server's own certificate in DER form, lower-case hexadecimal; one of them must match.
    public var pins: [String] = []
    /// A certificate that is not verified ends the session.
    public var mustVerify = false
    /// The session that an earlier connection of the same driver left is resumed, if the server gave one.
    public var resumes = false
    /// A PEM file of roots to trust, in place of those that the driver was made with.
    public var trustFile: String?
    /// What stands behind the 220 to STARTTLS in the clear is thrown away and the handshake goes on, RFC 3207 §4.2. Without
    /// this the session ends there, as an attacker may have put it in.
    public var discardsInjection = false
    /// PEM files of the client's certificate, its chain, and its key.
    public var certificateFile: String?
    public var keyFile: String?

    public init() {}

    /// Why a connection with these facts is not wanted; `nil` when it is.
    func refusal(of facts: TLSFacts) -> String? {
        let fingerprint = facts.chain.first?.fingerprint ?? ""
        if !pins.isEmpty, !pins.contains(fingerprint) {
            return "the certificate's SHA-256 is \(fingerprint.isEmpty ? "not known" : fingerprint), not the pinned one"
        }
        guard mustVerify, pins.isEmpty, !facts.isVerified else { return nil }
        guard let objection = facts.objections.first else { return "the certificate is not verified: session resumed" }
        return "the certificate is not verified: depth \(objection.depth): \(objection.text)"
    }

    /// Reads a SHA-256 as people paste it: with colons, blanks or capitals; `nil` for anything else.
    public static func pin(_ text: String) -> String? {
        let digits = text.lowercased().filter { $0 != ":" && $0 != " " }
        let isWhole =
            digits.utf8.count == 64 && digits.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
        return isWhole ? digits : nil
    }
}
