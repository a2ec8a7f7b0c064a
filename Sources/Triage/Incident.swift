import DNS
import MailLog
import MailVocabulary
import SMTP

/// What is known about one case: the sessions, the answers of the DNS, the log. The domain half of the program's state.
public struct Incident: Sendable {
    /// The sessions of this incident, the newest last.
    public var sessions: [SessionRecord] = []
    /// The session in view, where it is not the newest.
    public var chosen: Int?
    /// The mail domain in question: of the recipient, or the one typed.
    public var domain: DNSName?
    public private(set) var examinations: [DNSSubject: DNSExamination] = [:]
    /// The subjects in the order in which they came up.
    public private(set) var subjects: [DNSSubject] = []
    public var log: LogBook?
    /// How many lines of the log were there when the current session began: what is older is not ours.
    public var logMark = 0

    public init() {}

    /// Index of the session in view: the chosen one, else the newest.
    public var current: Int? { chosen.flatMap { sessions.indices.contains($0) ? $0 : nil } ?? sessions.indices.last }

    public var session: SessionRecord? { current.map { sessions[$0] } }

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

    /// Every finding of the DNS checks so far.
    public var nameFindings: [Finding] { subjects.flatMap { examinations[$0]?.findings ?? [] } }
}
