import MailVocabulary

extension TraceRule {
    private static let unreachable = FindingKind("log.delivery.unreachable", .delay, .rfc(5321, "4.5.4.1"))

    /// A connection to the next hop failed, and the message waits: tied to it by domain and time only.
    static let nextHopUnreachable = TraceRule(mayFind: [unreachable], evidence: ["delivery-failed"]) { trace in
        trace.messages.filter { $0.facts.verdict == "conn-error" }.map {
            Finding(unreachable, about: $0.key.description, $0.phrase)
        }
    }
}
