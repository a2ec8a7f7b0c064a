import MailVocabulary

extension TraceRule {
    private static let double = FindingKind("log.message.double-bounced", .failure, .rfc(5321, "6.1"))

    /// The bounce could not be delivered either: the sender does not know.
    static let doubleBounce = TraceRule(mayFind: [double], evidence: ["double-bounced", "bounced"]) { trace in
        trace.messages.filter { $0.facts.verdict == "double-bounced" }.map {
            Finding(double, about: $0.key.description, $0.phrase)
        }
    }
}
