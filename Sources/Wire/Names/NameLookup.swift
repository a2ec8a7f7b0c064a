import DNS
import MailVocabulary

/// Finds the addresses to connect to: what a session needs of the DNS.
public struct NameLookup: Sendable {
    private let resolver: Resolver
    private let hosts: HostsFile?

    /// Looks into the hosts file first, then asks the resolver.
    ///
    /// - Parameter hosts: `nil` for the system's, which is read whenever a name is looked up.
    public init(_ resolver: Resolver, hosts: HostsFile? = nil) { (self.resolver, self.hosts) = (resolver, hosts) }

    /// The addresses of a host, A and AAAA asked at once.
    ///
    /// An address, bare or as an address literal (`[192.0.2.1]`, `[IPv6:2001:db8::1]`, RFC 5321 §4.1.3), stands for itself. No search
    /// list is applied: a bare name is asked for as it is.
    public func addresses(of host: String) async -> HostAddresses {
        if let address = Self.literal(host) { return HostAddresses([address]) }
        let known = (hosts ?? .system()).addresses(of: host)
        if !known.isEmpty { return HostAddresses(known) }
        do {
            let name = try DNSName(reading: host)
            var answers = DNSAnswers()
            let lookups = await follow([DNSQuestion(name, .a), DNSQuestion(name, .aaaa)], &answers)
            let addresses = lookups.flatMap(\.addresses)
            let failed = lookups.contains { $0.ended?.isSettled == false }
            return HostAddresses(
                addresses, problem: addresses.isEmpty || failed ? lookups.problem : nil, answers: answers.inOrder)
        } catch {
            return HostAddresses([], problem: "\"\(host)\" is no host name: it \(error)")
        }
    }

    /// The mail exchangers of a domain with their addresses, RFC 5321 §5.1, and what was asked for them.
    public func exchangers(of domain: String) async -> (table: ExchangerTable, answers: [DNSAnswer]) {
        var answers = DNSAnswers()
        do {
            let name = try DNSName(reading: domain)
            var table = ExchangerTable(of: name, from: answers)
            while !table.pendingQuestions.isEmpty, !Task.isCancelled {
                for answer in await ask(table.pendingQuestions) { answers.insert(answer) }
                table = ExchangerTable(of: name, from: answers)
            }
            return (table, answers.inOrder)
        } catch {
            return (ExchangerTable(problem: "\"\(domain)\" is no mail domain: it \(error)"), [])
        }
    }

    private static func literal(_ text: String) -> IPAddress? {
        guard text.hasPrefix("["), text.hasSuffix("]") else { return IPAddress(text) }
        let inside = text.dropFirst().dropLast()
        return inside.lowercased().hasPrefix("ipv6:") ? IPAddress(inside.dropFirst(5)) : IPAddress(inside)
    }

    private func follow(_ questions: [DNSQuestion], _ answers: inout DNSAnswers) async -> [DNSLookup] {
        while true {
            let lookups = questions.map { answers.lookup($0) }
            let open = lookups.compactMap(\.next)
            if open.isEmpty || Task.isCancelled { return lookups }
            for answer in await ask(open) { answers.insert(answer) }
        }
    }

    private func ask(_ questions: [DNSQuestion]) async -> [DNSAnswer] {
        await withTaskGroup { group in
            for question in questions { group.addTask { await resolver.ask(question) } }
            var answers: [DNSAnswer] = []
            for await answer in group { answers.append(answer) }
            return answers
        }
    }
}
