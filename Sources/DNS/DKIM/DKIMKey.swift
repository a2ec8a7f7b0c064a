import MailVocabulary

/// A DKIM key record, RFC 6376 §3.6.1.
public struct DKIMKey: Hashable, Sendable {
    /// What kind of key it is, and how long.
    public enum Key: Hashable, Sendable {
        /// The bits of the modulus.
        case rsa(bits: Int)
        /// RFC 8463 §4.2.
        case ed25519
        /// `p=`: the key is withdrawn.
        case revoked
        /// Another `k=`, which verifiers ignore.
        case other(String)
    }

    /// Why verifiers cannot use a record.
    public struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
        /// Half a sentence, to stand behind the name of the record.
        public var phrase: Phrase

        /// The same in English.
        public var description: String { phrase.description }
    }

    /// What kind of key it is.
    public var key: Key
    /// `t=y`: verifiers treat signatures of it as if there were none.
    public var isTesting: Bool
    /// `h=` lets only SHA-1 be used, which RFC 8301 §3.1 forbids.
    public var isOnlySHA1: Bool

    /// Reads the text of a record.
    public init(_ text: [UInt8]) throws(Fault) {
        let tags = Self.tags(text)
        if let version = tags["v"], version != "DKIM1" { throw Fault(phrase: "says v=\(version), not DKIM1") }
        guard let data = tags["p"] else { throw Fault(phrase: "has no p=, the key itself") }
        let flags = (tags["t"] ?? "").split(separator: ":").map { $0.filter { $0 != " " } }
        isTesting = flags.contains("y")
        let digests = (tags["h"] ?? "").split(separator: ":").map { $0.filter { $0 != " " }.lowercased() }
        isOnlySHA1 = !digests.isEmpty && digests.allSatisfy { $0 == "sha1" }
        let letters = data.filter { $0 != " " && $0 != "\t" }
        guard !letters.isEmpty else {
            key = .revoked
            return
        }
        guard let bytes = Base64.decode(letters.utf8) else { throw Fault(phrase: "has a p= that is not base64") }
        switch tags["k"]?.lowercased() ?? "rsa" {
        case "rsa":
            guard let bits = RSAKeyLength.bits(of: bytes) else {
                throw Fault(phrase: "has a p= that is no RSA key: it may have been cut")
            }
            key = .rsa(bits: bits)
        case "ed25519":
            guard bytes.count == 32 else {
                throw Fault(phrase: "has a p= of \(bytes.count) bytes; an Ed25519 key has 32")
            }
            key = .ed25519
        case let other:
            key = .other(other)
        }
    }

    /// Name and value of each tag without any blanks, RFC 6376 §3.2; not cut, because keys are long. Of several the first.
    private static func tags(_ text: [UInt8]) -> [String: String] {
        var tags: [String: String] = [:]
        for part in text.split(separator: UInt8(ascii: ";")) {
            let bare = part.filter { ![0x20, 0x09, 0x0D, 0x0A].contains($0) }
            guard let equals = bare.firstIndex(of: UInt8(ascii: "=")) else { continue }
            let name = PresentationText.escaped(bare[..<equals], also: 0x5C).lowercased()
            if tags[name] == nil { tags[name] = PresentationText.escaped(bare[(equals + 1)...], also: 0x5C) }
        }
        return tags
    }
}
