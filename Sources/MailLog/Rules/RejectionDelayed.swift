import MailVocabulary

extension TraceRule {
    private static let kind = FindingKind("log.connection.rejection-delayed", .failure, .rfc(5321, "7.8"))

    /// The client is refused, but only at RCPT so that the recipients are logged: it will see a 5yz reply there.
    static let rejectionDelayed = TraceRule(mayFind: [kind], evidence: ["rejected", "reject-delayed"]) { trace in
        guard trace.verdict == "hat-rejected-delayed" else { return [] }
        return [Finding(kind, about: trace.client, trace.phrase)]
    }
}
