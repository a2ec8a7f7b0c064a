import MailVocabulary

extension TraceRule {
    private static let throttled = FindingKind("log.connection.throttled", .delay, .rfc(5321, "4.2.2"))

    /// A limit was reached: of connections, of recipients, of a rate. The client saw 421, 450 or 452.
    static let connectionThrottled = TraceRule(
        mayFind: [throttled], evidence: ["receiving-failed", "recipient-rejected", "rejected", "throttled", "refused"]
    ) { trace in
        let isWhole = trace.verdict == "throttled" && trace.messages.isEmpty
        let messages = trace.messages.filter { $0.facts.verdict == "throttled" }.map {
            Finding(throttled, about: $0.key.description, $0.phrase)
        }
        return isWhole ? [Finding(throttled, about: trace.client, trace.phrase)] : messages
    }
}
