import MailVocabulary

extension TLSFacts {
    /// The chain as the server sent it, its own certificate first, as PEM (RFC 7468) with subject and issuer before each.
    ///
    /// `nil` where the certificates themselves are not at hand: in a resumed session, or one that was read from a file.
    public var pem: String? {
        let blocks = chain.compactMap { certificate in
            certificate.association?.certificate.first.map { certificate.pem(of: $0) }
        }
        return blocks.isEmpty ? nil : blocks.joined()
    }
}

extension TLSFacts.Certificate {
    fileprivate func pem(of bytes: [UInt8]) -> String {
        let text = Base64.encode(bytes)
        var lines = [
            "subject=" + EvidenceText.escaped(subject), "issuer=" + EvidenceText.escaped(issuer),
            "-----BEGIN CERTIFICATE-----",
        ]
        for start in stride(from: 0, to: text.count, by: 64) {
            lines.append(String(decoding: text[start..<min(start + 64, text.count)], as: UTF8.self))
        }
        lines.append("-----END CERTIFICATE-----")
        return lines.map { $0 + "\n" }.joined()
    }
}
