import MailVocabulary

/// The authoritative servers of a domain, each address asked the same and the answers laid side by side, RFC 1034 §4.2.
///
/// Whoever drives it takes the queries, asks them at once, inserts each answer when it comes, and goes on until it is finished.
public struct AuthorityExamination: Hashable, Sendable {
    /// Whom to ask what: our resolver, which asks others, or one authoritative server, without recursion.
    public enum Query: Hashable, Sendable {
        case resolver(DNSQuestion)
        case server(Endpoint, DNSQuestion)
    }

    /// Which records are compared.
    public enum Purpose: Hashable, Sendable {
        /// Those of a mail domain: MX, SPF, DMARC, and the TLSA of its exchangers in the same zone.
        case domain
        /// Those of a mail exchanger: its addresses and its TLSA.
        case exchanger
    }

    /// One address of one name server.
    public struct Server: Hashable, Sendable {
        /// As the NS record names it.
        public var name: DNSName
        /// Its address, with the port that is asked.
        public var endpoint: Endpoint
    }

    /// A name server without an address.
    public struct Unresolved: Hashable, Sendable {
        /// As the NS record names it.
        public var name: DNSName
        /// Why there is none, in words.
        public var problem: Phrase
    }

    /// Addresses that are asked.
    public static let serverLimit = 26
    /// Exchangers whose TLSA records are asked for.
    public static let hostLimit = 10
    /// Name servers that are looked up.
    public static let nameLimit = 13

    /// Whose records are compared.
    public let domain: DNSName
    /// Which of its records.
    public let purpose: Purpose
    /// Where the servers listen: 53, unless in a laboratory.
    public let port: Int
    /// The zone that holds the domain: the nearest name above it with NS records; `nil` until it is known.
    public private(set) var zone: DNSName?
    /// By the name of the NS, as the resolver gave them.
    public private(set) var servers: [Server] = []
    /// Name servers without an address.
    public private(set) var unresolved: [Unresolved] = []
    /// What the resolver answered.
    public private(set) var answers = DNSAnswers()
    /// What each server answered.
    public private(set) var serverAnswers: [Endpoint: DNSAnswers] = [:]
    /// Everything was asked and answered.
    public private(set) var isFinished = false
    /// Why the servers cannot be known; `nil` otherwise.
    public private(set) var failure: Finding?

    private var pending: [Query] = []
    private var underWay: Set<Query> = []

    /// Starts with the questions that are needed first.
    public init(of domain: DNSName, for purpose: Purpose = .domain, port: Int = 53) {
        (self.domain, self.purpose, self.port) = (domain, purpose, port)
        plan()
    }

    /// The queries that nobody has asked yet, which count as under way from now on.
    public mutating func takeQueries() -> [Query] {
        defer { pending = [] }
        underWay.formUnion(pending)
        return pending
    }

    /// Adds an answer.
    public mutating func insert(_ answer: DNSAnswer, to query: Query) {
        underWay.remove(query)
        switch query {
        case .resolver: answers.insert(answer)
        case .server(let endpoint, _): serverAnswers[endpoint, default: DNSAnswers()].insert(answer)
        }
        plan()
    }

    /// What every server is asked, and the resolver too: whether the zone is served, then the records that mail rests on.
    public var questions: [DNSQuestion] {
        var questions = [DNSQuestion(zone ?? domain, .soa)]
        var hosts = [domain]
        switch purpose {
        case .domain:
            questions += [DNSQuestion(domain, .mx), DNSQuestion(domain, .txt)]
            if let place = domain.under("_dmarc") { questions.append(DNSQuestion(place, .txt)) }
            hosts = exchangers.filter { host in zone.map(host.isWithin) ?? false }
        case .exchanger:
            questions += [DNSQuestion(domain, .a), DNSQuestion(domain, .aaaa)]
        }
        return questions + hosts.compactMap(DANEPromise.place).map { DNSQuestion($0, .tlsa) }
    }

    /// The exchangers of the domain, as far as they are known, the first in the order of senders.
    public var exchangers: [DNSName] {
        var seen: Set<DNSName> = []
        let hosts = answers.lookup(DNSQuestion(domain, .mx)).exchangers.filter { !$0.isNull }.map(\.exchange)
        return Array(hosts.filter { MXTargets.literal($0) == nil && seen.insert($0).inserted }.prefix(Self.hostLimit))
    }

    private mutating func plan() {
        var facts = Facts(answers)
        var wanted: [Query] = []
        if findZone(&facts) {
            findServers(&facts)
            for question in questions.dropFirst() { _ = facts.look(question.name, question.type) }
            for server in servers {
                for question in questions where serverAnswers[server.endpoint]?[question] == nil {
                    wanted.append(.server(server.endpoint, question))
                }
            }
        }
        let missing = facts.missing.map { Query.resolver($0) } + wanted
        pending = missing.filter { !underWay.contains($0) }
        isFinished = missing.isEmpty
    }

    /// Whether the zone is known. The top-level domain is as far up as it goes.
    private mutating func findZone(_ facts: inout Facts) -> Bool {
        guard zone == nil else { return true }
        guard failure == nil else { return false }
        var name = domain
        while true {
            guard let lookup = facts.look(name, .ns), let answer = lookup.ended else { return false }
            // NS records behind an alias belong to another name's zone.
            if !lookup.records.isEmpty, lookup.aliases.isEmpty {
                zone = name
                return true
            }
            failure = FailedLookup.finding(answer)
            guard failure == nil, let parent = name.parent, parent.labels.count > 0 else { return false }
            name = parent
        }
    }

    private mutating func findServers(_ facts: inout Facts) {
        guard let zone, let lookup = facts.look(zone, .ns) else { return }
        let names: [DNSName] = lookup.records.prefix(Self.nameLimit).compactMap {
            guard case .name(let name) = $0.data else { return nil }
            return name
        }
        (servers, unresolved) = ([], [])
        for name in names {
            guard let lookups = facts.lookAtAddresses(of: name) else { continue }
            if lookups.addresses.isEmpty {
                unresolved.append(Unresolved(name: name, problem: lookups.reason ?? "it has no address"))
            }
            for address in lookups.addresses where servers.count < Self.serverLimit {
                let server = Server(name: name, endpoint: Endpoint(address, port))
                if !servers.contains(where: { $0.endpoint == server.endpoint }) { servers.append(server) }
            }
        }
    }
}
