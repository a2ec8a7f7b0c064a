import MailVocabulary

/// check_host(), RFC 7208 §4, over the answers so far: it stops where one is missing, and is begun again when it has come.
struct SPFEvaluation {
    private enum Stop: Error {
        case missing
        case failed(SPFResult, Phrase)
    }

    private typealias Outcome = (result: SPFResult, path: [SPFVerdict.Step])

    private let sender: SPFSender
    private(set) var facts: Facts
    private var verdict = SPFVerdict(result: .none)
    private var open: [DNSName] = []
    /// Where it is, so that an error can say so.
    private var trail: [SPFVerdict.Step] = []

    init(_ sender: SPFSender, _ answers: DNSAnswers) { (self.sender, facts) = (sender, Facts(answers)) }

    /// The verdict, or `nil` as long as an answer is missing.
    mutating func run() -> SPFVerdict? {
        do throws(Stop) {
            let outcome = try check(sender.domain)
            (verdict.result, verdict.path) = outcome ?? (.none, [])
            if outcome == nil { verdict.why = "\(sender.domain) has no SPF record" }
        } catch {
            switch error {
            case .missing: return nil
            case .failed(let result, let reason):
                (verdict.result, verdict.why, verdict.path) = (result, reason, trail)
            }
        }
        return verdict
    }

    /// `nil` if the domain has no record.
    private mutating func check(_ domain: DNSName) throws(Stop) -> Outcome? {
        guard let record = try record(of: domain) else { return nil }
        if let fault = record.faults.first {
            throw .failed(.permerror, "the record of \(domain) cannot be read: \(fault.phrase)")
        }
        guard !open.contains(domain) else { throw .failed(.permerror, "the records of \(domain) lead in a circle") }
        open.append(domain)
        defer { open.removeLast() }
        foresee(record, domain)
        for term in record.mechanisms {
            let step = SPFVerdict.Step(domain: domain, term: term.text, position: term.position)
            trail.append(step)
            // Not on the way out of an error: there it says where that was.
            let inner = try match(term, domain)
            trail.removeLast()
            if let inner { return (term.qualifier, [step] + inner) }
        }
        guard let (term, target) = record.redirect else { return (.neutral, []) }
        let step = SPFVerdict.Step(domain: domain, term: term.text, position: term.position)
        trail.append(step)
        try count(term)
        guard let next = try name(target, domain), let outcome = try check(next) else {
            throw .failed(.permerror, "\(term.text) leads to a domain without SPF record")
        }
        trail.removeLast()
        return (outcome.result, [step] + outcome.path)
    }

    private mutating func record(of domain: DNSName) throws(Stop) -> SPFRecord? {
        let lookup = try look(domain, .txt)
        let texts = TextRecords.joined(lookup).filter(SPFRecord.isRecord)
        guard texts.count < 2 else { throw .failed(.permerror, "\(domain) has \(texts.count) SPF records") }
        return texts.first.map(SPFRecord.init)
    }

    /// The way on, if the term matches: the steps behind it, mostly none.
    private mutating func match(_ term: SPFTerm, _ domain: DNSName) throws(Stop) -> [SPFVerdict.Step]? {
        if term.costsLookup { try count(term) }
        switch term.content {
        case .all: return []
        case .network(let address, let prefix): return sender.source.isEqual(to: address, prefix: prefix) ? [] : nil
        case .include(let target):
            guard let name = try name(target, domain), let outcome = try check(name) else {
                throw .failed(.permerror, "\(term.text) names a domain without SPF record")
            }
            return outcome.result == .pass ? outcome.path : nil
        case .a(let target, let prefixes):
            guard let name = try name(target, domain) else { return nil }
            let lookup = try look(name, family)
            try noteVoid(lookup, term)
            return holds(lookup.addresses, prefixes) ? [] : nil
        case .mx(let target, let prefixes):
            guard let name = try name(target, domain) else { return nil }
            return try exchangersHold(name, prefixes, term) ? [] : nil
        case .exists(let target):
            guard let name = try name(target, domain) else { return nil }
            let lookup = try look(name, .a)
            try noteVoid(lookup, term)
            return lookup.records.isEmpty ? nil : []
        case .ptr(let target):
            guard let name = try name(target, domain) else { return nil }
            return try confirmedNames(term).contains { $0.isWithin(name) } ? [] : nil
        case .redirect, .explanation, .unknownModifier: return nil
        }
    }

    private mutating func exchangersHold(
        _ name: DNSName, _ prefixes: SPFPrefixes, _ term: SPFTerm
    ) throws(Stop) -> Bool {
        let lookup = try look(name, .mx)
        try noteVoid(lookup, term)
        let hosts = lookup.exchangers.filter { !$0.isNull }
        guard hosts.count <= SPFLimit.exchangers else {
            throw .failed(.permerror, "\(term.text) has \(hosts.count) hosts; \(SPFLimit.exchangers) are allowed")
        }
        for host in hosts { _ = facts.look(host.exchange, family) }
        for host in hosts {
            let addresses = try look(host.exchange, family).addresses
            if holds(addresses, prefixes) { return true }
        }
        return false
    }

    /// §5.5: names of the address that lead back to it. A fault of the DNS is no match here.
    private mutating func confirmedNames(_ term: SPFTerm?) throws(Stop) -> [DNSName] {
        guard let reverse = facts.look(DNSName(reverse: sender.source), .ptr) else { throw .missing }
        verdict.took += reverse.took
        if let term { try noteVoid(reverse, term) }
        let names: [DNSName] = reverse.records.prefix(SPFLimit.names).compactMap {
            guard case .name(let name) = $0.data else { return nil }
            return name
        }
        let lookups = names.map { facts.look($0, family) }
        guard !lookups.contains(nil) else { throw .missing }
        return lookups.compactMap { lookup in
            guard let lookup, lookup.addresses.contains(sender.source) else { return nil }
            return lookup.question.name
        }
    }

    private var family: RecordType { sender.source.isV6 ? .aaaa : .a }

    private func holds(_ addresses: [IPAddress], _ prefixes: SPFPrefixes) -> Bool {
        let prefix = sender.source.isV6 ? prefixes.v6 : prefixes.v4
        return addresses.contains { sender.source.isEqual(to: $0, prefix: prefix) }
    }

    /// The domain that a term names, its macros expanded: the current one if it names none, `nil` if no name comes of it.
    private mutating func name(_ spec: SPFDomainSpec?, _ current: DNSName) throws(Stop) -> DNSName? {
        guard let spec else { return current }
        var values = sender.macros(current: current)
        let p = UInt8(ascii: "p")
        if spec.letters.contains(p) {
            let names = try confirmedNames(nil)
            // §7.3: the domain itself, else a name below it, else any, else the word "unknown".
            let best = names.first { $0 == current } ?? names.first { $0.isWithin(current) } ?? names.first
            values[p] = best.map(SPFSender.text) ?? Array("unknown".utf8)
        }
        return spec.name(values)
    }

    private mutating func look(_ name: DNSName, _ type: RecordType) throws(Stop) -> DNSLookup {
        guard let lookup = facts.look(name, type), let answer = lookup.ended else { throw .missing }
        verdict.took += lookup.took
        if let failure = FailedLookup.finding(answer) { throw .failed(.temperror, failure.phrase) }
        return lookup
    }

    private mutating func count(_ term: SPFTerm) throws(Stop) {
        verdict.lookups += 1
        guard verdict.lookups <= SPFLimit.lookups else {
            throw .failed(
                .permerror, "\(term.text) would be lookup \(verdict.lookups); \(SPFLimit.lookups) are allowed")
        }
    }

    private mutating func noteVoid(_ lookup: DNSLookup, _ term: SPFTerm) throws(Stop) {
        guard case .absent = lookup.ended?.outcome else { return }
        verdict.voids += 1
        guard verdict.voids <= SPFLimit.voids else {
            throw .failed(
                .permerror, "\(term.text) is void lookup \(verdict.voids); \(SPFLimit.voids) are allowed")
        }
    }

    /// Asks for what the next terms need all at once, as far as the limit lets a receiver get.
    private mutating func foresee(_ record: SPFRecord, _ domain: DNSName) {
        let left = max(0, SPFLimit.lookups - verdict.lookups)
        for term in record.mechanisms.filter(\.costsLookup).prefix(left) {
            let values = sender.macros(current: domain)
            switch term.content {
            case .include(let target): if let name = target.name(values) { _ = facts.look(name, .txt) }
            case .exists(let target): if let name = target.name(values) { _ = facts.look(name, .a) }
            case .a(let target, _):
                if let name = target.map({ $0.name(values) }) ?? domain { _ = facts.look(name, family) }
            case .mx(let target, _):
                if let name = target.map({ $0.name(values) }) ?? domain { _ = facts.look(name, .mx) }
            case .ptr: _ = facts.look(DNSName(reverse: sender.source), .ptr)
            case .all, .network, .redirect, .explanation, .unknownModifier: continue
            }
        }
    }
}
