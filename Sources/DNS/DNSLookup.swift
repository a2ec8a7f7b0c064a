import MailVocabulary

/// A question followed to the end of its aliases, RFC 1034 §3.6.2.
public struct DNSLookup: Hashable, Sendable {
    /// What was asked first.
    public let question: DNSQuestion
    /// What must be asked to go on; `nil` at the end.
    public internal(set) var next: DNSQuestion?
    /// The answer with which it ended; `nil` as long as nothing came.
    public private(set) var answer: DNSAnswer?
    /// All CNAME targets, in their order.
    public private(set) var aliases: [DNSName] = []
    /// The time that the answers took, one after another.
    public private(set) var took: Duration = .zero

    init(_ question: DNSQuestion) { self.question = question }

    /// The answer, once nothing more must be asked.
    public var ended: DNSAnswer? { next == nil ? answer : nil }

    /// The records of the asked type.
    public var records: [ResourceRecord] { ended?.records ?? [] }

    mutating func add(_ answer: DNSAnswer) {
        self.answer = answer
        aliases += answer.aliases
        took += answer.took
    }

    mutating func giveUp(_ absence: DNSAnswer.Absence) { answer?.outcome = .absent(absence) }

    /// The addresses of its A or AAAA records, in the order sent.
    public var addresses: [IPAddress] {
        records.compactMap {
            guard case .address(let address) = $0.data else { return nil }
            return address
        }
    }
}
