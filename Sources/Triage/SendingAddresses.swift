import DNS
import MailLog
import MailVocabulary

/// The addresses from which a domain's mail comes, by its SPF record and by the log: seen and allowed, seen but not in SPF, seen
/// inside, allowed but never seen.
public struct SendingAddresses: Hashable, Sendable {
    static let notInSPF = FindingKind("log.sender.not-in-spf", .failure, .rfc(7208, "4.7"))
    static let uncertain = FindingKind("log.sender.spf-uncertain", .warning, .rfc(7208, "4.7"))

    static let inside = FindingKind("log.sender.inside", .note, .rfc(7208, "2.5"))

    /// Every kind of finding that it can give.
    public static let kinds = [notInSPF, uncertain, inside]

    /// What is known of an address or network.
    public enum Standing: String, Hashable, Sendable {
        /// The log has it, and SPF passes it.
        case seenAndAllowed = "seen and allowed"
        /// The log has it, and SPF does not pass it.
        case seenNotAllowed = "seen but not in SPF"
        /// The log has it, SPF does not pass it, and it is a private address: no receiver ever sees it.
        case inside = "seen inside"
        /// SPF passes it, and the log does not have it.
        case neverSeen = "allowed but never seen"
    }

    /// What the log has of one address.
    public struct Sighting: Hashable, Sendable {
        /// The client's address.
        public var address: IPAddress
        /// Messages whose sender is of the domain.
        public var messages: Int
        /// The lines of its connections.
        public var lines: [Trace.Line]

        /// The addresses in traces that had a message whose sender is of the domain, or below it, the busiest first.
        public static func all(in traces: [Trace], of domain: DNSName) -> [Sighting] {
            var found: [IPAddress: Sighting] = [:]
            for trace in traces {
                guard let address = trace.address else { continue }
                let own = trace.messages.filter { message in
                    guard let at = message.sender.lastIndex(of: "@") else { return false }
                    return DNSName(message.sender[message.sender.index(after: at)...])?.isWithin(domain) == true
                }
                guard !own.isEmpty else { continue }
                found[address, default: Sighting(address: address, messages: 0, lines: [])].messages += own.count
                found[address]?.lines += trace.lines
            }
            return found.values.sorted {
                ($1.messages, $0.address.description) < ($0.messages, $1.address.description)
            }
        }
    }

    /// One address of the log, or one network of the record.
    public struct Row: Hashable, Sendable {
        /// `192.0.2.25`, `198.51.100.0/24`.
        public var network: String
        /// What is known of it.
        public var standing: Standing
        /// What SPF says of a seen one.
        public var result: SPFResult?
        /// The term that decided, with its domain.
        public var by: String
        /// Messages of the log.
        public var messages: Int
        /// Its lines of the log.
        public var lines: [Trace.Line]
    }

    /// Seen and allowed, then seen but not in SPF, then seen inside, then allowed but never seen; each the busiest, or the smallest network, first.
    public let rows: [Row]
    /// Terms of the record that allow what cannot be listed.
    public let open: [String]

    /// - Parameters:
    ///   - sightings: As the log has them.
    ///   - verdicts: What SPF says of each of them.
    ///   - networks: What the record allows.
    public init(_ sightings: [Sighting], verdicts: [IPAddress: SPFVerdict], networks: SPFNetworks?) {
        let seen = sightings.map { sighting in
            let verdict = verdicts[sighting.address]
            let standing: Standing =
                verdict?.result == .pass ? .seenAndAllowed : sighting.address.isPrivate ? .inside : .seenNotAllowed
            return Row(
                network: sighting.address.description, standing: standing, result: verdict?.result,
                by: verdict?.path.last.map { "\($0.domain) \($0.term)" } ?? verdict?.reason ?? "",
                messages: sighting.messages, lines: sighting.lines)
        }
        let idle = (networks?.networks ?? [])
            .filter { network in !sightings.contains { network.contains($0.address) } }
            .sorted { $0.prefix > $1.prefix }
            .map {
                Row(
                    network: $0.description, standing: .neverSeen, by: "\($0.domain) \($0.term)", messages: 0,
                    lines: [])
            }
        let ranks = [Standing.seenAndAllowed, .seenNotAllowed, .inside]
        rows = ranks.flatMap { rank in seen.filter { $0.standing == rank } } + idle
        open = networks?.open ?? []
    }

    /// What is wrong with the senders that were seen.
    public func findings(of domain: DNSName) -> [Finding] { Self.findings(of: rows, domain) }

    /// What is wrong with some of the rows: many with one verdict are one finding.
    public static func findings(of rows: [Row], _ domain: DNSName) -> [Finding] {
        var groups: [[Row]] = []
        for row in rows where row.standing == .seenNotAllowed {
            if let index = groups.firstIndex(where: { $0[0].result == row.result && $0[0].by == row.by }) {
                groups[index].append(row)
            } else {
                groups.append([row])
            }
        }
        var findings = groups.flatMap { group in
            group.count > mostAlone ? [finding(of: group, domain)] : group.map { finding(of: $0, domain) }
        }
        if let finding = insideFinding(rows.filter { $0.standing == .inside }, domain) { findings.append(finding) }
        return findings
    }

    /// So many addresses have a finding each, and so many are named where they share one.
    private static let mostAlone = 3

    private static func finding(of row: Row, _ domain: DNSName) -> Finding {
        let message: Phrase =
            row.messages == 1
            ? "\(row.network) sent 1 message of \(domain) by the log, and SPF does not let it: \(row.verdict)"
            : "\(row.network) sent \(row.messages) messages of \(domain) by the log, and SPF does not let it: \(row.verdict)"
        return Finding(row.kind, about: row.network, message)
    }

    private static func finding(of group: [Row], _ domain: DNSName) -> Finding {
        let (count, messages) = (group.count, group.reduce(0) { $0 + $1.messages })
        let busiest = Self.busiest(of: group)
        return Finding(
            group[0].kind, about: domain.description,
            "\(count) addresses sent \(messages) messages of \(domain) by the log, and SPF does not let them: \(group[0].verdict); the busiest: \(busiest)"
        )
    }

    /// Mail from inside is sent on by the gateway, and SPF is asked about the gateway's own address.
    private static func insideFinding(_ rows: [Row], _ domain: DNSName) -> Finding? {
        guard let first = rows.first else { return nil }
        let messages = rows.reduce(0) { $0 + $1.messages }
        let phrase: Phrase =
            rows.count == 1
            ? "\(first.network) is a private address that sent mail of \(domain) by the log (messages: \(messages)): receivers hold SPF against the gateway's own address, not against this one"
            : "\(rows.count) private addresses sent mail of \(domain) by the log (messages: \(messages)): receivers hold SPF against the gateway's own address, not against these; the busiest: \(Self.busiest(of: rows))"
        return Finding(inside, about: domain.description, phrase)
    }

    private static func busiest(of rows: [Row]) -> String {
        rows.prefix(mostAlone).map(\.network).joined(separator: ", ")
    }
}

extension SendingAddresses.Row {
    /// `fail by example.test -all`.
    fileprivate var verdict: Phrase {
        let result: Phrase = result.map { Phrase(quoting: $0.rawValue) } ?? "gives nothing"
        let by: Phrase = "by \(by)"
        return self.by.isEmpty ? result : "\(result) \(by)"
    }

    fileprivate var kind: FindingKind { result == .fail ? SendingAddresses.notInSPF : SendingAddresses.uncertain }
}
