import DNS
import FoundationEssentials
import MailVocabulary
import SMTP
import Triage
import Wire

/// `check --dane`: a short session with each mail exchanger, up to STARTTLS, to see the certificates that the DNS speaks of.
struct CheckSessions {
    /// What one exchanger presented.
    struct Exchanger: Sendable {
        let host: DNSName
        let address: IPAddress
        let record: SessionRecord
    }

    /// Exchangers that are connected to: the first in the order of senders.
    static let limit = 10

    let resolver: Resolver
    let caFile: String?
    let helloName: String
    let port: Int

    /// Connects to the first address of each exchanger, all at once.
    func run(_ domain: DNSName) async -> [Exchanger] {
        let table = await NameLookup(resolver).exchangers(of: domain.description).table
        let hosts = table.rows.prefix(Self.limit).compactMap { row in row.addresses.first.map { (row.name, $0) } }
        return await withTaskGroup(of: (Int, Exchanger).self) { group in
            for (index, host) in hosts.enumerated() {
                group.addTask { (index, await connect(host.0, host.1)) }
            }
            var all: [(Int, Exchanger)] = []
            for await one in group { all.append(one) }
            return all.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private func connect(_ host: DNSName, _ address: IPAddress) async -> Exchanger {
        let driver = SessionDriver(
            resolve: { _ in Resolution(candidates: [.init(host: host.description, addresses: [address])]) },
            trustFile: caFile)
        var deadlines = ReplyDeadlines()
        deadlines.connect = .seconds(15)
        let plan = SessionPlan(
            target: SessionTarget(.host(host.description), port: port), helloName: helloName, reversePath: "",
            recipients: [],
            tls: .offered, stopAfter: .startTLS, deadlines: deadlines)
        return Exchanger(host: host, address: address, record: await driver.run(plan))
    }

    /// The names of the addresses that were connected to, all at once.
    static func examinations(of exchangers: [Exchanger], _ resolver: Resolver) async -> [DNSExamination] {
        await withTaskGroup(of: (Int, DNSExamination).self) { group in
            for (index, exchanger) in exchangers.enumerated() {
                group.addTask { (index, await resolver.examine(.address(exchanger.address, role: .target))) }
            }
            var all: [(Int, DNSExamination)] = []
            for await one in group { all.append(one) }
            return all.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    /// What the certificates mean beside the answers of the DNS.
    static func findings(_ exchangers: [Exchanger], _ domain: DNSName, _ answers: DNSAnswers) -> [Finding] {
        exchangers.flatMap { exchanger in
            TransportJudgement(
                of: exchanger.host, domain: domain, answers: answers, session: exchanger.record
            ).findings
        }
    }
}
