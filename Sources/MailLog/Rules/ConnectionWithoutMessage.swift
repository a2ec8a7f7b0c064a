import MailVocabulary

extension TraceRule {
    private static let silent = FindingKind("log.connection.no-message", .note, .rfc(5321, "4.1.1.10"))

    /// The client came and went, was not refused anything and sent nothing: a probe, a health check, or a change of mind.
    static let connectionWithoutMessage = TraceRule(mayFind: [silent], evidence: ["connected", "closed"]) { trace in
        guard trace.messages.isEmpty, trace.verdict == "no-message" else { return [] }
        return [Finding(silent, about: trace.client, trace.phrase)]
    }
}
