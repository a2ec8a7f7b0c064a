import MailLog
import MailVocabulary

/// One row of a list as JSON, version 1.
struct EntryJSON: Encodable {
    let version = 1
    let began: String
    let id: String?
    let connection: String?
    let address: String?
    let sender: String
    let subject: String
    let messageID: String
    let recipients: [TraceJSON.Recipient]
    let verdict: String
    let outcome: String?
    let sentence: String
    /// Of the first line, when several were read.
    let file: String?

    init(_ row: LogEntry, files: [String]) {
        (began, id, connection) = (row.began.dateAndTime, row.key?.description, row.connection?.description)
        (address, sender, subject, messageID) = (row.address?.description, row.sender, row.subject, row.messageID)
        recipients = row.recipients.map {
            TraceJSON.Recipient(address: $0.address, outcome: $0.outcome.rawValue, detail: $0.detail)
        }
        (verdict, outcome, sentence) = (row.verdict, row.outcome?.rawValue, row.sentence)
        file = files.count > 1 ? files[row.file] : nil
    }
}

/// A summary as JSON, version 1.
struct SummaryJSON: Encodable {
    struct Count: Encodable {
        let name: String
        let count: Int
        let clients: Int

        init(_ count: LogCount) { (name, self.count, clients) = (count.name, count.count, count.clients) }
    }

    struct Slow: Encodable {
        let id: String?
        let address: String?
        let began: String
        let seconds: Int64
        let verdict: String
    }

    let version = 1
    let from: String
    let to: String
    let format: String?
    let lines: Int
    let understood: Int
    let connections: Int
    let clients: Int
    let refusedConnections: Int
    let messages: Int
    let recipients: [String: Int]
    let reasons: [Count]
    let silent: [Count]
    let senders: [Count]
    let addresses: [Count]
    let slow: [Slow]
    let slowCount: Int
    let slowClients: Int

    init(_ summary: LogSummary, _ index: TraceIndex) {
        (from, to) = (summary.from.dateAndTime, summary.to.dateAndTime)
        (format, lines, understood) = (index.formatName, index.lineCount, index.understoodCount)
        (connections, clients, messages) = (summary.connections, summary.clients, summary.messages)
        refusedConnections = summary.refusedConnections
        recipients = Dictionary(uniqueKeysWithValues: summary.recipients.map { ($0.key.rawValue, $0.value) })
        (reasons, silent) = (summary.reasons.map(Count.init), summary.silent.map(Count.init))
        (senders, addresses) = (summary.senders.map(Count.init), summary.addresses.map(Count.init))
        slow = summary.slow.map {
            Slow(
                id: $0.key?.description, address: $0.address?.description, began: $0.began.dateAndTime,
                seconds: $0.seconds,
                verdict: $0.verdict)
        }
        (slowCount, slowClients) = (summary.slowCount, summary.slowClients)
    }
}

/// One conversation from both ends as JSON, version 1.
struct TimelineJSON: Encodable {
    struct Row: Encodable {
        /// `client` or `server`.
        let side: String
        let clock: String?
        let lines: [String]
        let line: Int?
        let link: String?
    }

    let version = 1
    let found: String
    let isCertain: Bool
    let skewSeconds: Int64?
    let trace: TraceJSON
    let rows: [Row]
}
