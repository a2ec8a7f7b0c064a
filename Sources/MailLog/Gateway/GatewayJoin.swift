/// Joins the lines of a Cisco ESA into the graph: ICID to MID to RID and DCID, MID to MID.
extension LogGraph {
    mutating func join(_ gateway: GatewayLine, _ line: Span<UInt8>) {
        switch gateway.event {
        case .opened(let icid, let address, let name, let verified):
            let index = openConnection(icid, kind: .gateway)
            note(client: PackedAddress(line, address) ?? PackedAddress(), of: index)
            connections[index].name = texts.keep(line, name)
            if !verified { connections[index].flags.insert(.unverified) }
            own(connection: index)
        case .policy(let icid, let policy, let words):
            let index = policy == .refuse ? openConnection(icid, kind: .tcpRefused) : connection(icid)
            connections[index].policy = texts.keep(line, words)
            if policy == .reject { connections[index].flags.insert(.hatRejected) }
            own(connection: index)
        case .connection(let icid, let fact, let words):
            let index = connection(icid)
            note(fact, of: index, line, words)
            own(connection: index)
        case .started(let mid, let icid):
            let index = startMessage(mid)
            if icid != 0 { attach(index, to: connection(icid)) }
            own(message: index)
        case .sender(let mid, let icid, let address):
            let index = message(mid, icid: icid)
            if messages[index].sender.isEmpty { messages[index].sender = texts.keep(line, address) }
            own(message: index)
        case .recipient(let mid, let icid, let rid, let address):
            let index = message(mid, icid: icid)
            let recipient = recipient(rid, of: index)
            if recipients[recipient].address.isEmpty { recipients[recipient].address = texts.keep(line, address) }
            own(message: index)
        case .recipientRejected(let mid, let icid, let address, let reason):
            let index = message(mid, icid: icid)
            let recipient = recipient(UInt32.max - UInt32(truncatingIfNeeded: recipients.count), of: index)
            recipients[recipient].address = texts.keep(line, address)
            recipients[recipient].outcome = .rejected
            recipients[recipient].detail = texts.keep(line, reason)
            messages[index].flags.insert(
                line.has("RAT", at: reason.lowerBound)
                    ? .rejectedByTable
                    : line.has("LDAP", at: reason.lowerBound) ? .rejectedByDirectory : .rejectedByLimit)
            own(message: index)
        case .linked(let mid, let icid): own(message: message(mid, icid: icid))
        case .message(let mid, let fact, let words):
            let index = message(mid)
            note(fact, ofMessage: index, line, words)
            own(message: index)
        case .derived(let relation, let parent, let child, let owner):
            let (parent, child) = (message(parent), message(child))
            derive(child, from: parent, relation)
            own(message: owner == messages[child].id ? child : parent)
        case .deliveryStarted(let dcid, let mid, let quarantine):
            let index = message(mid)
            _ = carry(index, over: dcid)
            if quarantine { messages[index].flags.insert(.spamQuarantined) }
            own(message: index)
        case .delivered(let dcid, let mid, let rids, let quarantine):
            let index = message(mid)
            let delivery = carry(index, over: dcid)
            for rid in GatewayJoin.rids(line, rids) {
                set(recipient(rid, of: index), quarantine ? .quarantined : .delivered, over: delivery)
            }
            if quarantine { messages[index].flags.insert(.spamQuarantined) }
            own(message: index)
        case .response(let mid, let rids, let words):
            let index = message(mid)
            let reply = texts.keep(line, words)
            for rid in GatewayJoin.rids(line, rids) { recipients[recipient(rid, of: index)].detail = reply }
            own(message: index)
        case .attempt(let kind, let dcid, let mid, let rid, let address, let words):
            joinAttempt(kind, dcid, mid, rid, address, line, words)
        case .deliveryOpened(let dcid, let address):
            let index = openDelivery(dcid)
            deliveries[index].address = PackedAddress(line, address) ?? PackedAddress()
            own(delivery: index)
        case .delivery(let dcid, let fact, let words):
            let index = delivery(dcid)
            switch fact {
            case .tls: deliveries[index].tls = true
            case .tlsFailed:
                trouble(index, .tls)
                deliveries[index].reason = texts.keep(line, words)
            case .closed, .other: break
            }
            own(delivery: index)
        case .connectionError(let dcid, let domain, let reason):
            let index = delivery(dcid)
            trouble(index, .connection)
            deliveries[index].domain = texts.keep(line, domain)
            deliveries[index].reason = texts.keep(line, reason)
            own(delivery: index)
        case .system, .unknown: break
        }
    }

    /// The message of a line that also names its connection.
    private mutating func message(_ mid: UInt64, icid: UInt64) -> Int {
        let index = message(mid)
        if icid != 0 { attach(index, to: connection(icid)) }
        return index
    }

    private mutating func set(_ recipient: Int, _ outcome: Trace.Outcome, over delivery: Int32) {
        recipients[recipient].outcome = outcome
        recipients[recipient].delivery = delivery
        recipients[recipient].at = now
    }

    private mutating func joinAttempt(
        _ kind: GatewayEvent.Attempt, _ dcid: UInt64, _ mid: UInt64, _ rid: UInt32, _ address: Range<Int>,
        _ line: Span<UInt8>, _ words: Range<Int>
    ) {
        let index = message(mid)
        let delivery = carry(index, over: dcid)
        let recipient = recipient(rid, of: index)
        if recipients[recipient].address.isEmpty { recipients[recipient].address = texts.keep(line, address) }
        recipients[recipient].detail = texts.keep(line, words)
        switch kind {
        case .delayed:
            set(recipient, .delayed, over: delivery)
            recipients[recipient].wasDelayed = true
            messages[index].flags.insert(.delayed)
            awaitDelivery(index)
        case .bounced:
            let expired = line.index(of: "expired", from: words.lowerBound) != nil
            set(recipient, expired ? .expired : .bounced, over: delivery)
        case .doubleBounced:
            set(recipient, .bounced, over: delivery)
            messages[index].flags.insert(.doubleBounced)
            if messages[index].parent >= 0 { messages[Int(messages[index].parent)].flags.insert(.doubleBounced) }
        }
        own(message: index)
    }

    private mutating func note(
        _ fact: GatewayEvent.ConnectionFact, of index: Int, _ line: Span<UInt8>, _ words: Range<Int>
    ) {
        connections[index].until = now
        let flag: ConnectionNode.Flags
        switch fact {
        case .closed:
            connections[index].flags.insert(.closed)
            return
        case .lost:
            connections[index].flags.insert(.lost)
            return
        case .tls: flag = .tls
        case .authenticated: flag = .authSucceeded
        case .other: return
        case .tlsFailed: flag = .tlsFailed
        case .authenticationFailed: flag = .authFailed
        case .senderRejected: flag = .senderRejected
        case .rejectDelayed: flag = .hatRejectDelayed
        case .idle: flag = .idle
        case .lostBeforeBanner: flag = .lostBeforeBanner
        case .receivingFailed:
            flag =
                line.index(of: "size exceeds", from: words.lowerBound) != nil
                ? .tooBig : line.index(of: "limit", from: words.lowerBound) != nil ? .throttled : .refused
        }
        connections[index].flags.insert(flag)
        connections[index].reason = texts.keep(line, words)
    }

    private mutating func note(
        _ fact: GatewayEvent.MessageFact, ofMessage index: Int, _ line: Span<UInt8>, _ words: Range<Int>
    ) {
        var flag: MessageNode.Flags = []
        switch fact {
        case .messageID:
            if messages[index].messageID.isEmpty { messages[index].messageID = texts.keep(line, words) }
        case .subject: if messages[index].subject.isEmpty { messages[index].subject = texts.keep(line, words) }
        case .ready: flag = .received
        case .queued: enqueue(index)
        case .quarantined: flag = .quarantined
        case .released:
            flag = .released
        case .deleted: flag = .deleted
        case .spamTagged: break
        case .spamQuarantined: flag = .spamQuarantined
        case .ldapDropped: flag = .ldapDropped
        case .ldapBounced: flag = .ldapBounced
        case .dropped: flag = [.dropped, .filtered]
        case .dmarcRejected: flag = .dmarcRejected
        case .aborted: flag = GatewayJoin.abortion(line, words)
        case .finished: flag = .finished
        case .scanned: messages[index].scans.formUnion(ScanVerdicts.gateway(line, words))
        case .requeued, .pending, .other: break
        }
        guard flag != [] else { return }
        messages[index].flags.insert(flag)
        if fact == .quarantined {
            messages[index].flags.subtract([.released, .deleted])
            messages[index].queuedAt = now
        }
        if fact != .finished, fact != .ready, fact != .released { messages[index].reason = texts.keep(line, words) }
    }
}

/// Small readings of the gateway's words.
enum GatewayJoin {
    /// `[0, 1]` as numbers, at most a thousand of them.
    static func rids(_ line: Span<UInt8>, _ range: Range<Int>) -> [UInt32] {
        var (rids, index) = ([UInt32](), range.lowerBound)
        while index < range.upperBound, rids.count < 1000 {
            if let (rid, end) = line.number(at: index), rid < UInt32.max {
                rids.append(UInt32(rid))
                index = end
            } else {
                index += 1
            }
        }
        return rids
    }

    /// What `Message aborted MID n …` says: who threw the message away.
    static func abortion(_ line: Span<UInt8>, _ words: Range<Int>) -> MessageNode.Flags {
        let at = words.lowerBound
        if line.has("Receiving aborted by sender", at: at) { return [.aborted, .abortedBySender] }
        if line.has("Receiving aborted", at: at) { return .aborted }
        if line.has("Bounced by ", at: at) { return .bouncedByFilter }
        guard line.has("Dropped by ", at: at) else { return .aborted }
        if line.has("CASE", at: at + 11) { return [.dropped, .spam] }
        if line.has("antivirus", at: at + 11) { return [.dropped, .virus] }
        if line.has("amp", at: at + 11) { return [.dropped, .malware] }
        return [.dropped, .filtered]
    }
}
