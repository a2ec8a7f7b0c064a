import MailVocabulary

/// The hosts that the MX records of a domain name, as the checks of targets share them.
enum MXTargets {
    /// Each host once, by preference, without the null MX, at most `ExchangerTable.lookupLimit`; empty if the subject is no domain
    /// or its MX cannot be known; `nil` as long as the MX is missing.
    static func names(of subject: DNSSubject, _ facts: inout Facts) -> [DNSName]? {
        guard case .domain(let domain) = subject else { return [] }
        guard let lookup = facts.look(domain, .mx) else { return nil }
        var names: [DNSName] = []
        var seen: Set<DNSName> = []
        for exchanger in lookup.exchangers.prefix(ExchangerTable.lookupLimit)
        where !exchanger.isNull && seen.insert(exchanger.exchange).inserted {
            names.append(exchanger.exchange)
        }
        return names
    }

    /// The address that a target is, where a host name belongs.
    static func literal(_ name: DNSName) -> IPAddress? { IPAddress(name.description) }

    /// The hosts with their A and AAAA lookups, address literals left out; `nil` as long as one is missing.
    static func lookups(of subject: DNSSubject, _ facts: inout Facts) -> [(name: DNSName, lookups: [DNSLookup])]? {
        guard let names = names(of: subject, &facts) else { return nil }
        var (found, isComplete): ([(DNSName, [DNSLookup])], Bool) = ([], true)
        for name in names where literal(name) == nil {
            if let lookups = facts.lookAtAddresses(of: name) {
                found.append((name, lookups))
            } else {
                isComplete = false
            }
        }
        return isComplete ? found : nil
    }
}
