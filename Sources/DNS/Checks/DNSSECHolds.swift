import MailVocabulary

extension DNSCheck {
    /// Can what the DNS says about the domain's mail be trusted? RFC 4033 §5. It rests on a validator's verdicts, which come later
    /// than the answers, or never: without one it says nothing.
    static let dnssecHolds = DNSCheck(
        name: "dnssec-holds", mayFind: DNSSECHolds.kinds, seesAll: true, judge: DNSSECHolds.judge)
}

private enum DNSSECHolds {
    static let secure = FindingKind("dns.dnssec.secure", .fine, .rfc(4033, "5"))
    static let insecure = FindingKind("dns.dnssec.insecure", .note, .rfc(4033, "5"))
    static let bogus = FindingKind("dns.dnssec.bogus", .failure, .rfc(4033, "5"))
    static let unknown = FindingKind("dns.dnssec.not-validated", .note, .rfc(4033, "5"))
    static let ending = FindingKind("dns.dnssec.signature-ends", .warning, .rfc(4034, "3.1.5"))
    static let kinds = [secure, insecure, bogus, unknown, ending]

    /// Seconds of a signature's life below which somebody should look: signers renew them days before.
    static let shortLife = 3 * 86_400
    /// Questions that are named in one finding.
    static let mostNamed = 4

    static func judge(_ subject: DNSSubject, _ answers: DNSAnswers) -> Judgement<DNSQuestion, [Finding]> {
        guard case .domain(let domain) = subject else { return .conclude([]) }
        let about = domain.description
        var findings: [Finding] = []
        var reasons: [(words: String, questions: [DNSQuestion])] = []
        var obstacles: [(words: String, server: String)] = []
        let isAnyJudged = answers.inOrder.contains { answer in
            switch answer.verdict {
            case .secure?, .insecure?, .bogus?: true
            case .unknown?, nil: false
            }
        }
        for answer in answers.inOrder {
            switch answer.verdict {
            case .bogus(let why)?:
                if let index = reasons.firstIndex(where: { $0.words == why }) {
                    reasons[index].questions.append(answer.question)
                } else {
                    reasons.append((why, [answer.question]))
                }
            case .unknown? where isAnyJudged && !answer.isSettled:
                continue  // the validator came no further than we did with this one, and that is said elsewhere
            case .unknown(let obstacle)?:
                if obstacles.isEmpty { obstacles.append((obstacle.words, "\(answer.server)")) }
            case .secure?, .insecure?, nil:
                continue
            }
        }
        for (words, questions) in reasons {
            let names = questions.prefix(mostNamed).map(\.description).joined(separator: ", ")
            let more: Phrase = questions.count > mostNamed ? " and \(questions.count - mostNamed) more" : ""
            let message: Phrase =
                "DNSSEC of \(names)\(more) is bogus: \(words); senders that validate cannot look it up"
            findings.append(Finding(bogus, about: about, message))
        }
        if let obstacle = obstacles.first {
            let message: Phrase = "DNSSEC cannot be validated through \(obstacle.server): \(obstacle.words)"
            findings.append(Finding(unknown, about: about, message))
        }
        let exchangers = answers[DNSQuestion(domain, .mx)]
        switch exchangers?.records.isEmpty == false ? exchangers?.verdict : nil {
        case .secure?:
            findings.append(Finding(secure, about: about, "the MX of \(domain) is secured by DNSSEC"))
        case .insecure?:
            let message: Phrase =
                "the MX of \(domain) is not secured by DNSSEC: whoever can forge answers can divert its mail"
            findings.append(Finding(insecure, about: about, message))
        case .bogus?, .unknown?, nil:
            break
        }
        return .conclude(findings + endings(answers))
    }

    /// The signature that ends first, if it ends soon: validators refuse it then, some after a day's grace.
    private static func endings(_ answers: DNSAnswers) -> [Finding] {
        let soon = answers.inOrder.filter { $0.signatureLeft.map { $0 < shortLife } ?? false }
        guard let first = soon.min(by: { ($0.signatureLeft ?? 0) < ($1.signatureLeft ?? 0) }),
            let left = first.signatureLeft
        else { return [] }
        let others = soon.count > 1 ? ", and \(soon.count - 1) more do soon" : ""
        let message: Phrase =
            left < 0
            ? "the signature of \(first.question) has ended \(span(-left)) ago\(others)"
            : "the signature of \(first.question) ends in \(span(left))\(others)"
        return [Finding(ending, about: first.question.name.description, message)]
    }

    private static func span(_ seconds: Int) -> String {
        switch seconds {
        case ..<7200: "\(seconds / 60) min"
        case ..<172_800: "\(seconds / 3600) h"
        default: "\(seconds / 86_400) days"
        }
    }
}
