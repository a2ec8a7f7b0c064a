import MailLog
import MailVocabulary

/// One connection of a log as JSON, version 1.
struct TraceJSON: Encodable {
    struct Recipient: Encodable {
        let address: String
        let outcome: String
        let detail: String
    }

    struct Message: Encodable {
        let id: String
        let sender: String
        let subject: String
        let messageID: String
        let outcome: String
        let sentence: String
        let derived: [String]
        let recipients: [Recipient]
    }

    struct Conclusion: Encodable {
        let code: String
        let severity: String
        let message: String
        /// The numbers of the lines that bear it out; none where it rests on what is not in the log.
        let evidence: [Int]
    }

    struct Line: Encodable {
        let line: Int
        let offset: UInt64
        let link: String
        /// Of the file, when several were read.
        let file: String?
    }

    let version = 1
    let ids: [String]
    let address: String?
    let host: String
    let verdict: String
    let sentence: String
    let hasBeginning: Bool
    let messages: [Message]
    let findings: [Conclusion]
    let lines: [Line]

    /// - Parameters:
    ///   - files: the logs that were read.
    ///   - texts: what stands in the trace's lines; none when nobody has read them.
    init(_ trace: Trace, files: [String] = [], texts: some Sequence<[UInt8]> = []) {
        let records = texts.map { LogFormat.record(of: $0) }
        ids = trace.keys.map(\.description)
        (address, host) = (trace.address?.description, trace.host)
        (verdict, sentence, hasBeginning) = (trace.verdict, trace.sentence, trace.hasBeginning)
        messages = trace.messages.map { message in
            Message(
                id: message.key.description, sender: message.sender, subject: message.subject,
                messageID: message.messageID, outcome: message.outcome.rawValue, sentence: message.sentence,
                derived: message.derived.map(\.description),
                recipients: message.recipients.map {
                    Recipient(address: $0.address, outcome: $0.outcome.rawValue, detail: $0.detail)
                })
        }
        findings = trace.findings.map {
            Conclusion(
                code: $0.kind.code, severity: "\($0.kind.severity)", message: $0.message,
                evidence: TraceRule.evidence(of: $0, in: records).map { trace.lines[$0].number })
        }
        lines = trace.lines.map {
            let file = files.count > 1 && files.indices.contains($0.file) ? files[$0.file] : nil
            return Line(line: $0.number, offset: $0.offset, link: $0.link.rawValue, file: file)
        }
    }
}
