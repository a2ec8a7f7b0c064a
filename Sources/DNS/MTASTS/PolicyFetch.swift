/// What came of fetching `https://mta-sts.DOMAIN/.well-known/mta-sts.txt`, RFC 8461 §3.3.
public struct PolicyFetch: Hashable, Sendable {
    /// What came.
    public enum Outcome: Hashable, Sendable {
        /// The body of a 200 response that may be a policy.
        case text([UInt8])
        /// Why senders get no policy, half a sentence: "its certificate has expired".
        case failed(String)
    }

    /// Whose policy it is.
    public var domain: DNSName
    /// What came.
    public var outcome: Outcome
    /// From the first lookup to the end.
    public var took: Duration

    /// What came, and how long it took.
    public init(of domain: DNSName, _ outcome: Outcome, took: Duration) {
        (self.domain, self.outcome, self.took) = (domain, outcome, took)
    }

    /// The host that serves the policy of a domain; `nil` if its name would be too long.
    public static func host(of domain: DNSName) -> DNSName? { domain.under("mta-sts") }
}
