import MailVocabulary

extension TraceRule {
    private static let kind = FindingKind("log.connection.rejected-by-policy", .failure, .rfc(5321, "3.1"))

    /// The listener does not take mail from that client: by sender group, rule and score.
    static let rejectedByPolicy = TraceRule(mayFind: [kind], evidence: ["rejected"]) { trace in
        guard trace.verdict == "hat-rejected" else { return [] }
        return [Finding(kind, about: trace.client, trace.phrase)]
    }
}
