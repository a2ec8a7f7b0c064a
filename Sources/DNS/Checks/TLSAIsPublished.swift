import MailVocabulary

extension DNSCheck {
    /// Which certificates do the mail exchangers promise by DANE? RFC 7672 §3.1. Whether DNSSEC covers the promise is not judged.
    static let tlsaIsPublished = DNSCheck(
        name: "tlsa-is-published", mayFind: TLSAIsPublished.kinds, judge: TLSAIsPublished.judge)
}

private enum TLSAIsPublished {
    static let published = FindingKind("dns.tlsa.published", .note, .rfc(7672, "3.1"))
    static let unusable = FindingKind("dns.tlsa.unusable", .warning, .rfc(7672, "3.1.3"))
    static let kinds = [published, unusable] + FailedLookup.kinds
    /// Exchangers that are looked at.
    static let hostLimit = 10

    static func judge(_ subject: DNSSubject, _ answers: DNSAnswers) -> Judgement<DNSQuestion, [Finding]> {
        var facts = Facts(answers)
        guard let names = MXTargets.names(of: subject, &facts) else { return facts.need }
        var found: [(host: DNSName, lookup: DNSLookup)] = []
        var isComplete = true
        for host in names.prefix(hostLimit) where MXTargets.literal(host) == nil {
            guard let place = host.under("_tcp")?.under("_25") else { continue }
            if let lookup = facts.look(place, .tlsa) { found.append((host, lookup)) } else { isComplete = false }
        }
        guard isComplete else { return facts.need }
        return .conclude(found.flatMap { judge($0.host, $0.lookup) })
    }

    private static func judge(_ host: DNSName, _ lookup: DNSLookup) -> [Finding] {
        guard let answer = lookup.ended else { return [] }
        if let failure = FailedLookup.finding(answer) { return [failure] }
        let records: [[UInt8]] = lookup.records.compactMap {
            guard case .other(let bytes) = $0.data else { return nil }
            return bytes
        }
        guard !records.isEmpty else { return [] }
        let list = records.prefix(4).map(words).joined(separator: ", ")
        guard records.contains(where: isUsable) else {
            let message =
                "no TLSA record of \(host) can be used for mail (\(list)): TLS is forced, but nothing verified"
            return [Finding(unusable, about: host.description, message)]
        }
        let message = "\(host) promises its certificate by DANE (\(list)); it counts only where DNSSEC signs it, "
        return [Finding(published, about: host.description, message + "which is not checked here")]
    }

    /// Usage 2 or 3, selector 0 or 1, matching type 0 to 2 with its length, RFC 7672 §3.1 and RFC 6698 §2.1.
    private static func isUsable(_ bytes: [UInt8]) -> Bool {
        guard bytes.count > 3, bytes[0] == 2 || bytes[0] == 3, bytes[1] < 2 else { return false }
        switch bytes[2] {
        case 0: return true
        case 1: return bytes.count == 3 + 32
        case 2: return bytes.count == 3 + 64
        default: return false
        }
    }

    private static func words(_ bytes: [UInt8]) -> String {
        guard bytes.count > 3 else { return "cut after \(bytes.count) bytes" }
        let digest = bytes[3...].prefix(8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        return "\(bytes[0]) \(bytes[1]) \(bytes[2]) \(digest)\(bytes.count > 11 ? "…" : "")"
    }
}
