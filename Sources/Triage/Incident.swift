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
    /// The MTA-STS policies as they were before something was forgotten.
    private var formerPolicies: [DNSSubject: FormerPolicy] = [:]
    /// The subjects in the order in which they came up.
    public private(set) var subjects: [DNSSubject] = []
    public var log: LogBook?
    /// How many lines of the log were there when the current session began: what is older is not ours.
    public var logMark = 0
    /// Sessions that were second attempts with one thing changed, by what was changed: index in `sessions`, the latest of each.
    public var probes: [Probe: Int] = [:]
    /// Sessions before this index were about something else than the walkthrough is: they are no evidence in it.
    public var evidenceBegins = 0
    /// The message that is looked for when it did not arrive.
    public var inquiry: Inquiry?
    /// What the log was asked, and what it said then.
    public private(set) var searches: [String: LogSearch] = [:]
    /// The bounce that was read last.
    public var bounce: Bounce?
    /// What only people can see, by the question: yes or no.
    public var answers: [Phrase: Bool] = [:]

    public init() {}

    /// Index of the session in view: the chosen one, else the newest.
    public var current: Int? { chosen.flatMap { sessions.indices.contains($0) ? $0 : nil } ?? sessions.indices.last }

    public var session: SessionRecord? { current.map { sessions[$0] } }

    /// The index of the session in view, or of the latest one that was not a probe.
    public var mainIndex: Int? {
        let probed = Set(probes.values)
        func isEvidence(_ index: Int) -> Bool { index >= evidenceBegins && !probed.contains(index) }
        if let current, isEvidence(current) { return current }
        return sessions.indices.last(where: isEvidence)
    }

    /// The latest session that was not a probe: what the steps of a walkthrough are judged by.
    public var main: SessionRecord? { mainIndex.map { sessions[$0] } }

    /// The session of a second attempt.
    public func session(of probe: Probe) -> SessionRecord? {
        probes[probe].flatMap { sessions.indices.contains($0) ? sessions[$0] : nil }
    }

    /// Looks for `needle` in the log as it is now. Costs a look at everything that the log names: for a key press, not for a frame.
    public mutating func search(_ needle: String) {
        guard let log else { return }
        searches[needle] = LogSearch(traces: log.index.traces(matching: needle), lineCount: log.lineCount)
    }

    /// Begins to examine `subject`.
    /// - Parameter isListed: Whether it is one of `subjects`: its findings are those of the incident.
    /// - Returns: false when it is being, or has been, examined already.
    public mutating func begin(_ subject: DNSSubject, isListed: Bool = true) -> Bool {
        guard examinations[subject] == nil else { return false }
        examinations[subject] = DNSExamination(subject: subject, formerPolicy: formerPolicies[subject])
        if isListed { subjects.append(subject) }
        return true
    }

    /// Forgets what was found about `subject`, so that it can be asked again.
    public mutating func forget(_ subject: DNSSubject) {
        if let policy = examinations[subject]?.policySeen { formerPolicies[subject] = policy }
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

    /// Forgets what the log said: it is asked anew.
    public mutating func forgetSearches() { searches = [:] }

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
        let checked = subjects.flatMap { examinations[$0]?.findings ?? [] }.withoutConsequences
        return checked + transportFindings + [alignmentFinding, greetingNameFinding].compactMap { $0 }
    }
}
