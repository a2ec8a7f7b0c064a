import MailVocabulary

extension TraceRule {
    private static let refused = FindingKind("log.recipient.refused", .failure, .rfc(5321, "4.1.1.3"))

    /// A forward-path was refused at RCPT: no such mailbox, or not a domain that this server receives mail for.
    static let recipientRefused = TraceRule(
        mayFind: [refused], evidence: ["recipient-rejected", "rejected", "refused"]
    ) { trace in
        let isWhole = trace.messages.isEmpty && ["rcpt-rejected", "user-unknown"].contains(trace.verdict)
        let whole = isWhole ? [Finding(refused, about: trace.client, trace.phrase)] : []
        return whole
            + trace.messages.flatMap { message in
                message.recipients.filter { $0.outcome == .rejected }.map {
                    Finding(refused, about: $0.address, "\(message.key) was refused for <\($0.address)>: \($0.detail)")
                }
            }
    }
}
