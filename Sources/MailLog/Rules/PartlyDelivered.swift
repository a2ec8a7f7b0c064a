import MailVocabulary

extension TraceRule {
    private static let partly = FindingKind("log.message.partly-delivered", .failure, .rfc(5321, "6.1"))

    /// Some recipients have the message and some do not.
    static let partlyDelivered = TraceRule(mayFind: [partly], evidence: ["delivered", "bounced", "delayed", "expired"])
    { trace in
        trace.messages.filter { $0.facts.verdict == "partly-delivered" }.map {
            Finding(partly, about: $0.key.description, $0.phrase)
        }
    }
}
