import MailVocabulary

/// The mail exchangers of a domain with their addresses, in the order in which a sender tries them, RFC 5321 §5.1.
public struct ExchangerTable: Hashable, Sendable {
    /// One mail exchanger.
    public struct Row: Hashable, Sendable {
        /// Lower is tried first; 0 for the domain itself without MX.
        public var preference: UInt16
        /// The host that takes the mail.
        public var name: DNSName
        /// A before AAAA, in the order sent.
        public var addresses: [IPAddress]
        /// Why there is no address, in words; `nil` if there is one, or while it is looked up.
        public var problem: String?
    }

    /// Exchangers whose addresses are looked up; a domain with more is listed, and those behind are marked.
    public static let lookupLimit = 50

    /// By preference; equals stay in the order sent, where a sender would choose by chance.
    public private(set) var rows: [Row] = []
    /// There is no MX: the only row is the domain itself (implicit MX).
    public private(set) var isImplicit = false
    /// `0 .`: the domain takes no mail, RFC 7505.
    public private(set) var isNull = false
    /// Why there are no rows, in words; `nil` if there are some, or while the MX is looked up.
    public private(set) var problem: String?
    /// What must be asked to complete the table.
    public private(set) var pendingQuestions: [DNSQuestion] = []

    /// The table as far as the answers go.
    public init(of domain: DNSName, from answers: DNSAnswers) {
        var facts = Facts(answers)
        if let lookup = facts.look(domain, .mx), let answer = lookup.ended {
            let exchangers = lookup.exchangers
            if !exchangers.isEmpty {
                isNull = exchangers.allSatisfy { $0.isNull }
                if isNull { problem = "\(domain) takes no mail: its MX is null" }
                let hosts = exchangers.filter { !$0.isNull }
                rows = hosts.enumerated().map { index, exchanger in
                    index < Self.lookupLimit
                        ? Self.row(exchanger, &facts)
                        : Row(
                            preference: exchanger.preference, name: exchanger.exchange, addresses: [],
                            problem: "not looked up: \(hosts.count) exchangers are more than \(Self.lookupLimit)")
                }
            } else if answer.outcome == .absent(.noSuchRecord) {
                isImplicit = true
                let row = Self.row(MailExchanger(0, domain), &facts)
                if row.problem == nil {
                    rows = [row]
                } else {
                    problem = "\(domain) has no MX, and \(row.problem ?? "")"
                }
            } else {
                problem = answer.problem
            }
        }
        pendingQuestions = facts.missing
    }

    /// A table without rows, for text that is no domain.
    public init(problem: String) { self.problem = problem }

    private static func row(_ exchanger: MailExchanger, _ facts: inout Facts) -> Row {
        var row = Row(preference: exchanger.preference, name: exchanger.exchange, addresses: [], problem: nil)
        // An address where a name belongs: wrong in the zone, yet there is only one thing it can mean.
        if let address = IPAddress(exchanger.exchange.description) {
            row.addresses = [address]
        } else if let lookups = facts.lookAtAddresses(of: exchanger.exchange) {
            row.addresses = lookups.addresses
            if row.addresses.isEmpty { row.problem = lookups.problem }
        }
        return row
    }
}

extension DNSLookup {
    /// The MX records by preference; equals stay in the order sent.
    var exchangers: [MailExchanger] {
        let found: [MailExchanger] = records.compactMap {
            guard case .exchange(let exchanger) = $0.data else { return nil }
            return exchanger
        }
        // Indices make the sort stable.
        return found.enumerated()
            .sorted { ($0.element.preference, $0.offset) < ($1.element.preference, $1.offset) }
            .map(\.element)
    }
}

extension DNSAnswer {
    /// Why there are no records, as a sentence; `nil` if there are.
    public var problem: String? { reason?.description }

    /// The same, waiting for its language.
    public var reason: Phrase? {
        switch outcome {
        case .found: nil
        case .absent(.noSuchName): "\(aliases.last ?? question.name) does not exist (NXDOMAIN)"
        case .absent(.noSuchRecord): "\(aliases.last ?? question.name) has no \(question.type) record (NODATA)"
        case .absent(.aliasLoop): "the aliases of \(question.name) run in a circle (CNAME loop)"
        case .absent(.aliasChain): "\(question.name) leads through more than \(DNSMessage.aliasLimit) CNAMEs"
        case .refused, .serverFailure, .lame, .otherError, .silent, .unreachable, .malformed:
            FailedLookup.finding(self)?.phrase
        }
    }
}

extension [DNSLookup] {
    /// Why A and AAAA together gave no address: a failed lookup says more than an absence, and NXDOMAIN more than NODATA.
    public var problem: String? { reason?.description }

    /// The same, waiting for its language.
    public var reason: Phrase? {
        let answers = compactMap(\.ended)
        if let failed = answers.first(where: { FailedLookup.finding($0) != nil }) { return failed.reason }
        guard let first = answers.first else { return nil }
        if answers.allSatisfy({ $0.outcome == .absent(.noSuchRecord) }) {
            return "\(first.aliases.last ?? first.question.name) has no A and no AAAA record (NODATA)"
        }
        return answers.first { $0.outcome != .absent(.noSuchRecord) }?.reason
    }
}
