import MailVocabulary

/// What a check is about.
public enum DNSSubject: Hashable, Sendable {
    /// A mail domain: its MX, their addresses, SPF and DMARC.
    case domain(DNSName)
    /// An address: its PTR and the forward confirmation. `role` says whose: the target's, or our own source address.
    case address(IPAddress, role: AddressRole)

    public enum AddressRole: String, Hashable, Sendable { case target, source }
}

/// The answers so far, by question.
public struct DNSAnswers: Hashable, Sendable {
    public private(set) var byQuestion: [DNSQuestion: DNSAnswer] = [:]
    /// In the order in which they came.
    public private(set) var inOrder: [DNSAnswer] = []

    public init() {}

    public subscript(question: DNSQuestion) -> DNSAnswer? { byQuestion[question] }

    public mutating func insert(_ answer: DNSAnswer) {
        byQuestion[answer.question] = answer
        inOrder.append(answer)
    }
}

/// One check of the mail side of the DNS. It is asked again with the answers so far until it concludes: no clock, no socket.
public struct DNSCheck: Sendable {
    /// Stable, as `mx-exists`.
    public let name: String
    /// Every kind of finding that this check can give.
    public let mayFind: [FindingKind]
    /// Concludes with no findings when the check does not apply to the subject.
    public let judge: @Sendable (DNSSubject, DNSAnswers) -> Judgement<DNSQuestion, [Finding]>

    public init(
        name: String, mayFind: [FindingKind],
        judge: @escaping @Sendable (DNSSubject, DNSAnswers) -> Judgement<DNSQuestion, [Finding]>
    ) {
        (self.name, self.mayFind, self.judge) = (name, mayFind, judge)
    }
}

extension DNSCheck {
    /// The registry. A new check is one file in `Checks/` and one name here.
    public static let all: [DNSCheck] = []
}
