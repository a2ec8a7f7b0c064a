import MailVocabulary

/// What became of a target's name: the hosts to try, in order, with their addresses.
public struct Resolution: Hashable, Sendable {
    /// A host and the addresses to try there, in order.
    public struct Candidate: Hashable, Sendable {
        public var host: String
        public var addresses: [IPAddress]

        public init(host: String, addresses: [IPAddress]) { (self.host, self.addresses) = (host, addresses) }
    }

    /// A mail exchanger that nobody can connect to, and why.
    public struct Addressless: Hashable, Sendable {
        /// `30 gone.example.test`. Outside text.
        public var exchanger: String
        /// Why it has no address, in words. Outside text.
        public var problem: String

        public init(exchanger: String, problem: String) { (self.exchanger, self.problem) = (exchanger, problem) }
    }

    /// `10 mx1.example.test`, best first, when MX records were walked.
    public var exchangers: [String]
    public var candidates: [Candidate]
    /// Those of the exchangers that are no candidates.
    public var addressless: [Addressless]
    /// Why there is nobody to talk to; the candidates are empty then.
    public var failure: CloseReason?

    public init(
        exchangers: [String] = [], candidates: [Candidate] = [], addressless: [Addressless] = [],
        failure: CloseReason? = nil
    ) {
        (self.exchangers, self.candidates, self.addressless) = (exchangers, candidates, addressless)
        self.failure = failure
    }
}
