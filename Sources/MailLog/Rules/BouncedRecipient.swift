import MailVocabulary

extension TraceRule {
    private static let kind = FindingKind("log.recipient.bounced", .failure, .rfc(5321, "6.1"))

    /// The next hop refused a recipient for good, or delivery took too long.
    static let bouncedRecipient = TraceRule(mayFind: [kind], evidence: ["bounced", "expired"]) { trace in
        trace.messages.flatMap { message in
            message.recipients.filter { $0.outcome == .bounced || $0.outcome == .expired }.map {
                Finding(kind, about: $0.address, "\(message.key) bounced for <\($0.address)>: \($0.detail)")
            }
        }
    }
}
