import MailVocabulary

/// An SPF record with all that it includes, RFC 7208 §4.6.4: what it costs whoever looks at it, whatever the sender.
///
/// No more than ten terms are followed, level by level; a record with more is a permanent error however the rest looks, so the
/// rest is only counted where it is seen.
public struct SPFTree: Hashable, Sendable {
    /// A record in the tree.
    public struct Node: Hashable, Sendable {
        /// Whose record.
        public var domain: DNSName
        /// The record; `nil` if there is none, or not exactly one.
        public var record: SPFRecord?
        /// Why there is no record to go on with, in words.
        public var problem: Phrase?
        /// What the lookup took.
        public var took: Duration = .zero
        /// The terms of the record that are looked at, in their order.
        public var branches: [Branch] = []
    }

    /// A term, and where it leads.
    public struct Branch: Hashable, Sendable {
        /// The term.
        public var term: SPFTerm
        /// Which lookup it is, from 1, in the order of a receiver that finds no match; `nil` if it costs none.
        public var number: Int?
        /// The record behind `include` and `redirect`: one or none.
        public var nodes: [Node] = []
        /// What there is to say: addresses, a fault, that it was not followed.
        public var remark: Phrase?
        /// Its lookup found nothing.
        public var isVoid = false
    }

    /// The domain's own record.
    public private(set) var root: Node
    /// Terms that cost a lookup, in the worst case.
    public private(set) var lookups = 0
    /// Whether more may hide behind terms that were not followed.
    public private(set) var isLowerBound = false
    /// Lookups that find nothing, in the worst case.
    public private(set) var voids = 0

    /// The findings' material, with the domain whose record holds it.
    enum Trouble: Hashable, Sendable {
        case syntax(DNSName, SPFSyntaxFault)
        case loop(DNSName, term: String)
        case noRecord(DNSName, term: String, target: DNSName)
        case twoRecords(DNSName, term: String, target: DNSName, Int)
        case unanswered(DNSAnswer)
        case manyExchangers(DNSName, term: String, Int)
        case pointer(DNSName, term: String)
        /// The term that is one lookup too many.
        case tooMany(DNSName, term: String)
    }

    private(set) var troubles: [Trouble] = []

    /// The tree as far as it can be known, or `nil` as long as an answer is missing, which `facts` notes.
    init?(of domain: DNSName, _ facts: inout Facts) {
        var growth = SPFGrowth()
        guard var root = growth.grow(domain, &facts) else { return nil }
        self.root = root
        troubles = growth.troubles
        isLowerBound = growth.isLowerBound
        number(&root)
        self.root = root
    }

    /// Counts in the order of a receiver: depth first.
    private mutating func number(_ node: inout Node) {
        for index in node.branches.indices {
            if node.branches[index].term.costsLookup {
                lookups += 1
                node.branches[index].number = lookups
                if lookups == SPFLimit.lookups + 1 {
                    troubles.append(.tooMany(node.domain, term: node.branches[index].term.text))
                }
                if node.branches[index].isVoid { voids += 1 }
            }
            for child in node.branches[index].nodes.indices { number(&node.branches[index].nodes[child]) }
        }
    }
}
