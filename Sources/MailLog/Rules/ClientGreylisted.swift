import MailVocabulary

extension TraceRule {
    private static let kind = FindingKind("log.client.greylisted", .delay, .rfc(6647, "2.1"))

    /// The client was told to come again later, because nothing is known of it yet.
    static let clientGreylisted = TraceRule(mayFind: [kind], evidence: ["rejected", "recipient-rejected"]) { trace in
        guard trace.verdict == "greylisted" else { return [] }
        return [Finding(kind, about: trace.client, trace.phrase)]
    }
}
