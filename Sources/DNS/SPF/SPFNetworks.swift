import MailVocabulary

/// The addresses from which a domain lets mail come, as far as they can be listed: what its SPF record passes.
public struct SPFNetworks: Hashable, Sendable {
    /// One network, and the term that allows it.
    public struct Network: Hashable, Sendable {
        /// Its first address, or any.
        public var address: IPAddress
        /// Bits that must be equal.
        public var prefix: Int
        /// Whose record holds the term.
        public var domain: DNSName
        /// The term.
        public var term: String

        /// Whether an address is in it.
        public func contains(_ other: IPAddress) -> Bool { address.isEqual(to: other, prefix: prefix) }

        /// `192.0.2.0/24`; an address alone without its length.
        public var description: String {
            prefix == address.bytes.count * 8 ? address.description : "\(address)/\(prefix)"
        }
    }

    /// In the order of the record, each once.
    public private(set) var networks: [Network] = []
    /// Terms that allow something that cannot be listed: macros, `exists`, `ptr`.
    public private(set) var open: [String] = []

    init(_ tree: SPFTree, _ answers: DNSAnswers) { walk(tree.root, answers, 0) }

    /// Only what passes is allowed: of an include, only its passes.
    private mutating func walk(_ node: SPFTree.Node, _ answers: DNSAnswers, _ depth: Int) {
        guard depth <= SPFLimit.lookups else { return }
        let known = [UInt8(ascii: "d"): SPFSender.text(node.domain)]
        for branch in node.branches where branch.term.qualifier == .pass {
            let term = branch.term
            switch term.content {
            case .network(let address, let prefix):
                add(address, prefix, node.domain, term.text)
            case .a(let spec, let prefixes):
                guard let target = spec.map({ $0.name(known) }) ?? node.domain else {
                    open.append(term.text)
                    continue
                }
                add(target, prefixes, node.domain, term.text, answers)
            case .mx(let spec, let prefixes):
                guard let target = spec.map({ $0.name(known) }) ?? node.domain else {
                    open.append(term.text)
                    continue
                }
                for exchanger in answers.lookup(DNSQuestion(target, .mx)).exchangers.prefix(SPFLimit.exchangers) {
                    add(exchanger.exchange, prefixes, node.domain, term.text, answers)
                }
            case .include(_), .redirect(_):
                for child in branch.nodes { walk(child, answers, depth + 1) }
                if branch.nodes.isEmpty { open.append(term.text) }
            case .exists(_), .ptr(_):
                open.append(term.text)
            case .all, .explanation, .unknownModifier:
                break
            }
        }
    }

    private mutating func add(
        _ name: DNSName, _ prefixes: SPFPrefixes, _ domain: DNSName, _ term: String, _ answers: DNSAnswers
    ) {
        for type in [RecordType.a, .aaaa] {
            for address in answers.lookup(DNSQuestion(name, type)).addresses {
                add(address, address.isV6 ? prefixes.v6 : prefixes.v4, domain, term)
            }
        }
    }

    private mutating func add(_ address: IPAddress, _ prefix: Int, _ domain: DNSName, _ term: String) {
        guard !networks.contains(where: { $0.address == address && $0.prefix == prefix }) else { return }
        networks.append(Network(address: address, prefix: prefix, domain: domain, term: term))
    }
}

extension DNSExamination {
    /// The networks that the domain's SPF record allows; `nil` while it is looked up, or of another subject.
    public var spfNetworks: SPFNetworks? { spfTree.map { SPFNetworks($0, answers) } }
}
