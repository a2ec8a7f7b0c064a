import MailVocabulary

extension TraceRule {
    private static let refused = FindingKind("log.connection.refused", .failure, .rfc(5321, "3.1"))
    private static let silent = FindingKind("log.connection.no-message", .note, .rfc(5321, "4.1.1.10"))

    /// The connection brought no message: refused by policy, or simply nothing was sent.
    static let connectionWithoutMessage = TraceRule(mayFind: [refused, silent]) { trace in
        guard trace.messages.isEmpty, trace.verdict != "open", trace.verdict != "lost-before-banner" else { return [] }
        let quiet = ["no-message", "lost", "idle-timeout"].contains(trace.verdict)
        return [Finding(quiet ? silent : refused, about: trace.address?.description ?? trace.host, trace.sentence)]
    }
}
