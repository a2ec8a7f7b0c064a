import MailVocabulary

extension TraceRule {
    private static let unconfirmed = FindingKind("log.client.name-unconfirmed", .note, .rfc(1912, "2.1"))

    /// The name of the client's address does not lead back to the address.
    static let reverseNameUnconfirmed = TraceRule(mayFind: [unconfirmed], evidence: ["connected"]) { trace in
        guard trace.facts.marks.contains(.unverifiedName), !trace.host.isEmpty, trace.host != "unknown" else {
            return []
        }
        return [
            Finding(
                unconfirmed, about: trace.client,
                "the name \(trace.host) of \(trace.who) does not lead back to that address")
        ]
    }
}
