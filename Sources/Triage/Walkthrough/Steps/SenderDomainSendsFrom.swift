import DNS
import MailLog
import MailVocabulary
import SMTP

extension WalkthroughStep {
    /// Seed 004: SenderBase, old mail in the log, or the MX: what SPF says of itself today.
    static let senderDomainSendsFrom = WalkthroughStep(
        id: "sender-domain-sends-from", label: "addresses",
        goal: "Find the addresses from which the sender's domain sends: its SPF record, and its exchangers.",
        command: { incident, _ in
            "look up SPF and MX of \(incident.inquiry?.domain?.description ?? "the sender's domain")"
        },
        expected: "addresses or networks that may send for the domain",
        remedies: [
            "nothing published: ask the sender's administrator for the address of the sending server",
            Remedy("look the names up once more", .lookUpAgain),
        ],
        judge: { incident in
            guard let domain = incident.inquiry?.domain else { return .need([.inquire]) }
            let subject = DNSSubject.domain(domain)
            guard let examination = incident.examinations[subject] else { return .need([.examine(subject)]) }
            guard examination.isFinished else { return .need([.wait]) }
            let addresses = incident.sendingNetworks(of: domain)
            guard !addresses.isEmpty else {
                return .conclude(
                    Outcome(
                        .warning, observed: "\(domain) says nothing about where its mail comes from",
                        reading: "only the log and the sender's administrator can tell",
                        causes: ["no SPF record", "no exchanger with an address"]))
            }
            let shown = addresses.prefix(8).joined(separator: ", ")
            let more = addresses.count - 8
            return .conclude(
                Outcome(
                    .passed, observed: more > 0 ? "\(shown) and \(more) more" : Phrase(quoting: shown),
                    reading: "these may be where its mail comes from"))
        })
}

extension Incident {
    /// Addresses and networks that `domain` names in its SPF record, and those of its exchangers: where its mail may come from.
    func sendingNetworks(of domain: DNSName) -> [String] {
        guard let examination = examinations[.domain(domain)] else { return [] }
        var found: [String] = []
        func add(_ text: String) { if !found.contains(text) { found.append(text) } }
        func walk(_ node: SPFTree.Node) {
            for term in node.record?.terms ?? [] where term.qualifier != .fail {
                let text = term.text.drop { "+-~?".contains($0) }
                if text.lowercased().hasPrefix("ip4:") || text.lowercased().hasPrefix("ip6:") {
                    add(String(text.dropFirst(4)))
                }
            }
            for branch in node.branches { branch.nodes.forEach(walk) }
        }
        if let tree = examination.spfTree { walk(tree.root) }
        for answer in examination.answers.inOrder where answer.question.type == .a || answer.question.type == .aaaa {
            for record in answer.records { if case .address(let address) = record.data { add(address.description) } }
        }
        return found
    }
}
