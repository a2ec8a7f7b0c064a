/// An MTA-STS policy as it was when the domain was looked at before: a new text needs a new id, RFC 8461 §3.1.
public struct FormerPolicy: Hashable, Sendable {
    /// Of the record that announced it.
    public var id: String
    /// The body.
    public var text: [UInt8]
}

extension DNSExamination {
    /// The policy as it is now, for the next look; `nil` where none was fetched.
    public var policySeen: FormerPolicy? {
        guard case .domain(let domain) = subject, case .text(let text)? = answers.policy?.outcome,
            let place = domain.under("_mta-sts")
        else { return nil }
        let ids = TextRecords.joined(answers.lookup(DNSQuestion(place, .txt))).compactMap(MTASTSRecord.id)
        return ids.first.map { FormerPolicy(id: $0, text: text) }
    }
}
