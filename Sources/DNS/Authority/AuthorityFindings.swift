import MailVocabulary

extension AuthorityExamination {
    static let agree = FindingKind("dns.zone.agree", .fine, .rfc(1034, "4.2"))
    static let silent = FindingKind("dns.zone.server-silent", .delay, .rfc(1035, "4.2.1"))
    static let closed = FindingKind("dns.zone.server-closed", .delay, .rfc(1122, "3.2.2.1"))
    static let lame = FindingKind("dns.zone.server-lame", .delay, .rfc(1912, "2.8"))
    static let broken = FindingKind("dns.zone.server-broken", .delay, .rfc(1035, "4.1.1"))
    static let allFail = FindingKind("dns.zone.no-server-answers", .failure, .rfc(1034, "4.2"))
    static let noAddress = FindingKind("dns.zone.server-unresolved", .delay, .rfc(1034, "4.2.1"))
    static let differ = FindingKind("dns.zone.servers-differ", .warning, .rfc(1034, "4.3.5"))
    static let resolverDiffers = FindingKind("dns.zone.resolver-differs", .note, .rfc(1034, "4.3.4"))
    static let single = FindingKind("dns.zone.single-server", .warning, .rfc(2182, "5"))
    static let oneNetwork = FindingKind("dns.zone.one-network", .note, .rfc(2182, "3.1"))
    static let noServers = FindingKind("dns.zone.no-servers", .unknown, .rfc(1034, "4.2.1"))
    static let withoutV6 = FindingKind("dns.zone.ipv6-not-asked", .note, .rfc(2182, "3.1"))

    static let noEDNS = FindingKind("dns.zone.no-edns", .warning, .rfc(6891, "7"))
    static let dropsTLSA = FindingKind("dns.zone.server-drops-tlsa", .delay, .rfc(7672, "2.1.2"))
    static let shortTTL = FindingKind("dns.zone.short-ttl", .note, .rfc(1912, "2.2"))

    /// Every kind of finding that this examination can give.
    public static let kinds: [FindingKind] =
        [
            agree, silent, closed, lame, broken, allFail, noAddress, differ, resolverDiffers, single, oneNetwork,
            withoutV6, noServers, noEDNS, shortTTL, dropsTLSA,
        ] + FailedLookup.kinds

    /// What the comparison shows; complete once it is finished.
    public var findings: [Finding] {
        if let failure { return [failure] }
        guard isFinished else { return [] }
        guard let zone else {
            let message: Phrase =
                "no name servers of \(domain) can be found: neither it nor a domain above it has NS records here"
            return [Finding(Self.noServers, about: domain.description, message)]
        }
        let about = zone.description
        var findings = unresolved.map {
            Finding(Self.noAddress, about: about, "name server \($0.name) of \(zone) cannot be found: \($0.problem)")
        }
        let asked = servers.filter { !isBeyondReach($0) }
        let troubles = asked.map { trouble(of: $0) }
        findings += troubles.compactMap { $0 }
        if asked.count < servers.count {
            let count = servers.count - asked.count
            let message: Phrase =
                count == 1
                ? "1 IPv6 address not asked: no way to IPv6 from here"
                : "\(count) IPv6 addresses not asked: no way to IPv6 from here"
            findings.append(Finding(Self.withoutV6, about: about, message))
        }
        if !asked.isEmpty, asked.allSatisfy({ !answersForZone($0) }) {
            let message: Phrase = "no server of \(zone) answers for it: senders cannot find out where its mail goes"
            findings.insert(Finding(Self.allFail, about: about, message), at: 0)
        }
        let differences = questions.compactMap { difference($0, asked) }
        findings += differences + questions.dropFirst().compactMap { staleness($0, asked) }
        if Set(servers.map(\.name)).count + unresolved.count == 1 {
            findings.append(Finding(Self.single, about: about, "\(zone) has a single name server"))
        } else if let network = sharedNetwork() {
            let message: Phrase =
                "all name servers of \(zone) are in \(network): one fault of that network silences them all"
            findings.append(Finding(Self.oneNetwork, about: about, message))
        }
        findings += manners(asked)
        if differences.isEmpty, !asked.isEmpty, troubles.allSatisfy({ $0 == nil }) {
            let count: Phrase = asked.count == 1 ? "the one address" : "all \(asked.count) addresses"
            findings.append(
                Finding(
                    Self.agree, about: about, "\(count) of \(zone)'s name servers say the same\(serialWords(asked))"))
        }
        return findings
    }

    /// What is no fault of an answer, and still is felt: servers without EDNS, and answers that are hardly kept.
    private func manners(_ asked: [Server]) -> [Finding] {
        var findings = asked.compactMap { server -> Finding? in
            guard questions.contains(where: { answer(of: server, to: $0)?.isWithoutEDNS == true }) else { return nil }
            let message: Phrase =
                "name server \(server.name) (\(server.endpoint.address)) answers only without EDNS: no DNSSEC, and a "
                + "lost attempt for everybody who asks"
            return Finding(Self.noEDNS, about: server.name.description, message)
        }
        for question in questions.dropFirst() {
            let records = asked.flatMap { answer(of: $0, to: question)?.records ?? [] }
            guard let least = records.map(\.ttl).min(), least < 60 else { continue }
            let message: Phrase = "\(question) may be kept for \(least) s only: every message costs a lookup"
            findings.append(Finding(Self.shortTTL, about: question.name.description, message))
        }
        return findings
    }

    /// The answer of one server to one question.
    public func answer(of server: Server, to question: DNSQuestion) -> DNSAnswer? {
        serverAnswers[server.endpoint]?[question]
    }

    /// Our own network has no IPv6: that is no fault of the server.
    private func isBeyondReach(_ server: Server) -> Bool {
        guard server.endpoint.address.isV6 else { return false }
        return questions.allSatisfy { question in
            if case .unreachable = answer(of: server, to: question)?.outcome { true } else { false }
        }
    }

    private func answersForZone(_ server: Server) -> Bool {
        questions.contains { question in
            guard let answer = answer(of: server, to: question) else { return false }
            return answer.isSettled && answer.isAuthoritative
        }
    }

    /// What is wrong with one server, if anything: said once, by its worst question.
    private func trouble(of server: Server) -> Finding? {
        let who: Phrase = "name server \(server.name) (\(server.endpoint.address))"
        let finding = { Finding($0, about: server.name.description, $1) }
        for question in questions {
            guard let answer = answer(of: server, to: question) else { continue }
            let took = answer.took.words
            // It answers everything else, or this would have been said already.
            if question.type == .tlsa, !answer.isSettled {
                let message: Phrase =
                    "\(who) does not answer \(question) (\(answer.reason ?? "no answer")): senders with DANE wait with mail"
                return finding(Self.dropsTLSA, message)
            }
            switch answer.outcome {
            case .found, .absent:
                if answer.isAuthoritative { continue }
                return finding(Self.lame, "\(who) is lame: it answers \(question) without authority (in \(took))")
            case .refused:
                return finding(Self.lame, "\(who) is lame: it refuses \(question) (REFUSED in \(took))")
            case .lame:
                return finding(Self.lame, "\(who) is lame: it sends us elsewhere for \(question) (in \(took))")
            case .serverFailure:
                return finding(Self.broken, "\(who) cannot answer \(question) (SERVFAIL in \(took))")
            case .otherError, .malformed:
                return finding(Self.broken, "\(who) is broken: \(answer.reason ?? "it gives no answer")")
            case .silent:
                return finding(Self.silent, "\(who) does not answer \(question) in \(took)\(answer.effort)")
            case .unreachable(let words):
                return finding(Self.closed, "\(who) cannot be asked: \(words) (in \(took))")
            }
        }
        return nil
    }

    /// What a server says to a question, without TTL, order and case; `nil` if it does not say.
    private func saying(_ server: Server, _ question: DNSQuestion) -> Set<RecordData>? {
        guard let answer = answer(of: server, to: question), answer.isSettled, answer.isAuthoritative else {
            return nil
        }
        return Set(answer.records.map(\.data))
    }

    private func difference(_ question: DNSQuestion, _ asked: [Server]) -> Finding? {
        let said = asked.compactMap { server in saying(server, question).map { (server, $0) } }
        guard Set(said.map(\.1)).count > 1 else { return nil }
        var groups: [(data: Set<RecordData>, servers: [Server])] = []
        for (server, data) in said {
            if let index = groups.firstIndex(where: { $0.data == data }) {
                groups[index].servers.append(server)
            } else {
                groups.append((data, [server]))
            }
        }
        let words = groups.map { group in
            let who = group.servers.map { "\($0.name) (\($0.endpoint.address))" }.joined(separator: ", ")
            return "\(who): \(Self.words(group.data))"
        }
        let message: Phrase =
            "the servers of \(zone ?? domain) differ about \(question): \(words.joined(separator: "; "))"
        return Finding(Self.differ, about: question.name.description, message)
    }

    /// The resolver holds something else than all its sources.
    private func staleness(_ question: DNSQuestion, _ asked: [Server]) -> Finding? {
        let said = Set(asked.compactMap { saying($0, question) })
        guard said.count == 1, let theirs = said.first, let answer = answers[question], answer.isSettled,
            answer.aliases.isEmpty
        else { return nil }
        let ours = Set(answer.records.map(\.data))
        guard ours != theirs else { return nil }
        let left: Phrase = answer.records.map(\.ttl).max().map { " for another \($0) s" } ?? ""
        let message: Phrase =
            "resolver \(answer.server) still says \(Self.words(ours)) to \(question)\(left); its servers say "
            + "\(Self.words(theirs))"
        return Finding(Self.resolverDiffers, about: question.name.description, message)
    }

    private static func words(_ data: Set<RecordData>) -> Phrase {
        guard !data.isEmpty else { return "none" }
        let words = data.map(\.description).sorted()
        let more: Phrase = words.count > 6 ? " and \(words.count - 6) more" : ""
        return "\(words.prefix(6).joined(separator: ", "))\(more)"
    }

    private func serialWords(_ asked: [Server]) -> Phrase {
        for server in asked {
            for record in answer(of: server, to: questions[0])?.records ?? [] {
                if case .startOfAuthority(_, let serial, _) = record.data { return " (serial \(serial))" }
            }
        }
        return ""
    }

    /// The /24 that holds every IPv4 address, if there is one and no IPv6 address beside it.
    private func sharedNetwork() -> String? {
        let addresses = servers.map(\.endpoint.address)
        guard addresses.count > 1, let first = addresses.first, !first.isLoopback,
            addresses.allSatisfy({ !$0.isV6 && $0.bytes.prefix(3) == first.bytes.prefix(3) })
        else { return nil }
        return first.bytes.prefix(3).map { String($0) }.joined(separator: ".") + ".0/24"
    }
}
