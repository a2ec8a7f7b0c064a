import MailVocabulary

extension TraceRule {
    private static let tarpitted = FindingKind("log.client.tarpitted", .note, .rfc(5321, "7.8"))

    /// The server answered late on purpose, which it does to clients that made mistakes.
    static let clientTarpitted = TraceRule(mayFind: [tarpitted], evidence: ["tarpitted"]) { trace in
        guard trace.facts.marks.contains(.tarpitted) else { return [] }
        return [Finding(tarpitted, about: trace.client, "the server answered \(trace.who) late on purpose (tarpit)")]
    }
}
