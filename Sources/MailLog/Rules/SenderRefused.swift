import MailVocabulary

extension TraceRule {
    private static let kind = FindingKind("log.sender.refused", .failure, .rfc(5321, "4.1.1.2"))

    /// The reverse-path was refused: its domain, its form, or a rule about it.
    static let senderRefused = TraceRule(mayFind: [kind], evidence: ["sender-rejected", "rejected", "refused"]) {
        trace in
        guard trace.verdict == "sender-rejected" else { return [] }
        return [Finding(kind, about: trace.client, trace.phrase)]
    }
}
