import DNS
import MailVocabulary
import Triage

/// The checks of one subject as JSON, version 1.
struct ExaminationJSON: Encodable {
    struct Record: Encodable {
        let name: String
        let type: String
        let ttl: UInt32
        let data: String
    }

    struct Answer: Encodable {
        let name: String
        let type: String
        let server: String
        let outcome: String
        let records: [Record]
        let ms: Int
        let transport: String
        let attempts: Int
        let ignored: Int
        /// Of the response's header, as `aa`; absent where no response came.
        let flags: [String]?
        /// Bytes of the response; absent where none came.
        let size: Int?
        /// What an authoritative server calls itself.
        let nsid: String?
        /// `secure`, `insecure`, `bogus` or `unknown`; absent where nobody judged.
        let dnssec: String?
        let dnssecReason: String?
        /// Until the first signature ends.
        let signatureSecondsLeft: Int?
        let extendedErrors: [String]?

        init(_ answer: DNSAnswer) {
            var found: [ResourceRecord] = []
            if case .found(let all) = answer.outcome { found = all }
            (name, type) = (answer.question.name.description, answer.question.type.description)
            (server, outcome) = (answer.server.description, answer.outcome.id)
            records = found.map {
                Record(name: $0.name.description, type: $0.type.description, ttl: $0.ttl, data: $0.data.words)
            }
            (ms, transport) = (answer.took.milliseconds, answer.transport.rawValue)
            (attempts, ignored) = (answer.attempts, answer.ignored)
            flags = answer.size > 0 ? answer.flags.words : nil
            (size, nsid) = (answer.size > 0 ? answer.size : nil, answer.serverID)
            (dnssec, dnssecReason) = (answer.verdict?.id, answer.verdict?.reason)
            signatureSecondsLeft = answer.signatureLeft
            extendedErrors = answer.extendedErrors.isEmpty ? nil : answer.extendedErrors.map(\.description)
        }
    }

    struct Conclusion: Encodable {
        let code: String
        let severity: String
        let subject: String
        let message: String
        let citation: String
    }

    let version = 1
    let subject: String
    let answers: [Answer]
    let findings: [Conclusion]
    /// The SPF record of the domain with all that it includes.
    let spf: SPFTreeJSON?
    /// What SPF says of `--source`.
    let sender: SPFVerdictJSON?

    /// With `--dane`: what the exchangers presented.
    let exchangers: [ExchangerJSON]?
    /// The MTA-STS policy that was fetched.
    let policy: PolicyJSON?
    /// With `--log`: who sends.
    let sendingAddresses: [SendingAddressJSON]?
    /// With `--compare`: the other resolver's answers, in the order of `answers` of the subject.
    let compared: [Answer]?
    /// The authoritative servers, where `--authoritative` asked for them.
    let authority: AuthorityJSON?
    /// Those of the exchangers in other zones.
    let exchangerAuthorities: [AuthorityJSON]?

    /// - Parameter subject: As typed.
    init(_ subject: String, _ results: CheckResults) {
        self.subject = subject
        answers = results.answers.map(Answer.init)
        findings = results.findings.map {
            Conclusion(
                code: $0.kind.code, severity: "\($0.kind.severity)", subject: $0.subject, message: $0.message,
                citation: $0.kind.citation.description)
        }
        spf = results.examinations.lazy.compactMap(\.spfTree).first.flatMap {
            $0.root.record == nil ? nil : SPFTreeJSON($0)
        }
        sender =
            results.examinations.lazy.compactMap { examination in
                guard case .sender(let sender) = examination.subject else { return nil }
                return examination.spfVerdict.map { SPFVerdictJSON(sender, $0) }
            }.first
        exchangers = results.exchangers.isEmpty ? nil : results.exchangers.map(ExchangerJSON.init)
        policy = results.examinations.lazy.compactMap(\.answers.policy).first.map(PolicyJSON.init)
        sendingAddresses = results.senders?.rows.map(SendingAddressJSON.init)
        compared = results.comparison?.pairs.map { Answer($0.other) }
        authority = results.authorities.first.map(AuthorityJSON.init)
        let others = results.authorities.dropFirst().map(AuthorityJSON.init)
        exchangerAuthorities = others.isEmpty ? nil : others
    }
}

extension DNSAnswer.Outcome {
    /// One stable word for scripts.
    var id: String {
        switch self {
        case .found: "found"
        case .absent(let absence): "absent:\(absence.rawValue)"
        case .refused: "refused"
        case .serverFailure: "servfail"
        case .lame: "lame"
        case .otherError(let code): "rcode:\(code)"
        case .silent: "silent"
        case .unreachable: "unreachable"
        case .malformed: "malformed"
        }
    }
}
