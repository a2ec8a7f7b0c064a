import DNS
import MailLog
import MailVocabulary
import SMTP

/// What is known about one case: the sessions, the answers of the DNS, the log. The domain half of the program's state.
public struct Incident: Sendable {
    /// The sessions of this incident, the current one last.
    public var sessions: [SessionRecord] = []
    /// The mail domain in question: of the recipient, or the one typed.
    public var domain: DNSName?
    public private(set) var examinations: [DNSSubject: DNSExamination] = [:]
    /// The subjects in the order in which they came up.
    public private(set) var subjects: [DNSSubject] = []
    public var log: LogBook?
    /// How many lines of the log were there when the current session began: what is older is not ours.
    public var logMark = 0

    public init() {}

    public var session: SessionRecord? { sessions.last }

    /// Begins to examine `subject`.
    /// - Returns: false when it is being, or has been, examined already.
    public mutating func begin(_ subject: DNSSubject) -> Bool {
        guard examinations[subject] == nil else { return false }
        examinations[subject] = DNSExamination(subject: subject)
        subjects.append(subject)
        return true
    }

    /// Forgets what was found about `subject`, so that it can be asked again.
    public mutating func forget(_ subject: DNSSubject) {
        examinations[subject] = nil
        subjects.removeAll { $0 == subject }
    }

    /// The questions about `subject` that nobody has asked yet; whoever takes them asks them.
    public mutating func takeQuestions(of subject: DNSSubject) -> [DNSQuestion] {
        examinations[subject]?.takeQuestions() ?? []
    }

    /// Takes in one answer for `subject`.
    public mutating func insert(_ answer: DNSAnswer, for subject: DNSSubject) {
        examinations[subject, default: DNSExamination(subject: subject)].insert(answer)
    }

    /// The domain whose MTA-STS policy is announced; whoever takes it fetches the policy.
    public mutating func takePolicyDomain(of subject: DNSSubject) -> DNSName? {
        examinations[subject]?.takePolicyDomain()
    }

    /// Takes in the policy that was fetched for `subject`; nothing if the subject was forgotten meanwhile.
    public mutating func insert(_ policy: PolicyFetch, for subject: DNSSubject) {
        examinations[subject]?.insert(policy)
    }

    /// Every finding of the DNS checks so far, and what the session adds to them.
    public var nameFindings: [Finding] {
        subjects.flatMap { examinations[$0]?.findings ?? [] } + transportFindings + [alignmentFinding].compactMap { $0 }
    }
}
