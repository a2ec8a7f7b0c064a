import MailLog
import MailVocabulary

/// A row of a list for people.
enum EntryText {
    /// `2026-02-02 10:00:04  bounced  198.51.100.4  <a@sender.test>  MID 214 was bounced for …`
    static func line(_ row: LogEntry) -> String {
        var parts = [row.began.dateAndTime, row.verdict]
        if let address = row.address { parts.append(address.description) }
        if row.outcome != nil { parts.append("<\(row.sender)>") }
        return (parts + [row.sentence]).joined(separator: "  ")
    }
}

/// A summary for people.
enum SummaryText {
    static func lines(_ summary: LogSummary, _ index: TraceIndex) -> [String] {
        guard index.window != nil else { return [index.coverage] }
        var lines = ["\(summary.from.dateAndTime) to \(summary.to.dateAndTime) on the log's clock; \(index.coverage)"]
        lines.append(
            "\(summary.connections.counted("connection")) of \(summary.clients.counted("client")), "
                + "\(summary.refusedConnections) of them refused; \(summary.messages.counted("message"))")
        let outcomes = summary.recipients
            .sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
            .map { "\($0.value) \($0.key.rawValue)" }
        if !outcomes.isEmpty { lines.append("recipients: " + outcomes.joined(separator: ", ")) }
        lines += table("why refused, bounced, delayed or kept", summary.reasons)
        lines += table("connections without a message", summary.silent)
        lines += table("senders", summary.senders)
        lines += table("clients", summary.addresses)
        guard summary.slowCount > 0 else { return lines }
        lines += [
            "", "slow connections: \(summary.slowCount), of \(summary.slowClients.counted("client"))",
        ]
        lines += summary.slow.map { slow in
            let who = slow.address?.description ?? "a client that is not in this log"
            return
                "  \(slow.seconds) s  \(slow.began.dateAndTime)  \(who)  \(slow.key?.description ?? "")  \(slow.verdict)"
        }
        return lines
    }

    private static func table(_ title: String, _ rows: [LogCount]) -> [String] {
        guard !rows.isEmpty else { return [] }
        return ["", title + ":"]
            + rows.map { row in
                let clients = row.clients > 1 ? "  (\(row.clients) clients)" : ""
                return "  \(row.count)  \(row.name)\(clients)"
            }
    }
}
