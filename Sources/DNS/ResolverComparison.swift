import MailVocabulary

/// What two resolvers say to the same questions: caches of different age, split views and filters show as differences.
public struct ResolverComparison: Hashable, Sendable {
    static let differ = FindingKind("dns.resolver.differs", .warning, .rfc(1034, "4.3.4"))
    static let agree = FindingKind("dns.resolver.agrees", .fine, .rfc(1034, "4.3.4"))

    static let absent = FindingKind("dns.resolver.does-not-answer", .unknown, .rfc(1035, "7.2"))

    /// Every kind of finding that a comparison can give.
    public static let kinds = [differ, agree, absent]

    /// Two answers to one question.
    public struct Pair: Hashable, Sendable {
        /// Of the resolver that is used.
        public var own: DNSAnswer
        /// Of the other one.
        public var other: DNSAnswer

        /// Two answers to one question.
        public init(own: DNSAnswer, other: DNSAnswer) { (self.own, self.other) = (own, other) }

        /// Whether they say the same, apart from TTLs, order and case, and from what could not be found out.
        public var isEqual: Bool {
            guard own.isSettled, other.isSettled else { return own.isSettled == other.isSettled }
            return Set(own.records.map(\.data)) == Set(other.records.map(\.data))
        }
    }

    /// In the order of the questions.
    public let pairs: [Pair]

    /// Answers to the same questions, pair by pair.
    public init(_ pairs: [Pair]) { self.pairs = pairs }

    /// One for each difference, or one for their agreement.
    public func findings(about domain: DNSName) -> [Finding] {
        // One that answers nothing says nothing else either.
        if let first = pairs.first(where: { $0.own.isSettled }), pairs.allSatisfy({ !$0.other.isSettled }) {
            let why: Phrase = first.other.reason ?? "no answer came"
            let message: Phrase = "nothing is compared, \(first.other.server) answers no question: \(why)"
            return [Finding(Self.absent, about: domain.description, message)]
        }
        let different = pairs.filter { !$0.isEqual }
        guard !different.isEmpty else {
            guard let first = pairs.first else { return [] }
            let message: Phrase =
                "\(first.own.server) and \(first.other.server) say the same to \(pairs.count) questions"
            return [Finding(Self.agree, about: domain.description, message)]
        }
        return different.map { pair in
            let message: Phrase =
                "resolvers differ about \(pair.own.question): \(pair.own.server) says \(Self.words(pair.own)), "
                + "\(pair.other.server) says \(Self.words(pair.other))"
            return Finding(Self.differ, about: pair.own.question.name.description, message)
        }
    }

    private static func words(_ answer: DNSAnswer) -> Phrase {
        if let reason = answer.reason { return reason }
        let ttl: Phrase = answer.records.map(\.ttl).max().map { " (for another \($0) s)" } ?? ""
        let data = answer.records.prefix(6).map(\.data.description).sorted().joined(separator: ", ")
        return "\(data)\(ttl)"
    }
}
