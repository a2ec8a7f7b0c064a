/// The line forms that begin with `MID n`.
enum GatewayMessage {
    static func event(_ line: Span<UInt8>, _ mid: UInt64, _ next: Int) -> GatewayEvent {
        let rest = line.rest(from: next)
        let fact: GatewayEvent.MessageFact
        switch line[next] {
        case 0x49 where line.has("ICID ", at: next): return envelope(line, mid, next + 5)
        case 0x4D where line.has("Message-ID ", at: next):
            return .message(mid: mid, .messageID, quoted(line, next + 11))
        case 0x53 where line.has("Subject ", at: next): return .message(mid: mid, .subject, quoted(line, next + 8))
        case 0x52 where line.has("RID ", at: next):
            if let close = line.index(of: "] Response ", from: next) {
                return .response(mid: mid, rids: (next + 4)..<(close + 1), quoted(line, close + 11))
            }
            fact = .other
        case 0x74 where line.has("to RID ", at: next): fact = .pending
        case 0x72:
            if line.has("ready ", at: next) {
                fact = .ready
            } else if line.has("rewritten to ", at: next) {
                return derived(.rewritten, line, parent: mid, next + 13)
            } else if line.has("released from ", at: next) || line.has("released (", at: next) {
                fact = .released
            } else {
                fact = .other
            }
        case 0x71:
            fact =
                line.has("queued for delivery", at: next)
                ? .queued
                : line.has("quarantined to ", at: next) ? .quarantined : .other
        case 0x77:
            if line.has("was split creating MID ", at: next) { return derived(.split, line, parent: mid, next + 19) }
            if line.has("was generated ", at: next) { return generated(line, child: mid, next + 14) }
            fact = line.has("was dropped ", at: next) ? .dropped : .scanned
        case 0x67 where line.has("generated ", at: next): return generated(line, child: mid, next + 10)
        case 0x64: fact = line.has("deleted from ", at: next) ? .deleted : .other
        case 0x44 where line.has("DMARC: Message rejected", at: next): fact = .dmarcRejected
        case 0x44, 0x69, 0x75, 0x61, 0x41, 0x4F, 0x6D, 0x56, 0x43:
            fact = isScan(line, next) ? .scanned : .other
        case 0x53 where line.has("SPF: ", at: next) || line.has("SDR: ", at: next): fact = .scanned
        default: fact = .other
        }
        return .message(mid: mid, fact, rest)
    }

    private static func isScan(_ line: Span<UInt8>, _ at: Int) -> Bool {
        line.has("interim ", at: at) || line.has("using engine", at: at) || line.has("antivirus ", at: at)
            || line.has("attachment ", at: at) || line.has("AMP ", at: at) || line.has("Outbreak ", at: at)
            || line.has("matched all recipients ", at: at) || line.has("Virus Threat Level", at: at)
            || line.has("DKIM: ", at: at) || line.has("DMARC: ", at: at) || line.has("DLP ", at: at)
            || line.has("DomainKeys: ", at: at) || line.has("Custom Log Entry: ", at: at)
    }

    /// `ICID 6 From: <a@b>`, `ICID 6 RID 0 To: <c@d>`, `ICID 6 To: <c@d> Rejected by RAT`
    private static func envelope(_ line: Span<UInt8>, _ mid: UInt64, _ index: Int) -> GatewayEvent {
        guard let (icid, next) = GatewayGrammar.id(line, index), next < line.count else {
            return .message(mid: mid, .other, line.rest(from: index))
        }
        if line.has("From: ", at: next), let address = line.bracketed(at: next + 6) {
            return .sender(mid: mid, icid: icid, address)
        }
        if line.has("RID ", at: next), let (rid, after) = GatewayGrammar.id(line, next + 4), rid < UInt32.max,
            line.has("To: ", at: after), let address = line.bracketed(at: after + 4)
        {
            return .recipient(mid: mid, icid: icid, rid: UInt32(rid), address)
        }
        if line.has("To: ", at: next), let address = line.bracketed(at: next + 4),
            line.has(" Rejected by ", at: address.upperBound + 1)
        {
            return .recipientRejected(
                mid: mid, icid: icid, address, by: line.rest(from: address.upperBound + 14))
        }
        if line.has("invalid bounce, rcpt address ", at: next), let address = line.bracketed(at: next + 29) {
            return .recipientRejected(
                mid: mid, icid: icid, address, by: line.rest(from: address.upperBound + 2))
        }
        return .linked(mid: mid, icid: icid)
    }

    /// `rewritten to MID 7 by …`, in old versions `rewritten to 7 by …`
    private static func derived(
        _ relation: MessageNode.Relation, _ line: Span<UInt8>, parent: UInt64, _ index: Int
    ) -> GatewayEvent {
        guard let (child, _) = GatewayGrammar.id(line, line.has("MID ", at: index) ? index + 4 : index) else {
            return .message(mid: parent, .other, index..<line.count)
        }
        return .derived(relation, parent: parent, child: child, owner: parent)
    }

    /// `was generated based on MID 421 by bcc filter …`, `was generated for bounce of MID 511`
    private static func generated(_ line: Span<UInt8>, child: UInt64, _ index: Int) -> GatewayEvent {
        if line.has("based on MID ", at: index), let (parent, _) = GatewayGrammar.id(line, index + 13) {
            return .derived(.copied, parent: parent, child: child, owner: child)
        }
        if line.has("for bounce of MID ", at: index), let (parent, _) = GatewayGrammar.id(line, index + 18) {
            return .derived(.bounce, parent: parent, child: child, owner: child)
        }
        return .message(mid: child, .other, index..<line.count)
    }

    /// The text between quotes of either kind, or to the end of the line when there are none.
    private static func quoted(_ line: Span<UInt8>, _ index: Int) -> Range<Int> {
        let rest = line.rest(from: index)
        guard rest.count >= 2, line[rest.lowerBound] == 0x27 || line[rest.lowerBound] == 0x22,
            line[rest.upperBound - 1] == line[rest.lowerBound]
        else { return rest }
        return (rest.lowerBound + 1)..<(rest.upperBound - 1)
    }
}
