import MailVocabulary

/// What became of a target's name: the hosts to try, in order, with their addresses.
public struct Resolution: Hashable, Sendable {
    /// A host and the addresses to try there, in order.
    public struct Candidate: Hashable, Sendable {
        public var host: String
        public var addresses: [IPAddress]

        public init(host: String, addresses: [IPAddress]) { (self.host, self.addresses) = (host, addresses) }
    }

    /// `10 mx1.example.test`, best first, when MX records were walked.
    public var exchangers: [String]
    public var candidates: [Candidate]
    /// Why there is nobody to talk to; the candidates are empty then.
    public var failure: CloseReason?

    public init(exchangers: [String] = [], candidates: [Candidate] = [], failure: CloseReason? = nil) {
        (self.exchangers, self.candidates, self.failure) = (exchangers, candidates, failure)
    }
}
