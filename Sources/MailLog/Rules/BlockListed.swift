import MailVocabulary

extension TraceRule {
    private static let kind = FindingKind("log.client.listed", .failure, .rfc(5782, "2.1"))

    /// A block list names the client.
    static let blockListed = TraceRule(mayFind: [kind], evidence: ["rejected", "refused"]) { trace in
        guard trace.verdict == "rbl-rejected" else { return [] }
        return [Finding(kind, about: trace.client, trace.phrase)]
    }
}
