import MailVocabulary

extension TraceRule {
    private static let kind = FindingKind("log.delivery.deferred", .delay, .rfc(5321, "4.5.4.1"))

    /// The next hop asked to come again later, and the message waits.
    static let deferredDelivery = TraceRule(mayFind: [kind], evidence: ["delayed", "pending"]) { trace in
        trace.messages.flatMap { message in
            message.recipients.filter { $0.outcome == .delayed }.map {
                Finding(kind, about: $0.address, "\(message.key) waits for <\($0.address)>: \($0.detail)")
            }
        }
    }
}
