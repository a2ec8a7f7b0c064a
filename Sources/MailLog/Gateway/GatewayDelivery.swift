/// The line forms of the outgoing side: starts, ends, delays, bounces.
enum GatewayDelivery {
    /// `DCID 3 ` or the old `DCID: 3 `.
    static func dcid(_ line: Span<UInt8>, _ index: Int) -> (value: UInt64, next: Int)? {
        guard line.has("DCID", at: index) else { return nil }
        let colon = line.has(":", at: index + 4) ? 1 : 0
        return line.has(" ", at: index + 4 + colon) ? GatewayGrammar.id(line, index + 5 + colon) : nil
    }

    /// `DCID 3 MID 4 to RID [0, 1]`, old `to [0]`, `to RID [0] to offbox IronPort Spam Quarantine`
    static func started(_ line: Span<UInt8>, _ index: Int) -> GatewayEvent {
        guard let (dcid, next) = dcid(line, index), line.has("MID ", at: next),
            let (mid, after) = GatewayGrammar.id(line, next + 4)
        else { return .unknown }
        return .deliveryStarted(
            dcid: dcid, mid: mid, quarantine: line.index(of: "Spam Quarantine", from: after) != nil)
    }

    /// `DCID 3 MID 4 to RID [0] `, perhaps with logged headers or `(external quarantine)` behind.
    static func done(_ line: Span<UInt8>, _ index: Int) -> GatewayEvent {
        guard let (dcid, next) = dcid(line, index), line.has("MID ", at: next),
            let (mid, after) = GatewayGrammar.id(line, next + 4), let open = line.index(of: 0x5B, from: after),
            let close = line.index(of: 0x5D, from: open)
        else { return .unknown }
        return .delivered(
            dcid: dcid, mid: mid, rids: open..<(close + 1),
            quarantine: line.has(" (external quarantine)", at: close + 1))
    }

    /// `DCID 3 MID 4 to RID 0 - 5.1.0 - Unknown address error ('550', ['…']) []`, newer with `From: <> To: <> RID 0`,
    /// older `DCID: 3 Message 4 to 0 - …`; a double bounce has no DCID.
    static func attempt(_ kind: GatewayEvent.Attempt, _ line: Span<UInt8>, _ index: Int) -> GatewayEvent {
        var (dcid, next) = (UInt64(0), index)
        if let named = Self.dcid(line, index) { (dcid, next) = named }
        next += line.has("MID ", at: next) ? 4 : line.has("Message ", at: next) ? 8 : line.count
        guard let (mid, after) = GatewayGrammar.id(line, next) else { return .unknown }
        var (index, recipient) = (after, 0..<0)
        if line.has("From: ", at: index), let sender = line.bracketed(at: index + 6),
            line.has(" To: ", at: sender.upperBound + 1), let address = line.bracketed(at: sender.upperBound + 6)
        {
            (recipient, index) = (address, address.upperBound + 2)
        }
        if line.has("to ", at: index) { index += 3 }
        if line.has("RID ", at: index) { index += 4 }
        guard let (rid, end) = line.number(at: index), rid < UInt32.max else {
            return .message(mid: mid, .other, after..<line.count)
        }
        return .attempt(
            kind, dcid: dcid, mid: mid, rid: UInt32(rid), recipient: recipient,
            line.rest(from: line.has(" - ", at: end) ? end + 3 : end))
    }

    /// `DCID 63 domain: example.test IP: 192.0.2.31 port: 25 details: timeout interface: … reason: network error`
    static func failed(_ line: Span<UInt8>, _ index: Int) -> GatewayEvent {
        guard let (dcid, next) = dcid(line, index) else { return .unknown }
        guard line.has("domain: ", at: next) else {
            return .connectionError(dcid: dcid, domain: 0..<0, line.rest(from: next))
        }
        let domain = (next + 8)..<(line.index(of: 0x20, from: next + 8) ?? line.count)
        guard let reason = line.lastIndex(of: "reason: ", from: domain.upperBound) else {
            return .connectionError(dcid: dcid, domain: domain, line.rest(from: domain.upperBound))
        }
        return .connectionError(dcid: dcid, domain: domain, line.rest(from: reason + 8))
    }
}
