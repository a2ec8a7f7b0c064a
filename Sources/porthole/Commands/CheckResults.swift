import DNS
import MailVocabulary

/// Everything that one `porthole check` found out.
struct CheckResults {
    /// Of the subject first, then what the options asked for.
    let examinations: [DNSExamination]
    /// The authoritative servers side by side, where that was asked for.
    let authority: AuthorityExamination?

    /// Of all examinations, each finding once.
    var findings: [Finding] {
        var seen: Set<Finding> = []
        let all = examinations.flatMap(\.findings) + (authority?.findings ?? [])
        return all.filter { seen.insert($0).inserted }
    }

    /// What the resolver answered, each answer once.
    var answers: [DNSAnswer] {
        var seen: Set<DNSQuestion> = []
        let all = examinations.flatMap(\.answers.inOrder) + (authority?.answers.inOrder ?? [])
        return all.filter { seen.insert($0.question).inserted }
    }
}
