import MailVocabulary

extension TraceRule {
    private static let kind = FindingKind("log.connection.refused-at-tcp", .failure, .rfc(5321, "3.1"))

    /// Refused before a word was said. The log does not say who: it is the client in question only if that was refused then.
    static let refusedAtTCP = TraceRule(mayFind: [kind], evidence: ["refused"]) { trace in
        guard trace.verdict == "tcp-refused" else { return [] }
        return [Finding(kind, about: trace.client, trace.phrase)]
    }
}
