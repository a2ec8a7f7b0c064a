/// The line forms of the Cisco ESA text mail log, AsyncOS 3 to 16, after the level word.
///
/// One function a first word; in each, the places where the product writes identifiers. A line that begins like one of them
/// and goes on differently keeps its identifiers and is `other`, so that nothing is lost from a trace.
enum GatewayGrammar {
    static func event(_ line: Span<UInt8>, _ start: Int) -> GatewayEvent {
        guard start + 4 < line.count else { return .unknown }
        switch line[start] {
        case 0x4D:  // M
            if line.has("MID ", at: start) { return message(line, start + 4) }
            if line.has("Message ", at: start) { return wholeMessage(line, start + 8) }
        case 0x49:  // I
            if line.has("ICID ", at: start) { return connection(line, start + 5) }
            if line.has("ISQ: ", at: start) { return spamQuarantine(line, start + 5) }
        case 0x44:  // D
            if line.has("DCID ", at: start) { return delivery(line, start + 5) }
            if line.has("Delivery start ", at: start) { return GatewayDelivery.started(line, start + 15) }
            if line.has("Delayed: ", at: start) { return GatewayDelivery.attempt(.delayed, line, start + 9) }
            if line.has("Double bounce: ", at: start) {
                return GatewayDelivery.attempt(.doubleBounced, line, start + 15)
            }
            if line.has("DNS ", at: start) { return .system }
        case 0x42:  // B
            if line.has("Bounced: ", at: start) { return GatewayDelivery.attempt(.bounced, line, start + 9) }
            if line.has("Begin Logfile", at: start) { return .system }
        case 0x4E:  // N
            if line.has("New ", at: start) { return opened(line, start + 4) }
        case 0x53:  // S
            if line.has("Start MID ", at: start) { return started(line, start + 10) }
            if line.has("SMTP Auth", at: start) { return authentication(line, start + 9) }
            if line.has("SMTP server connection killed ICID: ", at: start) {
                return id(line, start + 36).map { .connection(icid: $0.value, .lost, start..<line.count) } ?? .unknown
            }
            if line.has("Status: ", at: start) || line.has("SenderBase ", at: start) { return .system }
        case 0x43:  // C
            if line.has("Connection Error: ", at: start) { return GatewayDelivery.failed(line, start + 18) }
            if line.has("CASE ", at: start) { return .system }
        case 0x45:  // E
            if line.has("EUQ: ", at: start) { return spamQuarantine(line, start + 5) }
            if line.has("End Logfile", at: start) { return .system }
        case 0x52:  // R
            if line.has("RPC ", at: start) { return remoteCall(line, start + 4) }
        case 0x4C:  // L
            if line.has("LDAP: ", at: start) { return directory(line, start + 6) }
        case 0x50:  // P
            if line.has("Possible Delivery: ", at: start), let (dcid, after) = GatewayDelivery.dcid(line, start + 19),
                line.has("MID ", at: after), let mid = id(line, after + 4)
            {
                return .deliveryStarted(dcid: dcid, mid: mid.value, quarantine: false)
            }
        case 0x54:  // T
            if line.has("Time offset ", at: start) { return .system }
        case 0x56:  // V
            if line.has("Version: ", at: start) { return .system }
        default: break
        }
        return .unknown
    }

    /// A number that is a whole word, and the place after the blank behind it, or the end of the line.
    static func id(_ line: Span<UInt8>, _ index: Int) -> (value: UInt64, next: Int)? {
        guard let (value, end) = line.number(at: index) else { return nil }
        if end == line.count { return (value, end) }
        return line[end] == 0x20 ? (value, end + 1) : nil
    }

    /// `New SMTP ICID 6 interface Management (10.0.0.1) address 10.2.3.4 reverse dns host mx.example verified no`
    private static func opened(_ line: Span<UInt8>, _ index: Int) -> GatewayEvent {
        guard line.has("SMTP ", at: index) || line.has("smtp ", at: index) else { return .unknown }
        let incoming = line.has("ICID ", at: index + 5)
        guard incoming || line.has("DCID ", at: index + 5), let (id, next) = id(line, index + 10) else {
            return .unknown
        }
        guard let label = line.index(of: " address ", from: next - 1) else {
            return incoming
                ? .opened(icid: id, address: 0..<0, name: 0..<0, verified: true)
                : .deliveryOpened(dcid: id, address: 0..<0)
        }
        let begin = label + 9
        let end = line.index(of: 0x20, from: begin) ?? line.count
        guard incoming else { return .deliveryOpened(dcid: id, address: begin..<end) }
        guard line.has(" reverse dns host ", at: end) else {
            return .opened(icid: id, address: begin..<end, name: 0..<0, verified: true)
        }
        let nameEnd = line.lastIndex(of: " verified ", from: end + 18) ?? line.count
        return .opened(
            icid: id, address: begin..<end, name: (end + 18)..<nameEnd, verified: !line.has("no", at: nameEnd + 10))
    }

    /// `Start MID 24611498 ICID 60140296`, `Start MID 9 ICID 0 (ISQ Notification)`
    private static func started(_ line: Span<UInt8>, _ index: Int) -> GatewayEvent {
        guard let (mid, next) = id(line, index), line.has("ICID ", at: next), let (icid, _) = id(line, next + 5) else {
            return .unknown
        }
        return .started(mid: mid, icid: icid)
    }

    /// `SMTP Auth: (ICID 30) succeeded for user: …`, older without the colon.
    private static func authentication(_ line: Span<UInt8>, _ index: Int) -> GatewayEvent {
        let open = line.has(":", at: index) ? index + 1 : index
        guard line.has(" (ICID ", at: open), let (icid, end) = line.number(at: open + 7), line.has(") ", at: end) else {
            return .unknown
        }
        return .connection(
            icid: icid, line.has("failed", at: end + 2) ? .authenticationFailed : .authenticated,
            line.rest(from: end + 2))
    }

    private static func connection(_ line: Span<UInt8>, _ index: Int) -> GatewayEvent {
        guard let (icid, next) = id(line, index), next < line.count else { return .unknown }
        let rest = line.rest(from: next)
        let fact: GatewayEvent.ConnectionFact
        switch line[next] {
        case 0x63: fact = line.has("close", at: next) ? .closed : .other
        case 0x6C: fact = line.has("lost", at: next) ? .lost : .other
        case 0x64: fact = line.has("disconnected ", at: next) ? .idle : .other
        case 0x54:
            if line.has("TCPREFUSE ", at: next) { return .policy(icid: icid, .refuse, line.rest(from: next + 10)) }
            fact = line.has("TLS success", at: next) ? .tls : line.has("TLS ", at: next) ? .tlsFailed : .other
        case 0x43:
            fact = line.has("Connection from ", at: next) ? .lostBeforeBanner : .other
        case 0x44: fact = line.has("Delayed HAT REJECT", at: next) ? .rejectDelayed : .other
        case 0x4D:
            if line.has("MID ", at: next), let (mid, _) = id(line, next + 4) { return .linked(mid: mid, icid: icid) }
            fact = .other
        case 0x41:
            if line.has("ACCEPT ", at: next) { return .policy(icid: icid, .accept, line.rest(from: next + 7)) }
            fact = line.has("Address: ", at: next) ? .senderRejected : .other
        case 0x49:
            fact =
                line.has("Invalid sender ", at: next)
                ? .senderRejected
                : line.has("Injection Failed: ", at: next) ? .receivingFailed : .other
        case 0x52:
            if line.has("RELAY ", at: next) { return .policy(icid: icid, .relay, line.rest(from: next + 6)) }
            if line.has("REJECT ", at: next) { return .policy(icid: icid, .reject, line.rest(from: next + 7)) }
            fact = line.has("Receiving Failed: ", at: next) ? .receivingFailed : .other
        default: fact = .other
        }
        return .connection(icid: icid, fact, rest)
    }

    private static func delivery(_ line: Span<UInt8>, _ index: Int) -> GatewayEvent {
        guard let (dcid, next) = id(line, index), next < line.count else { return .unknown }
        let rest = line.rest(from: next)
        if line.has("close", at: next) { return .delivery(dcid: dcid, .closed, rest) }
        if line.has("TLS success", at: next) { return .delivery(dcid: dcid, .tls, rest) }
        if line.has("TLS ", at: next) || line.has("STARTTLS ", at: next) {
            return .delivery(dcid: dcid, .tlsFailed, rest)
        }
        if line.has("IP ", at: next), let words = line.index(of: "TLS was required", from: next) {
            return .delivery(dcid: dcid, .tlsFailed, line.rest(from: words))
        }
        return .delivery(dcid: dcid, .other, rest)
    }

    /// `ISQ: Tagging MID 5 for quarantine`, `EUQ: Quarantined MID 5`, `EUQ: Reinjected MID 4433 as MID 4449`
    private static func spamQuarantine(_ line: Span<UInt8>, _ index: Int) -> GatewayEvent {
        if line.has("Tagging MID ", at: index), let (mid, _) = id(line, index + 12) {
            return .message(mid: mid, .spamTagged, index..<line.count)
        }
        if line.has("Quarantined MID ", at: index), let (mid, _) = id(line, index + 16) {
            return .message(mid: mid, .spamQuarantined, index..<line.count)
        }
        if line.has("Reinjected MID ", at: index), let (mid, next) = id(line, index + 15),
            line.has("as MID ", at: next),
            let (child, _) = id(line, next + 7)
        {
            return .derived(.reinjected, parent: mid, child: child, owner: mid)
        }
        return .unknown
    }

    /// `RPC Delivery start RCID 7 MID 5 to local IronPort Spam Quarantine`, `RPC Message done RCID 7 MID 5`
    private static func remoteCall(_ line: Span<UInt8>, _ index: Int) -> GatewayEvent {
        guard let label = line.index(of: "RCID ", from: index), let (_, next) = id(line, label + 5),
            line.has("MID ", at: next), let (mid, _) = id(line, next + 4)
        else { return .unknown }
        return .message(mid: mid, .other, index..<line.count)
    }

    /// `LDAP: Drop query CORP.ldapaccept MID 34 RID 1 address a@b`, `LDAP: unable to process, MID 4 requeued`
    private static func directory(_ line: Span<UInt8>, _ index: Int) -> GatewayEvent {
        guard let label = line.index(of: "MID ", from: index), label > index, line[label - 1] == 0x20,
            let (mid, _) = id(line, label + 4)
        else { return .unknown }
        let fact: GatewayEvent.MessageFact =
            line.has("Drop ", at: index)
            ? .ldapDropped : line.has("Bounce ", at: index) ? .ldapBounced : .requeued
        return .message(mid: mid, fact, line.rest(from: index))
    }

    /// `Message finished MID 5 done`, `Message aborted MID 5 Dropped by CASE`, `Message done DCID 3 MID 5 to RID [0]`
    private static func wholeMessage(_ line: Span<UInt8>, _ index: Int) -> GatewayEvent {
        if line.has("done ", at: index) { return GatewayDelivery.done(line, index + 5) }
        if line.has("finished MID ", at: index), let (mid, next) = id(line, index + 13) {
            return .message(mid: mid, .finished, line.rest(from: next))
        }
        if line.has("aborted MID ", at: index), let (mid, next) = id(line, index + 12) {
            return .message(mid: mid, .aborted, line.rest(from: next))
        }
        if let (mid, next) = id(line, index), line.has("to RID ", at: next) {
            return .message(mid: mid, .pending, line.rest(from: next))
        }
        return .unknown
    }

    private static func message(_ line: Span<UInt8>, _ index: Int) -> GatewayEvent {
        guard let (mid, next) = id(line, index), next < line.count else { return .unknown }
        return GatewayMessage.event(line, mid, next)
    }
}
