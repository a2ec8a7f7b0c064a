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

    /// - Parameters:
    ///   - subject: As typed.
    ///   - examinations: Of the subject first, then what the options asked for.
    init(_ subject: String, _ examinations: [DNSExamination]) {
        self.subject = subject
        var seen: Set<DNSAnswer> = []
        answers = examinations.flatMap(\.answers.inOrder).filter { seen.insert($0).inserted }.map { answer in
            var records: [ResourceRecord] = []
            if case .found(let found) = answer.outcome { records = found }
            return Answer(
                name: answer.question.name.description, type: answer.question.type.description,
                server: answer.server.description, outcome: answer.outcome.id,
                records: records.map {
                    Record(name: $0.name.description, type: $0.type.description, ttl: $0.ttl, data: $0.data.words)
                }, ms: answer.took.milliseconds, transport: answer.transport.rawValue, attempts: answer.attempts,
                ignored: answer.ignored)
        }
        findings = examinations.flatMap(\.findings).map {
            Conclusion(
                code: $0.kind.code, severity: "\($0.kind.severity)", subject: $0.subject, message: $0.message,
                citation: $0.kind.citation.description)
        }
        spf = examinations.lazy.compactMap(\.spfTree).first.flatMap { $0.root.record == nil ? nil : SPFTreeJSON($0) }
        sender =
            examinations.lazy.compactMap { examination in
                guard case .sender(let sender) = examination.subject else { return nil }
                return examination.spfVerdict.map { SPFVerdictJSON(sender, $0) }
            }.first
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
