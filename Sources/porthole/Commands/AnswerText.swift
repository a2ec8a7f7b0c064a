import MailLog
import MailVocabulary

/// A row of a list for people.
enum EntryText {
    /// `2026-02-02 10:00:04  bounced  198.51.100.4  <a@sender.test>  MID 214 was bounced for …`
    /// Of several files that were read, the one is named in which it begins.
    static func line(_ row: LogEntry, of files: [String], _ say: PlainWords) -> String {
        var parts = [row.began.dateAndTime, row.verdict]
        if files.count > 1 { parts.insert(files[row.file], at: 0) }
        if let address = row.address { parts.append(address.description) }
        if row.outcome != nil { parts.append("<\(row.sender)>") }
        return (parts + [say(row.phrase)]).joined(separator: "  ")
    }
}

/// A summary for people.
struct SummaryText {
    private let say: PlainWords

    init(_ say: PlainWords) { self.say = say }

    func lines(_ summary: LogSummary, _ index: TraceIndex) -> [String] {
        guard index.window != nil else { return [say(index.coverage)] }
        let (from, to) = (summary.from.dateAndTime, summary.to.dateAndTime)
        var lines = [say("\(from) to \(to) on the log's clock; \(index.coverage)")]
        let (connections, clients) = (summary.connections.connections, summary.clients.clients)
        let refused = summary.refusedConnections
        lines.append(say("\(connections) of \(clients), \(refused) of them refused; \(summary.messages.messages)"))
        let outcomes = summary.recipients
            .sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
            .map { say($0.key.phrase(of: $0.value)) }
        if !outcomes.isEmpty { lines.append(say("recipients: \(outcomes.joined(separator: ", "))")) }
        lines += table("why refused, bounced, delayed or kept", summary.reasons)
        lines += table("connections without a message", summary.silent)
        lines += table("senders", summary.senders)
        lines += table("clients", summary.addresses)
        guard summary.slowCount > 0 else { return lines }
        lines += [
            "", say("slow connections: \(summary.slowCount), of \(summary.slowClients.clients)"),
        ]
        lines += summary.slow.map { slow in
            let who = slow.address?.description ?? say("a client that is not in this log")
            return
                "  \(slow.seconds) s  \(slow.began.dateAndTime)  \(who)  \(slow.key?.description ?? "")  \(slow.verdict)"
        }
        return lines
    }

    private func table(_ title: Phrase, _ rows: [LogCount]) -> [String] {
        guard !rows.isEmpty else { return [] }
        return ["", say(title) + ":"]
            + rows.map { row in
                let clients = row.clients > 1 ? "  (" + say(row.clients.clients) + ")" : ""
                return "  \(row.count)  \(row.name)\(clients)"
            }
    }
}

extension Trace.Outcome {
    /// `3 delivered`
    fileprivate func phrase(of count: Int) -> Phrase {
        switch self {
        case .pending: "\(count) pending"
        case .delivered: "\(count) delivered"
        case .delayed: "\(count) delayed"
        case .bounced: "\(count) bounced"
        case .expired: "\(count) expired"
        case .quarantined: "\(count) quarantined"
        case .dropped: "\(count) dropped"
        case .rejected: "\(count) rejected"
        case .aborted: "\(count) aborted"
        }
    }
}
