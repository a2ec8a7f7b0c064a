import MailVocabulary

/// What check_host() says of one sender, with the way to it, RFC 7208 §4.
public struct SPFVerdict: Hashable, Sendable {
    /// One term that matched, or that was followed.
    public struct Step: Hashable, Sendable {
        /// Whose record holds the term.
        public var domain: DNSName
        /// As it stands in the record, printable.
        public var term: String
        /// Its first byte in the joined text, from 1.
        public var position: Int
    }

    /// The result.
    public var result: SPFResult
    /// From the sender's own record to the term that decided; empty if none matched.
    public var path: [Step] = []
    /// Why, where the result is an error or none, in words.
    public var why: Phrase?
    /// The same in English, for programs.
    public var reason: String? { why?.description }
    /// Terms that cost a lookup, as far as the receiver got; ten are allowed.
    public var lookups = 0
    /// Of these, the ones without any record; two are allowed.
    public var voids = 0
    /// What a receiver waits that asks one after another.
    public var took: Duration = .zero

    /// `example.test include:_spf.example.net → _spf.example.net ip4:192.0.2.0/24`.
    public var pathText: String { path.map { "\($0.domain) \($0.term)" }.joined(separator: " → ") }
}

/// The limits of RFC 7208 §4.6.4.
public enum SPFLimit {
    /// Terms that cost a lookup.
    public static let lookups = 10
    /// Terms whose lookup finds nothing.
    public static let voids = 2
    /// Hosts of one `mx`.
    public static let exchangers = 10
    /// Names of the address that `ptr` looks at.
    public static let names = 10
}
