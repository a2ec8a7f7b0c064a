import MailVocabulary

extension TraceRule {
    private static let kind = FindingKind("log.message.dropped", .failure, .rfc(5321, "6.1"))

    /// The client was told 250 and the message was thrown away: the most surprising end, because nobody is told.
    static let acceptedThenDropped = TraceRule(mayFind: [kind], evidence: ["aborted", "dropped", "ldap-dropped"]) {
        trace in
        trace.messages.filter { $0.outcome == .dropped }.map {
            Finding(kind, about: $0.key.description, $0.phrase)
        }
    }
}
