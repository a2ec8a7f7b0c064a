import DNS
import MailVocabulary

/// An SPF record with all that it includes.
struct SPFTreeJSON: Encodable {
    struct Term: Encodable {
        let term: String
        let position: Int
        let lookup: Int?
        let isVoid: Bool
        let remark: String?
        let record: Record?
    }

    /// A class, because a record holds terms that hold records.
    final class Record: Encodable {
        let domain: String
        let problem: String?
        let ms: Int
        let terms: [Term]

        init(_ node: SPFTree.Node) {
            (domain, problem, ms) = (node.domain.description, node.problem?.description, node.took.milliseconds)
            terms = node.branches.map {
                Term(
                    term: $0.term.text, position: $0.term.position, lookup: $0.number, isVoid: $0.isVoid,
                    remark: $0.remark?.description, record: $0.nodes.first.map(Record.init))
            }
        }
    }

    let lookups: Int
    let isLowerBound: Bool
    let voids: Int
    let record: Record

    init(_ tree: SPFTree) {
        (lookups, isLowerBound, voids) = (tree.lookups, tree.isLowerBound, tree.voids)
        record = Record(tree.root)
    }
}

/// What check_host() says of one sender.
struct SPFVerdictJSON: Encodable {
    struct Step: Encodable {
        let domain: String
        let term: String
        let position: Int
    }

    let source: String
    let domain: String
    let result: String
    let path: [Step]
    let reason: String?
    let lookups: Int
    let voids: Int
    let ms: Int

    init(_ sender: SPFSender, _ verdict: SPFVerdict) {
        (source, domain, result) = (sender.source.description, sender.domain.description, verdict.result.rawValue)
        path = verdict.path.map { Step(domain: $0.domain.description, term: $0.term, position: $0.position) }
        (reason, lookups, voids, ms) = (verdict.reason, verdict.lookups, verdict.voids, verdict.took.milliseconds)
    }
}
