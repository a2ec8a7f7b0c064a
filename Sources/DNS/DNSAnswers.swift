/// The answers so far, by question.
public struct DNSAnswers: Hashable, Sendable {
    /// The latest answer to each question.
    public private(set) var byQuestion: [DNSQuestion: DNSAnswer] = [:]
    /// In the order in which the first to each question came.
    public private(set) var inOrder: [DNSAnswer] = []

    /// The MTA-STS policy of the domain, where one was fetched.
    public var policy: PolicyFetch?
    /// What it was when the domain was looked at before.
    public var formerPolicy: FormerPolicy?

    /// No answer yet.
    public init() {}

    /// The latest answer to a question, as it came: use `lookup` to go on to the end of its aliases.
    public subscript(question: DNSQuestion) -> DNSAnswer? { byQuestion[question] }

    /// Adds an answer; a second one to the same question takes the place of the first.
    public mutating func insert(_ answer: DNSAnswer) {
        if byQuestion.updateValue(answer, forKey: answer.question) != nil,
            let index = inOrder.firstIndex(where: { $0.question == answer.question })
        {
            inOrder[index] = answer
        } else {
            inOrder.append(answer)
        }
    }

    /// Follows a question through its CNAMEs, over several answers where a server left the rest to us.
    public func lookup(_ question: DNSQuestion) -> DNSLookup {
        var lookup = DNSLookup(question)
        var next = question
        var seen: Set = [question.name]
        while let answer = byQuestion[next] {
            lookup.add(answer)
            guard case .found = answer.outcome, answer.records.isEmpty, let last = answer.aliases.last else {
                return lookup
            }
            guard lookup.aliases.count <= DNSMessage.aliasLimit else {
                lookup.giveUp(.aliasChain)
                return lookup
            }
            guard seen.insert(last).inserted else {
                lookup.giveUp(.aliasLoop)
                return lookup
            }
            next = DNSQuestion(last, question.type)
        }
        lookup.next = next
        return lookup
    }
}
