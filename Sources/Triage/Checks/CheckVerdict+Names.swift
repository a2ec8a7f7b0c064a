import DNS
import MailVocabulary
import SMTP

/// Verdicts from the name system: our address, our name, the domains on both sides.
extension Incident {
    /// The address that the checks are about: the one that the reply names, else that of our own socket unless the server,
    /// outside our network, must see another.
    public func evidenceAddress(_ named: String?) -> IPAddress? {
        if let named, let address = IPAddress(named) { return address }
        guard let local = session?.local?.address else { return nil }
        return local.isPrivate && session?.remote?.address.isPrivate == false ? nil : local
    }

    /// The domain of the envelope sender.
    public var senderDomain: DNSName? {
        guard let path = session?.plan.reversePath else { return nil }
        return Mailbox(path).flatMap { DNSName($0.domain) }
    }

    func verdict(onAddress cause: String, _ named: String?) -> CheckVerdict? {
        guard let address = evidenceAddress(named) else { return nil }
        if cause == "ipv6-without-ptr", !address.isV6 { return .ruledOut("\(address) is an IPv4 address") }
        guard let answer = reverseAnswer(of: address) else { return nil }
        let names = answer.records.compactMap { record in
            if case .name(let name) = record.data { name.description.lowercased() } else { nil }
        }
        switch cause {
        case "ptr-missing", "ipv6-without-ptr":
            if let name = names.first { return .ruledOut("\(address) is \(name)") }
            return answer.isSettled ? .confirmed("\(address) has no PTR record") : nil
        case "reverse-zone-silent":
            return answer.isSettled
                ? .ruledOut("the reverse zone of \(address) answers in \(answer.took.brief)")
                : .confirmed("the PTR of \(address): \(answer.outcome.phrase), after \(answer.took.brief)")
        case "banner-lookup-delay": return verdict(onGreeting: cause)
        case "ptr-generic", "dynamic-range":
            guard let name = names.first(where: { Self.looksGeneric($0, address) }) else {
                return names.isEmpty || cause == "dynamic-range" ? nil : .ruledOut("\(address) is \(names[0])")
            }
            return .confirmed("\(address) is \(name)")
        case "fcrdns-mismatch":
            // Without a name there is none that could lead elsewhere.
            let isNameless = names.isEmpty && answer.isSettled
            return verdict(onReturn: address) ?? (isNameless ? .ruledOut("\(address) has no PTR record") : nil)
        default: return nil
        }
    }

    /// Whether the name of the address leads back to it.
    private func verdict(onReturn address: IPAddress) -> CheckVerdict? {
        for role in [DNSSubject.AddressRole.source, .target] {
            for finding in examinations[.address(address, role: role)]?.findings ?? [] {
                if finding.kind.code == "dns.ptr.confirmed" { return .ruledOut(finding.phrase) }
                if finding.kind.code == "dns.ptr.unconfirmed" { return .confirmed(finding.phrase) }
            }
        }
        return nil
    }

    /// A name that holds the address itself, or says that it is one of many.
    private static func looksGeneric(_ name: String, _ address: IPAddress) -> Bool {
        let marks = ["dyn", "dsl", "pool", "dhcp", "dial", "ppp", "cable", "broadband", "cust", "client"]
        let words = name.split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
        if words.contains(where: { word in marks.contains { word.hasPrefix($0) } }) { return true }
        guard !address.isV6 else { return false }
        let octets = address.bytes.map { String($0) }
        let numbers = name.split { !$0.isNumber || !$0.isASCII }.map(String.init)
        return octets.dropFirst(2).allSatisfy(numbers.contains) && numbers.count >= 3
    }

    func verdict(onHelloName cause: String) -> CheckVerdict? {
        guard let name = session?.plan.helloName else { return nil }
        let isLiteral = name.hasPrefix("[") && name.hasSuffix("]")
        let isFull = name.split(separator: ".", omittingEmptySubsequences: false).count > 1 && DNSName(name) != nil
        if cause == "ehlo-name-bad" {
            if isLiteral { return .ruledOut("\(name) is an address literal") }
            return isFull && IPAddress(name) == nil
                ? .ruledOut("\(name) has the form of a full host name") : .confirmed("\(name) is no full host name")
        }
        guard cause == "ehlo-name-unresolved", isFull, let host = DNSName(name) else { return nil }
        let answers = [RecordType.a, .aaaa, .mx].compactMap { type in
            examinations.values.lazy.compactMap { $0.answers[DNSQuestion(host, type)] }.first
        }
        if answers.contains(where: { !$0.records.isEmpty }) { return .ruledOut("\(name) is in the DNS") }
        guard let absent = answers.first(where: { $0.outcome == .absent(.noSuchName) }) else { return nil }
        return .confirmed("\(name): \(absent.outcome.phrase)")
    }

    func verdict(onExchangers cause: String) -> CheckVerdict? {
        guard let domain, let answer = examinations[.domain(domain)]?.answers[DNSQuestion(domain, .mx)] else {
            return nil
        }
        let isAlias = answer.outcome == .absent(.aliasLoop) || answer.outcome == .absent(.aliasChain)
        let found: CheckVerdict = .ruledOut("\(domain) has \(answer.records.count) MX records")
        let seen: CheckVerdict = .confirmed("the MX of \(domain): \(answer.outcome.phrase)")
        switch cause {
        case "null-mx":
            guard !answer.records.isEmpty else { return nil }
            return answer.exchangers.contains { $0.isNull } ? .confirmed("\(domain) has a null MX") : found
        case "mx-missing":
            guard answer.records.isEmpty else { return found }
            // A name that is not there has no address either, and nobody asks for one.
            if answer.outcome == .absent(.noSuchName) { return seen }
            // Without MX the domain's own address counts, RFC 5321 §5.1.
            let hosts = [RecordType.a, .aaaa].compactMap {
                examinations[.domain(domain)]?.answers[DNSQuestion(domain, $0)]
            }
            if hosts.contains(where: { !$0.records.isEmpty }) {
                return .ruledOut("\(domain) has no MX, but an address that stands for one")
            }
            return answer.isSettled && !hosts.isEmpty && hosts.allSatisfy(\.isSettled) ? seen : nil
        case "domain-gone":
            return answer.records.isEmpty ? answer.outcome == .absent(.noSuchName) ? seen : nil : found
        case "domain-typo", "wrong-name": return answer.outcome == .absent(.noSuchName) ? seen : nil
        case "mx-loop":
            // A server that looks such an exchanger up finds itself, and sends its mail round, RFC 5321 §5.1.
            guard let (host, address) = innerExchanger(of: domain, answer.exchangers) else { return nil }
            return .confirmed("\(host) resolves to \(address)")
        case "alias-endless": return isAlias ? seen : answer.isSettled ? found : nil
        case "dns-failing", "zone-broken": return answer.isSettled ? found : seen
        case "zone-lame": return answer.outcome == .lame ? seen : answer.isSettled ? found : nil
        case "wrong-mx":
            guard let host = session?.host, !answer.exchangers.isEmpty else { return nil }
            let isOne = answer.exchangers.contains { $0.exchange == DNSName(host) }
            if isOne { return .ruledOut("\(host) is an MX of \(domain)") }
            return DNSName(host) != nil && IPAddress(host) == nil
                ? .confirmed("\(host) is not among the MX of \(domain)") : nil
        default: return nil
        }
    }

    /// The first exchanger whose address is everybody's own machine.
    private func innerExchanger(of domain: DNSName, _ exchangers: [MailExchanger]) -> (DNSName, IPAddress)? {
        for exchanger in exchangers {
            for type in [RecordType.a, .aaaa] {
                let answer = examinations[.domain(domain)]?.answers[DNSQuestion(exchanger.exchange, type)]
                for record in answer?.records ?? [] {
                    if case .address(let address) = record.data, address.isLoopback {
                        return (exchanger.exchange, address)
                    }
                }
            }
        }
        return nil
    }

    func verdict(onSenderDomain cause: String) -> CheckVerdict? {
        guard let sender = senderDomain, let examination = examinations[.domain(sender)],
            let answer = examination.answers[DNSQuestion(sender, .mx)]
        else { return nil }
        switch cause {
        case "sender-null-mx":
            if answer.exchangers.contains(where: \.isNull) { return .confirmed("\(sender) has a null MX") }
            return answer.isSettled ? .ruledOut("\(sender) has no null MX") : nil
        case "sender-domain-missing":
            let hosts = [RecordType.a, .aaaa].compactMap { examination.answers[DNSQuestion(sender, $0)] }
            if !answer.records.isEmpty || hosts.contains(where: { !$0.records.isEmpty }) {
                return .ruledOut("\(sender) is in the DNS")
            }
            let isMissing =
                answer.outcome == .absent(.noSuchName) || (hosts.count == 2 && hosts.allSatisfy(\.isSettled))
            return isMissing ? .confirmed("the MX of \(sender): \(answer.outcome.phrase)") : nil
        case "dns-failing":
            return answer.isSettled
                ? .ruledOut("the DNS answers about \(sender)")
                : .confirmed("the MX of \(sender): \(answer.outcome.phrase)")
        case "dmarc-unaligned":
            // The test message's author is the envelope sender and it is not signed: SPF alone decides.
            guard let result = senderVerdict?.result else { return nil }
            return result == .pass
                ? .ruledOut("SPF passes for \(sender), the author's domain")
                : .confirmed("SPF says \(result.rawValue), and the test message carries no signature")
        default: return nil
        }
    }

    /// What SPF makes of our address and the sender, when that is known.
    private var senderVerdict: SPFVerdict? {
        guard let sender = senderDomain else { return nil }
        return examinations.lazy.compactMap { subject, examination -> SPFVerdict? in
            guard case .sender(let spf) = subject, spf.domain == sender else { return nil }
            return examination.spfVerdict
        }.first
    }

    func verdict(onSenderPolicy cause: String) -> CheckVerdict? {
        guard let verdict = senderVerdict, let sender = senderDomain else { return nil }
        let words: Phrase = "SPF for \(sender): \(verdict.result.rawValue)"
        let cause = cause == "sender-dns-failing" ? "dns-failing" : cause
        switch (cause, verdict.result) {
        case ("spf-missing-ip", .pass), ("spf-broken", .pass), ("dns-failing", .pass): return .ruledOut(words)
        case ("spf-missing-ip", .fail), ("spf-missing-ip", .softfail), ("spf-missing-ip", .neutral),
            ("spf-missing-ip", .none), ("spf-broken", .permerror), ("dns-failing", .temperror):
            return .confirmed(words)
        case ("spf-broken", .fail), ("spf-broken", .softfail), ("spf-broken", .neutral): return .ruledOut(words)
        case ("dns-failing", .fail), ("dns-failing", .softfail), ("dns-failing", .neutral), ("dns-failing", .none):
            return .ruledOut(words)
        default: return nil
        }
    }

    func verdict(onListing cause: String, _ named: String?) -> CheckVerdict? {
        guard let address = evidenceAddress(named) else { return nil }
        // A list says that it has an address; that the range is a dynamic one, its name says.
        if cause == "dynamic-range", let seen = verdict(onAddress: cause, named) { return seen }
        // A list that does not have it says nothing of the range, and nothing against another list that has it.
        guard cause == "ip-listed" else { return nil }
        let findings = examinations.flatMap { subject, examination -> [Finding] in
            guard case .listing(address, _) = subject else { return [] }
            return examination.findings
        }
        func first(_ code: String) -> Phrase? { findings.first { $0.kind.code == code }?.phrase }
        return first("dns.list.listed").map { .confirmed($0) } ?? first("dns.list.not-listed").map { .ruledOut($0) }
    }
}

extension DNSAnswer {
    /// The exchangers among its records.
    fileprivate var exchangers: [MailExchanger] {
        records.compactMap { if case .exchange(let exchanger) = $0.data { exchanger } else { nil } }
    }
}
