import MailVocabulary

extension DNSCheck {
    /// Could each mail exchanger be the name of a host? RFC 1123 §2.1: letters, digits and hyphens.
    static let mxTargetIsHostName = DNSCheck(
        name: "mx-target-is-host-name", mayFind: MXTargetIsHostName.kinds, judge: MXTargetIsHostName.judge)
}

private enum MXTargetIsHostName {
    static let badName = FindingKind("dns.mx.bad-host-name", .warning, .rfc(1123, "2.1"))
    static let kinds = [badName]

    static func judge(_ subject: DNSSubject, _ answers: DNSAnswers) -> Judgement<DNSQuestion, [Finding]> {
        var facts = Facts(answers)
        guard let names = MXTargets.names(of: subject, &facts) else { return facts.need }
        return .conclude(
            names.compactMap { name in
                guard MXTargets.literal(name) == nil, let label = name.labels.first(where: { !isHostLabel($0) }) else {
                    return nil
                }
                let shown = PresentationText.escaped(label, also: UInt8(ascii: "."))
                let message: Phrase =
                    "mail exchanger \(name) is no host name (\(shown)): letters, digits and hyphens are allowed, "
                    + "and some senders refuse anything else"
                return Finding(badName, about: name.description, message)
            })
    }

    private static func isHostLabel(_ label: [UInt8]) -> Bool {
        let isHyphen = { (byte: UInt8?) in byte == UInt8(ascii: "-") }
        return !isHyphen(label.first) && !isHyphen(label.last)
            && label.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || isHyphen(byte)
            }
    }
}
