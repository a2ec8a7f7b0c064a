import MailVocabulary

/// All checks of one subject on their way: what must still be asked, and what is found so far.
///
/// Whoever drives it takes the questions, asks them at once, inserts each answer when it comes, and takes what that made
/// necessary, until it is finished.
public struct DNSExamination: Hashable, Sendable {
    /// What is examined.
    public let subject: DNSSubject
    /// What came so far.
    public private(set) var answers = DNSAnswers()
    /// Of the checks that concluded, in the order of the registry.
    public private(set) var findings: [Finding] = []
    /// Needed by a check, and not yet taken or answered.
    public private(set) var pendingQuestions: [DNSQuestion] = []
    /// Every check has concluded.
    public private(set) var isFinished = false
    /// Taken and not yet answered.
    public private(set) var underWay: Set<DNSQuestion> = []
    private var isPolicyTaken = false
    /// By the name of the check. What concluded is not judged again: a domain may have a thousand exchangers.
    private var conclusions: [String: [Finding]] = [:]

    /// Starts with the questions that are needed first.
    ///
    /// - Parameter formerPolicy: the MTA-STS policy as it was before, if the domain was looked at before.
    public init(subject: DNSSubject, formerPolicy: FormerPolicy? = nil) {
        self.subject = subject
        answers.formerPolicy = formerPolicy
        judge()
    }

    /// Adds an answer and asks the checks again.
    public mutating func insert(_ answer: DNSAnswer) {
        underWay.remove(answer.question)
        // A second answer to a question may change what rests on the first.
        if answers[answer.question] != nil { conclusions = [:] }
        answers.insert(answer)
        judge()
    }

    /// Adds the MTA-STS policy that was fetched, and asks the checks again.
    public mutating func insert(_ policy: PolicyFetch) {
        (answers.policy, conclusions) = (policy, [:])
        judge()
    }

    /// The domain whose MTA-STS policy is announced and was not fetched yet, once; `nil` when there is none.
    public mutating func takePolicyDomain() -> DNSName? {
        guard !isPolicyTaken, case .domain(let domain) = subject,
            MTASTSRecord.isAnnounced(for: subject, answers) == true
        else { return nil }
        isPolicyTaken = true
        return domain
    }

    /// The pending questions, which count as under way from now on.
    public mutating func takeQuestions() -> [DNSQuestion] {
        let questions = pendingQuestions
        underWay.formUnion(questions)
        pendingQuestions = []
        return questions
    }

    private mutating func judge() {
        (findings, pendingQuestions, isFinished) = ([], [], true)
        for check in DNSCheck.all {
            if !check.seesAll, let known = conclusions[check.name] {
                findings += known.filter { !findings.contains($0) }
                continue
            }
            switch check.judge(subject, answers) {
            case .need(let questions):
                isFinished = false
                for question in questions where !underWay.contains(question) && !pendingQuestions.contains(question) {
                    pendingQuestions.append(question)
                }
            case .conclude(let found):
                conclusions[check.name] = found
                // Two checks may come upon the same failed lookup: it is said once.
                findings += found.filter { !findings.contains($0) }
            }
        }
        findings = findings.withoutConsequences
    }
}
