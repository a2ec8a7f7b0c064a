import DNS
import MailVocabulary
import SMTP
import Triage

/// Everything that one `porthole check` found out.
struct CheckResults {
    /// The domain, if the subject is one.
    let domain: DNSName?
    /// As typed, where the DNS spells the domain otherwise.
    var international: String?
    /// Of the subject first, then what the options asked for.
    let examinations: [DNSExamination]
    /// The authoritative servers side by side, where that was asked for: of the domain first, then of its exchangers elsewhere.
    let authorities: [AuthorityExamination]
    /// What the mail exchangers presented, where that was asked for.
    let exchangers: [CheckSessions.Exchanger]

    /// What another resolver says, where one was named.
    let comparison: ResolverComparison?
    /// Who sent mail of the domain, where a log was named.
    let senders: SendingAddresses?
    /// That log.
    let log: CheckLog?

    /// Of all examinations, each finding once.
    var findings: [Finding] {
        var seen: Set<Finding> = []
        let all = examinations.flatMap(\.findings) + authorities.flatMap(\.findings) + joined
        return all.withoutConsequences.filter { seen.insert($0).inserted }
    }

    /// An internationalized name and its A-labels.
    private static let spelled = FindingKind("dns.name.international", .note, .rfc(5891, "5"))

    /// What only several of them together tell.
    private var joined: [Finding] {
        guard let domain, let answers = examinations.first(where: { $0.subject == .domain(domain) })?.answers else {
            return []
        }
        let names = international.map { typed -> Finding in
            Finding(Self.spelled, about: "\(domain)", "\(typed) is \(domain) in the DNS")
        }
        let alignments = examinations.compactMap { examination -> Finding? in
            guard case .sender(let sender) = examination.subject else { return nil }
            return DMARCAlignment(author: domain, envelope: sender.domain).finding(examination.spfVerdict, answers)
        }
        let logged = senders?.findings(of: domain) ?? []
        let compared = comparison?.findings(about: domain) ?? []
        let greeted = exchangers.compactMap { exchanger -> Finding? in
            let question = DNSQuestion(DNSName(reverse: exchanger.address), .ptr)
            let pointer = examinations.lazy.compactMap { $0.answers[question] }.first
            return exchanger.record.greeting.flatMap { GreetingName.finding($0, of: exchanger.address, pointer) }
        }
        return [names].compactMap(\.self) + alignments + logged + compared
            + CheckSessions.findings(exchangers, domain, answers) + greeted
    }

    /// What the resolver answered, each answer once.
    var answers: [DNSAnswer] {
        var seen: Set<DNSQuestion> = []
        let all = examinations.flatMap(\.answers.inOrder) + authorities.flatMap(\.answers.inOrder)
        return all.filter { seen.insert($0.question).inserted }
    }
}
