import MailVocabulary

extension TraceRule {
    private static let refused = FindingKind("log.message.refused", .failure, .rfc(5321, "4.2.5"))

    /// The whole message was refused after DATA: too big, against the sender domain's policy, or by a content filter.
    static let messageRefused = TraceRule(
        mayFind: [refused], evidence: ["receiving-failed", "dmarc-rejected", "milter-rejected", "refused", "rejected"]
    ) { trace in
        let words: Set<String> = ["too-big", "dmarc-rejected", "milter-rejected", "refused"]
        if trace.messages.isEmpty, words.contains(trace.verdict) {
            return [Finding(refused, about: trace.client, trace.phrase)]
        }
        return trace.messages.filter { words.contains($0.facts.verdict) }.map {
            Finding(refused, about: $0.key.description, $0.phrase)
        }
    }
}
