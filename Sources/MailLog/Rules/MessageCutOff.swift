import MailVocabulary

extension TraceRule {
    private static let cut = FindingKind("log.message.cut-off", .failure, .rfc(5321, "4.1.1.5"))

    /// The message never arrived whole: the connection broke, or the client gave it up.
    static let messageCutOff = TraceRule(mayFind: [cut], evidence: ["aborted", "lost"]) { trace in
        let isWhole = trace.messages.isEmpty && trace.verdict == "lost" && trace.facts.reason.contains("message data")
        if isWhole { return [Finding(cut, about: trace.client, trace.phrase)] }
        let words: Set<String> = ["lost", "aborted", "aborted-by-sender"]
        return trace.messages.filter { words.contains($0.facts.verdict) }.map {
            Finding(cut, about: $0.key.description, $0.phrase)
        }
    }
}
