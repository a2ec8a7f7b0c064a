import MailVocabulary

extension TraceRule {
    private static let failed = FindingKind("log.tls.in-failed", .failure, .rfc(3207, "4.1"))

    /// The client's TLS handshake failed, or it was to begin one and did not.
    static let incomingTLSFailed = TraceRule(mayFind: [failed], evidence: ["tls-failed"]) { trace in
        guard trace.facts.marks.contains(.tlsFailed) else { return [] }
        let why = trace.verdict == "tls-in-failed" ? ": \(trace.facts.reason)" : ""
        return [Finding(failed, about: trace.client, "TLS with \(trace.who) failed\(why)")]
    }
}
