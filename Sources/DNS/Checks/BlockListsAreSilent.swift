import MailVocabulary

extension DNSCheck {
    /// Is the address on a block list, and is the list itself alive? RFC 5782. Only lists that were named are asked.
    static let blockListsAreSilent = DNSCheck(
        name: "block-lists-are-silent", mayFind: BlockListsAreSilent.kinds, judge: BlockListsAreSilent.judge)
}

private enum BlockListsAreSilent {
    static let notListed = FindingKind("dns.list.not-listed", .fine, .rfc(5782, "2.1"))
    static let listed = FindingKind("dns.list.listed", .failure, .rfc(5782, "2.1"))
    static let dead = FindingKind("dns.list.dead", .unknown, .rfc(5782, "5"))
    static let listsAll = FindingKind("dns.list.lists-everything", .unknown, .rfc(5782, "5"))
    static let refuses = FindingKind("dns.list.refuses-resolver", .unknown, .rfc(5782, "2.3"))
    static let rewritten = FindingKind("dns.list.rewritten", .unknown, .rfc(5782, "2.1"))
    static let kinds = [notListed, listed, dead, listsAll, refuses, rewritten] + FailedLookup.kinds

    static func judge(_ subject: DNSSubject, _ answers: DNSAnswers) -> Judgement<DNSQuestion, [Finding]> {
        guard case .listing(let address, let lists) = subject else { return .conclude([]) }
        var facts = Facts(answers)
        let findings = lists.map { judge(address, $0, &facts) }
        return facts.missing.isEmpty ? .conclude(findings.compactMap { $0 }) : facts.need
    }

    /// `nil` as long as an answer is missing.
    private static func judge(_ address: IPAddress, _ list: DNSName, _ facts: inout Facts) -> Finding? {
        guard let own = DNSBlockList.name(of: address, on: list),
            let must = DNSBlockList.name(of: DNSBlockList.mustBeListed(asV6: address.isV6), on: list),
            let mustNot = DNSBlockList.name(of: DNSBlockList.mustNotBeListed(asV6: address.isV6), on: list)
        else { return Finding(dead, about: list.description, "\(list) is too long a name for a list") }
        // All at once: most lists are healthy.
        let (verdict, positive, negative) = (facts.look(own, .a), facts.look(must, .a), facts.look(mustNot, .a))
        guard let verdict, let positive, let negative else { return nil }
        let finding = { Finding($0, about: list.description, $1) }
        for lookup in [verdict, positive, negative] {
            guard let answer = lookup.ended else { return nil }
            if let failure = FailedLookup.finding(answer) { return failure }
            if let strange = lookup.addresses.first(where: { $0.isV6 || $0.bytes[0] != 127 }) {
                let message: Phrase =
                    "\(list) seems to answer \(strange), which is outside 127.0.0.0/8: somebody on the way rewrites "
                    + "answers, or the list's domain is parked; its answers count for nothing"
                return finding(rewritten, message)
            }
            if let code = lookup.addresses.first(where: isRefusal) {
                return finding(refuses, "\(list) refuses this resolver (\(code)\(meaning(code))): not known if listed")
            }
        }
        guard negative.addresses.isEmpty else {
            let message: Phrase =
                "\(list) lists everything, even what no list may (127.0.0.1): its answers count for nothing"
            return finding(listsAll, message)
        }
        guard !positive.addresses.isEmpty else {
            let message: Phrase =
                "\(list) is dead: its test entry 127.0.0.2 is not there; its answers count for nothing, and gateways "
                + "should not ask it"
            return finding(dead, message)
        }
        guard !verdict.addresses.isEmpty else {
            return finding(notListed, "\(address) is not on \(list), which is in good health")
        }
        guard let text = facts.look(own, .txt) else { return nil }
        let reason = TextRecords.joined(text).first.map { ": \(TextRecords.shown($0))" } ?? ""
        let codes = verdict.addresses.map(\.description).joined(separator: ", ")
        return finding(listed, "\(address) is on \(list) with code \(codes)\(reason)")
    }

    /// Codes by which large lists say that they do not answer: 127.255.255.x.
    private static func isRefusal(_ address: IPAddress) -> Bool { address.bytes.starts(with: [127, 255, 255]) }

    private static func meaning(_ code: IPAddress) -> Phrase {
        switch code.bytes.last {
        case 252: ", a mistyped zone"
        case 254: ", a public or open resolver"
        case 255: ", too many queries"
        case _: ""
        }
    }
}
