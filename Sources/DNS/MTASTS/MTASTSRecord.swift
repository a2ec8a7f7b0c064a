/// The TXT record that announces an MTA-STS policy, RFC 8461 §3.1.
enum MTASTSRecord {
    /// Its `id`, 1 to 32 letters and digits; `nil` if there is none, and senders ignore the record.
    static func id(_ text: [UInt8]) -> String? {
        guard let id = AnnouncedRecord.tags(text)["id"], (1...32).contains(id.utf8.count),
            id.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) })
        else { return nil }
        return id
    }

    /// Whether a policy is announced as it should be: then it is worth fetching. `nil` as long as an answer is missing.
    static func isAnnounced(for subject: DNSSubject, _ answers: DNSAnswers) -> Bool? {
        var facts = Facts(answers)
        guard let content = AnnouncedRecord.mtaSTS.content(of: subject, &facts) else { return nil }
        guard case .found(_, let texts) = content, texts.count == 1 else { return false }
        return id(texts[0]) != nil
    }
}
