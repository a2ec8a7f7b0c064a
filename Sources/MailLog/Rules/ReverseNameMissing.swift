import MailVocabulary

extension TraceRule {
    private static let noName = FindingKind("log.client.no-reverse-name", .note, .rfc(1912, "2.1"))

    /// The client's address has no name in the DNS that the server could find.
    static let reverseNameMissing = TraceRule(mayFind: [noName], evidence: ["connected"]) { trace in
        guard trace.facts.marks.contains(.unverifiedName), trace.host.isEmpty || trace.host == "unknown" else {
            return []
        }
        return [Finding(noName, about: trace.client, "the server found no name for \(trace.who)")]
    }
}
