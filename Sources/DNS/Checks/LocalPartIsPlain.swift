import MailVocabulary

extension DNSCheck {
    /// Is the sender's local part what people write? `xn--` is for the labels of domain names alone, RFC 5890 §2.3.2.1; a local part
    /// outside ASCII goes out as UTF-8 with SMTPUTF8, RFC 6531 §3.3.
    static let localPartIsPlain = DNSCheck(
        name: "local-part-is-plain", mayFind: LocalPartIsPlain.kinds, judge: LocalPartIsPlain.judge)
}

private enum LocalPartIsPlain {
    static let encoded = FindingKind("dns.sender.encoded-local-part", .warning, .rfc(6531, "3.3"))
    static let kinds = [encoded]

    static func judge(_ subject: DNSSubject, _ answers: DNSAnswers) -> Judgement<DNSQuestion, [Finding]> {
        guard case .sender(let sender) = subject, sender.localPart.lowercased().hasPrefix("xn--") else {
            return .conclude([])
        }
        let message: Phrase =
            "the local part \(sender.localPart) stands for itself: only domains are spelt with xn--, and nobody decodes it here"
        return .conclude([Finding(encoded, about: "\(sender.localPart)@\(sender.domain)", message)])
    }
}
