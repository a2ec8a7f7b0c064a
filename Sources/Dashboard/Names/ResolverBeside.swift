import DNS

/// Another resolver that is asked the same as ours was, to compare.
public struct ResolverBeside: Hashable, Sendable {
    /// As typed: HOST or HOST:PORT.
    public let server: String
    /// Whose questions it is asked.
    public let domain: DNSName
    /// How many questions it was asked.
    public let count: Int
    /// What it answered so far.
    public private(set) var answers: [DNSQuestion: DNSAnswer] = [:]

    init(_ server: String, _ domain: DNSName, count: Int) {
        (self.server, self.domain, self.count) = (server, domain, count)
    }

    mutating func insert(_ answer: DNSAnswer) { answers[answer.question] = answer }

    /// What both say, as far as both have answered.
    func comparison(with own: DNSAnswers) -> ResolverComparison {
        ResolverComparison(
            own.inOrder.compactMap { answer in
                answers[answer.question].map { ResolverComparison.Pair(own: answer, other: $0) }
            })
    }
}
