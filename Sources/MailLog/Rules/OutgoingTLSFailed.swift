import MailVocabulary

extension TraceRule {
    private static let failed = FindingKind("log.tls.out-failed", .delay, .rfc(3207, "4.1"))

    /// TLS with the next hop failed, and the message waits: tied to it by domain and time only.
    static let outgoingTLSFailed = TraceRule(mayFind: [failed], evidence: ["delivery-tls-failed"]) { trace in
        trace.messages.filter { $0.facts.verdict == "tls-out-failed" }.map {
            Finding(failed, about: $0.key.description, $0.phrase)
        }
    }
}
