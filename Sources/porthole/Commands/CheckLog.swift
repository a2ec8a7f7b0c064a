import DNS
import MailLog
import MailVocabulary
import Triage
import Wire

/// `check --log`: the clients of a log that sent mail of the domain, beside its SPF record.
struct CheckLog {
    /// Addresses whose SPF verdict is asked for: the busiest.
    static let limit = 100

    let logs: TraceLogs

    /// - Throws: `CommandFailure` for a log that cannot be read.
    init(_ sources: [String]) throws {
        logs = try TraceLogs.whole(sources, format: nil, keepsText: true)
        // What is said of the domain's senders is said of all of the log.
        if let fault = logs.faults.first { throw CommandFailure(fault, .cannotRead) }
    }

    /// Asks for the verdict on each address that the log has.
    func addresses(of domain: DNSName, _ examination: DNSExamination?, _ resolver: Resolver) async -> SendingAddresses {
        let traces = logs.index.traces(matching: domain.description)
        let sightings = Array(SendingAddresses.Sighting.all(in: traces, of: domain).prefix(Self.limit))
        let verdicts = await withTaskGroup(of: (IPAddress, SPFVerdict?).self) { group in
            for sighting in sightings {
                group.addTask {
                    let subject = DNSSubject.sender(SPFSender(source: sighting.address, domain: domain))
                    return (sighting.address, await resolver.examine(subject).spfVerdict)
                }
            }
            var verdicts: [IPAddress: SPFVerdict] = [:]
            for await (address, verdict) in group { verdicts[address] = verdict }
            return verdicts
        }
        return SendingAddresses(sightings, verdicts: verdicts, networks: examination?.spfNetworks)
    }

    /// The first lines of a row, as evidence.
    func text(of row: SendingAddresses.Row, _ count: Int = 2) -> [String] {
        logs.texts(of: Array(row.lines.prefix(count))).map { String(decoding: $0, as: UTF8.self) }
    }
}
