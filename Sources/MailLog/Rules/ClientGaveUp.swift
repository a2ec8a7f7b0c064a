import MailVocabulary

extension TraceRule {
    private static let gaveUp = FindingKind("log.client.gave-up", .warning, .rfc(5321, "4.1.1.10"))

    /// The client went away without a word before it sent anything: it was waiting, or never meant to stay.
    static let clientGaveUp = TraceRule(mayFind: [gaveUp], evidence: ["lost"]) { trace in
        guard trace.verdict == "lost", trace.messages.isEmpty else { return [] }
        let waited: Phrase = Timestamp.span(trace.facts.began, trace.facts.ended).map { " after \($0) s" } ?? ""
        return [
            Finding(gaveUp, about: trace.client, "\(trace.who) gave up\(waited) without QUIT, before any message")
        ]
    }
}
