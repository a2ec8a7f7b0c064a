import MailVocabulary

extension TraceRule {
    private static let delivered = FindingKind("log.message.delivered", .fine, .rfc(5321, "4.5.4.1"))

    /// Every recipient has it, by the next hop's own word.
    static let messageDelivered = TraceRule(
        mayFind: [delivered], evidence: ["delivered", "response", "spam-quarantined"]
    ) { trace in
        trace.messages.filter { message in
            !message.recipients.isEmpty && message.recipients.allSatisfy { $0.outcome == .delivered }
        }.map { Finding(delivered, about: $0.key.description, $0.phrase) }
    }
}
