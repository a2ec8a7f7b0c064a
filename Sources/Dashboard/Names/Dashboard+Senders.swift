import Canvas
import DNS
import MailLog
import MailVocabulary
import Triage

/// The addresses that sent mail of a domain by the log, as they were when that was asked.
public struct LoggedSenders: Hashable, Sendable {
    /// Whose mail.
    public let domain: DNSName
    let sightings: [SendingAddresses.Sighting]
    /// Ordinals of the log's lines about each address, the first ones.
    let lines: [String: [Int]]
}

/// Who sends mail of a domain: the log beside the SPF record.
extension Dashboard {
    /// Addresses whose SPF verdict is asked for: the busiest.
    private static let senderLimit = 50
    /// Lines of the log that are shown of each.
    private static let senderLines = 2

    /// `:dns senders`: a look at everything that the log has of the domain, and SPF for each address.
    mutating func lookAtSenders() -> [Effect] {
        show(.exchangers)
        guard let domain = incident.domain, incident.examinations[.domain(domain)] != nil else {
            notice = Notice("no domain looked up yet: :dns DOMAIN first", .bad)
            return []
        }
        guard let log = incident.log else {
            notice = Notice("no log is followed: :log FILE", .bad)
            return []
        }
        let traces = log.index.traces(matching: domain.description)
        let all = SendingAddresses.Sighting.all(in: traces, of: domain)
        let sightings = Array(all.prefix(Self.senderLimit))
        var lines: [String: [Int]] = [:]
        for trace in traces {
            guard let address = trace.address?.description, let key = trace.keys.first else { continue }
            lines[address, default: []] += log.index.lineOrdinals(of: key).prefix(Self.senderLines)
        }
        senders = LoggedSenders(domain: domain, sightings: sightings, lines: lines)
        return sightings.flatMap { sighting -> [Effect] in
            let subject = DNSSubject.sender(SPFSender(source: sighting.address, domain: domain))
            guard incident.begin(subject, isListed: false) else { return [] }
            let questions = incident.takeQuestions(of: subject)
            return questions.isEmpty ? [] : [.ask(subject, questions)]
        }
    }

    private var sendingAddresses: SendingAddresses? {
        guard let senders, let examination = incident.examinations[.domain(senders.domain)] else { return nil }
        var verdicts: [IPAddress: SPFVerdict] = [:]
        for sighting in senders.sightings {
            let subject = DNSSubject.sender(SPFSender(source: sighting.address, domain: senders.domain))
            verdicts[sighting.address] = incident.examinations[subject]?.spfVerdict
        }
        return SendingAddresses(senders.sightings, verdicts: verdicts, networks: examination.spfNetworks)
    }

    /// What is wrong with them; nothing of an address while its verdict is on the way.
    var senderFindings: [Finding] {
        guard let senders, let addresses = sendingAddresses else { return [] }
        return SendingAddresses.findings(of: addresses.rows.filter { $0.result != nil }, senders.domain)
    }

    /// One row an address or network, ranked, and below a seen one its first lines of the log.
    var senderRows: [Row] {
        guard let senders, let addresses = sendingAddresses else { return [] }
        var rows = [
            Row([
                Span(settings.glyphs.open + " ", .muted),
                Span(PrintableText(untrusted: senders.domain.description), .dnsName),
                Span("   " + say("sending addresses"), .muted),
            ])
        ]
        for row in addresses.rows {
            let isAsking = row.standing == .seenNotAllowed && row.result == nil
            let standing: Phrase = isAsking ? "SPF: asking" : row.standing.phrase
            let role: Role =
                row.standing == .seenNotAllowed && !isAsking ? (row.result == .fail ? .permanent : .temporary) : .text
            rows.append(
                Row(
                    [
                        Span("  "), Span(PrintableText(untrusted: row.network).padded(to: 18), .dnsName),
                        Span(" " + say(standing), role),
                        Span(PrintableText(untrusted: row.by.isEmpty ? "" : "  \(row.by)"), .muted),
                    ], trailing: row.messages > 0 ? [Span(PrintableText(untrusted: "× \(row.messages)"), .muted)] : []))
            rows += lineRows(of: row.network)
        }
        if !addresses.open.isEmpty {
            rows.append(row("and what cannot be listed: \(addresses.open.joined(separator: ", "))", .muted))
        }
        return rows
    }

    private func lineRows(of address: String) -> [Row] {
        guard let log = incident.log else { return [] }
        return (senders?.lines[address] ?? []).prefix(Self.senderLines).compactMap { ordinal in
            let index = ordinal - log.firstOrdinal
            guard log.lines.indices.contains(index) else { return nil }
            return Row([Span("      "), Span(PrintableText(untrusted: log.lines[index].bytes), .muted)])
        }
    }
}
