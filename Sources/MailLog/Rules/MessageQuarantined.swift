import MailVocabulary

extension TraceRule {
    private static let kept = FindingKind("log.message.quarantined", .failure, .rfc(5321, "6.1"))
    private static let released = FindingKind("log.message.released", .note, .rfc(5321, "6.1"))
    private static let deleted = FindingKind("log.message.deleted-from-quarantine", .failure, .rfc(5321, "6.1"))

    /// The message is kept for somebody to look at, or was and is no longer.
    static let messageQuarantined = TraceRule(
        mayFind: [kept, released, deleted],
        evidence: ["quarantined", "spam-quarantined", "held", "released", "deleted"]
    ) { trace in
        trace.messages.compactMap { message in
            if message.facts.verdict == "quarantine-deleted" {
                return Finding(deleted, about: message.key.description, message.phrase)
            }
            if message.outcome == .quarantined {
                return Finding(kept, about: message.key.description, message.phrase)
            }
            guard message.facts.marks.isSuperset(of: [.quarantined, .released]) else { return nil }
            return Finding(
                released, about: message.key.description,
                "\(message.key) was in quarantine and was released: \(message.phrase)")
        }
    }
}
