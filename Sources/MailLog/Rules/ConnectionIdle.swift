import MailVocabulary

extension TraceRule {
    private static let kind = FindingKind("log.connection.idle", .warning, .rfc(5321, "4.5.3.2"))

    /// The server closed the connection, because nothing came for too long or it had lasted too long.
    static let connectionIdle = TraceRule(mayFind: [kind], evidence: ["idle", "lost"]) { trace in
        guard trace.verdict == "idle-timeout" else { return [] }
        return [Finding(kind, about: trace.client, trace.phrase)]
    }
}
