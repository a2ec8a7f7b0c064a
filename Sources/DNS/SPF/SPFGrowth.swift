import MailVocabulary

/// Grows an `SPFTree` level by level, so that what does not depend on one another is asked at once.
struct SPFGrowth {
    private(set) var troubles: [SPFTree.Trouble] = []
    private(set) var isLowerBound = false
    private var budget = SPFLimit.lookups

    /// One record on its way: where it hangs, and what it lies below.
    private struct Bud {
        var domain: DNSName
        /// The bud above, and the branch of it; `nil` for the root.
        var place: (parent: Int, branch: Int)?
        var node: SPFTree.Node
    }

    private var buds: [Bud] = []

    /// The root with everything below it, or `nil` as long as an answer is missing.
    mutating func grow(_ domain: DNSName, _ facts: inout Facts) -> SPFTree.Node? {
        buds = [Bud(domain: domain, node: SPFTree.Node(domain: domain))]
        var level = [0]
        while !level.isEmpty {
            let lookups = level.map { facts.look(buds[$0].domain, .txt) }
            // One missing record could change who comes within the limit: the level is finished first.
            guard !lookups.contains(nil) else { return nil }
            var next: [Int] = []
            for (index, lookup) in zip(level, lookups) {
                if let lookup { next += open(index, lookup, &facts) }
            }
            level = next
        }
        guard facts.missing.isEmpty else { return nil }
        return assembled()
    }

    /// Reads a record and hangs its terms; gives the buds of the next level.
    private mutating func open(_ index: Int, _ lookup: DNSLookup, _ facts: inout Facts) -> [Int] {
        buds[index].node.took = lookup.took
        guard let answer = lookup.ended else { return [] }
        if FailedLookup.finding(answer) != nil {
            troubles.append(.unanswered(answer))
            buds[index].node.problem = answer.reason
            isLowerBound = true
            return []
        }
        let texts = TextRecords.joined(lookup).filter(SPFRecord.isRecord)
        guard texts.count == 1, let text = texts.first else {
            noteAbsence(index, texts.count, isVoid: lookup.records.isEmpty)
            return []
        }
        let (domain, record) = (buds[index].domain, SPFRecord(text))
        buds[index].node.record = record
        troubles += record.faults.map { .syntax(domain, $0) }
        let terms = record.mechanisms + (record.redirect.map { [$0.term] } ?? [])
        var next: [Int] = []
        for (number, term) in terms.enumerated() {
            buds[index].node.branches.append(SPFTree.Branch(term: term))
            guard term.costsLookup else { continue }
            budget -= 1
            guard budget >= 0 else {
                remark(index, number, "not followed: there are more than \(SPFLimit.lookups) lookups without it")
                if term.leadsToRecord { isLowerBound = true }
                continue
            }
            if let bud = follow(term, at: (index, number), &facts) {
                buds.append(bud)
                next.append(buds.count - 1)
            }
        }
        return next
    }

    private mutating func noteAbsence(_ index: Int, _ count: Int, isVoid: Bool) {
        let domain = buds[index].domain
        buds[index].node.problem = count == 0 ? "no SPF record" : "\(count) SPF records"
        guard let place = buds[index].place else { return }
        let parent = buds[place.parent]
        let term = parent.node.branches[place.branch].term.text
        buds[place.parent].node.branches[place.branch].isVoid = isVoid
        troubles.append(
            count == 0
                ? .noRecord(parent.domain, term: term, target: domain)
                : .twoRecords(parent.domain, term: term, target: domain, count))
    }

    /// Asks what a term needs; gives the record that it leads to.
    private mutating func follow(
        _ term: SPFTerm, at place: (parent: Int, branch: Int), _ facts: inout Facts
    ) -> Bud? {
        let domain = buds[place.parent].domain
        let known = [UInt8(ascii: "d"): SPFSender.text(domain)]
        switch term.content {
        case .include(let spec), .redirect(let spec):
            guard let target = spec.name(known) else {
                remark(place.parent, place.branch, "depends on the sender")
                isLowerBound = true
                return nil
            }
            guard !lineage(place.parent).contains(target) else {
                remark(place.parent, place.branch, "leads in a circle")
                troubles.append(.loop(domain, term: term.text))
                return nil
            }
            return Bud(domain: target, place: place, node: SPFTree.Node(domain: target))
        case .a(let spec, _):
            guard let target = spec.map({ $0.name(known) }) ?? domain else { return dependsOnSender(place) }
            if let lookups = facts.lookAtAddresses(of: target) { note(lookups.addresses, lookups, place) }
        case .exists(let spec):
            guard let target = spec.name(known) else { return dependsOnSender(place) }
            if let lookup = facts.look(target, .a) { note(lookup.addresses, [lookup], place) }
        case .mx(let spec, _):
            guard let target = spec.map({ $0.name(known) }) ?? domain else { return dependsOnSender(place) }
            if let lookup = facts.look(target, .mx) { note(exchangers: lookup, term, place) }
        case .ptr:
            troubles.append(.pointer(domain, term: term.text))
        case .all, .network, .explanation, .unknownModifier:
            return nil
        }
        return nil
    }

    private mutating func dependsOnSender(_ place: (parent: Int, branch: Int)) -> Bud? {
        remark(place.parent, place.branch, "depends on the sender")
        return nil
    }

    private mutating func note(
        _ addresses: [IPAddress], _ lookups: [DNSLookup], _ place: (parent: Int, branch: Int)
    ) {
        if let failed = lookups.compactMap(\.ended).first(where: { !$0.isSettled }) {
            troubles.append(.unanswered(failed))
            remark(place.parent, place.branch, lookups.reason ?? "no answer")
        } else if addresses.isEmpty {
            buds[place.parent].node.branches[place.branch].isVoid = true
            remark(place.parent, place.branch, "void: \(lookups.reason ?? "no address")")
        } else {
            let list = addresses.prefix(4).map(\.description).joined(separator: ", ")
            let more: Phrase = addresses.count > 4 ? " and \(addresses.count - 4) more" : ""
            remark(place.parent, place.branch, "\(list)\(more)")
        }
    }

    private mutating func note(
        exchangers lookup: DNSLookup, _ term: SPFTerm, _ place: (parent: Int, branch: Int)
    ) {
        let hosts = lookup.exchangers.filter { !$0.isNull }
        if hosts.count > SPFLimit.exchangers {
            troubles.append(.manyExchangers(buds[place.parent].domain, term: term.text, hosts.count))
        }
        guard lookup.records.isEmpty else {
            let count: Phrase = hosts.count == 1 ? "1 mail exchanger" : "\(hosts.count) mail exchangers"
            return remark(place.parent, place.branch, count)
        }
        note([], [lookup], place)
    }

    private mutating func remark(_ index: Int, _ branch: Int, _ words: Phrase) {
        buds[index].node.branches[branch].remark = words
    }

    /// The domains from a bud up to the root.
    private func lineage(_ index: Int) -> [DNSName] {
        var (domains, here): ([DNSName], Int?) = ([], index)
        while let at = here {
            domains.append(buds[at].domain)
            here = buds[at].place?.parent
        }
        return domains
    }

    /// Hangs each bud into the branch that it grew from; those behind come first, because nothing lies below them any more.
    private mutating func assembled() -> SPFTree.Node? {
        for index in buds.indices.dropFirst().reversed() {
            guard let place = buds[index].place else { continue }
            buds[place.parent].node.branches[place.branch].nodes = [buds[index].node]
        }
        return buds.first?.node
    }
}

extension SPFTerm {
    /// Whether a record stands behind it.
    fileprivate var leadsToRecord: Bool {
        switch content {
        case .include, .redirect: true
        case .all, .a, .mx, .ptr, .network, .exists, .explanation, .unknownModifier: false
        }
    }
}
