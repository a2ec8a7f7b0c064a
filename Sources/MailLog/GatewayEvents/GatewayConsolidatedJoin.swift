/// Joins a consolidated event into the graph: the same MID, ICID and DCID as in the text log, which may stand beside it.
extension LogGraph {
    mutating func join(_ event: GatewayConsolidatedLine, _ line: Span<UInt8>) {
        let (mid, icid, dcid) = (
            event.fields.number(line, "ESAMID"), event.fields.number(line, "ESAICID"),
            event.fields.number(line, "ESADCID")
        )
        if icid != 0 {
            let connection = connection(icid)
            let name = event.fields.value(line, ["sourceHostName", "shost"])
            let isUnknown = line.has("unknown", at: name.lowerBound) && name.count == 7
            keepClient(
                connection, line, address: event.fields.value(line, ["sourceAddress", "src"]),
                name: isUnknown ? 0..<0 : name)
            if !event.fields.value(line, "ESATLSInProtocol").isEmpty { connections[connection].flags.insert(.tls) }
            if mid == 0 { own(connection: connection) }
        }
        guard mid != 0 else { return }
        let index = message(mid)
        if icid != 0 { attach(index, to: connection(icid)) }
        describe(index, event, line)
        let delivery = dcid == 0 ? -1 : carry(index, over: dcid)
        let details = event.fields.value(line, "ESAFinalActionDetails")
        let outcome: Trace.Outcome
        switch event.action(line) {
        case .delivered: outcome = .delivered
        case .bounced: outcome = .bounced
        case .quarantined:
            outcome = .quarantined
            messages[index].flags.insert(.quarantined)
            keepReason(index, line, details)
        case .dropped:
            outcome = .pending
            messages[index].flags.formUnion(GatewayConsolidatedJoin.why(line, event))
            keepReason(index, line, details)
        case .aborted:
            outcome = .pending
            messages[index].flags.insert(.aborted)
            keepReason(index, line, details)
        case .other: outcome = .pending
        }
        for address in event.recipients(line) {
            let recipient = recipient(line, address, of: index)
            guard recipients[recipient].outcome == .pending, outcome != .pending else { continue }
            settle(recipient, outcome, line, relay: 0..<0, detail: outcome == .quarantined ? 0..<0 : details)
            recipients[recipient].delivery = delivery
        }
        own(message: index)
    }

    private mutating func describe(_ index: Int, _ event: GatewayConsolidatedLine, _ line: Span<UInt8>) {
        messages[index].flags.insert(.received)
        if messages[index].sender.isEmpty {
            messages[index].sender = texts.keep(line, event.fields.value(line, "suser"))
        }
        if messages[index].subject.isEmpty {
            let subject = event.fields.value(line, "msg")
            let isQuoted =
                subject.count >= 2 && line[subject.lowerBound] == 0x27 && line[subject.upperBound - 1] == 0x27
            messages[index].subject = texts.keep(
                line, isQuoted ? (subject.lowerBound + 1)..<(subject.upperBound - 1) : subject)
        }
        if messages[index].messageID.isEmpty { messages[index].messageID = texts.keep(line, event.messageID(line)) }
    }

    private mutating func keepReason(_ index: Int, _ line: Span<UInt8>, _ words: Range<Int>) {
        if messages[index].reason.isEmpty { messages[index].reason = texts.keep(line, words) }
    }
}

enum GatewayConsolidatedJoin {
    /// What dropped the message, by the verdicts in the event.
    static func why(_ line: Span<UInt8>, _ event: GatewayConsolidatedLine) -> MessageNode.Flags {
        func isPositive(_ name: String, _ words: [String]) -> Bool {
            let value = event.fields.value(line, name)
            return words.contains { line.has($0, at: value.lowerBound) && value.count == $0.utf8.count }
        }
        if isPositive("ESAAVVerdict", ["POSITIVE"]) { return [.dropped, .virus] }
        if isPositive("ESAAMPVerdict", ["MALICIOUS", "FA_MALICIOUS", "MALWARE"]) { return [.dropped, .malware] }
        if isPositive("ESAASVerdict", ["POSITIVE", "SUSPECT", "SPAM"]) { return [.dropped, .spam] }
        return [.dropped, .filtered]
    }
}
