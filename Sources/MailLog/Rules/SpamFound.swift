import MailVocabulary

extension TraceRule {
    private static let found = FindingKind("log.message.scanned-bad", .warning, .rfc(2505, "1.5"))

    /// A scanner objected; the sentence says what was done about it.
    static let spamFound = TraceRule(mayFind: [found], evidence: ["scanned", "spam-tagged"]) { trace in
        trace.messages.filter { !$0.facts.scans.isEmpty }.map { message in
            let words = Phrase.list(
                message.facts.scans.sorted { $0.rawValue < $1.rawValue }.map(\.phrase), by: " and ")
            return Finding(
                found, about: message.key.description, "a scanner found \(words) in \(message.key); \(message.phrase)"
            )
        }
    }
}
