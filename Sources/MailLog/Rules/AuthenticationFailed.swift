import MailVocabulary

extension TraceRule {
    private static let failed = FindingKind("log.authentication.failed", .failure, .rfc(4954, "6"))

    /// The client could not log in.
    static let authenticationFailed = TraceRule(mayFind: [failed], evidence: ["authentication-failed"]) { trace in
        guard trace.facts.marks.contains(.authenticationFailed) else { return [] }
        let why = trace.verdict == "auth-failed" ? ": \(trace.facts.reason)" : ""
        let later: Phrase = trace.facts.marks.contains(.authenticated) ? "; a later try succeeded" : ""
        return [Finding(failed, about: trace.client, "\(trace.who) failed to log in\(why)\(later)")]
    }
}
