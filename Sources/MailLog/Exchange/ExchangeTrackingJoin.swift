/// Joins the lines of Exchange's message tracking log into the graph.
extension LogGraph {
    mutating func join(_ tracking: ExchangeTrackingLine, _ line: Span<UInt8>) {
        guard !tracking.isHead else { return }
        let isNew = tracking.event == .received || tracking.event == .notified
        let index = exchangeMessage(line, number: tracking.internalID, id: tracking.messageID, isNew: isNew)
        describe(index, tracking, line)
        switch tracking.event {
        case .received: arrive(index, tracking, line)
        case .submitted:
            messages[index].flags.insert(.bySubmission)
        case .sent, .sentExternally, .delivered, .deliveredTwice:
            let session = ExchangeText.session(line, leading: tracking.sourceContext)
            let isSession = tracking.event == .sent && !session.isEmpty
            let delivery = isSession ? Int32(exchangeDelivery(ExchangeText.number(line, session))) : -1
            if isSession { _ = carry(index, over: ExchangeText.number(line, session)) }
            messages[index].flags.insert(.attempted)
            settle(index, .delivered, tracking, line, over: delivery)
        case .deferred, .deferredAtSubmission, .deferredAgain, .throttled:
            messages[index].flags.insert([.attempted, .delayed])
            settle(index, .delayed, tracking, line)
        case .failed, .failedAtSubmission, .failedAgain:
            let isExpired = ["4.4.7", "Expired", "expired"].contains {
                DialogueText.holds(line, tracking.statuses, $0)
            }
            messages[index].flags.insert(.attempted)
            settle(index, isExpired ? .expired : .bounced, tracking, line)
        case .notified: notify(index, tracking, line)
        case .expanded, .redirected, .resolved: readdress(index, tracking, line)
        case .dropped, .bad:
            messages[index].flags.insert([.dropped, .filtered])
            messages[index].reason = texts.keep(line, reason(tracking, line))
        case .poison:
            messages[index].flags.insert(.held)
            messages[index].reason = texts.keep(line, reason(tracking, line))
        case .agent, .transferred, .other: break
        }
        own(message: index)
    }

    /// What any line says of its message.
    private mutating func describe(_ index: Int, _ tracking: ExchangeTrackingLine, _ line: Span<UInt8>) {
        if messages[index].sender.isEmpty, !ExchangeTrackingJoin.isNull(line, tracking.returnPath) {
            let path = tracking.returnPath.isEmpty ? tracking.sender : tracking.returnPath
            messages[index].sender = texts.keep(line, path)
        }
        if messages[index].subject.isEmpty { messages[index].subject = texts.keep(line, tracking.subject) }
    }

    private mutating func arrive(_ index: Int, _ tracking: ExchangeTrackingLine, _ line: Span<UInt8>) {
        let isKnown = messages[index].flags.contains(.queued)
        messages[index].flags.insert([.started, .received])
        for address in ExchangeText.parts(line, tracking.recipients) { _ = recipient(line, address, of: index) }
        let session = ExchangeText.session(line, leading: tracking.sourceContext)
        if line.has("SMTP", at: tracking.source.lowerBound), !session.isEmpty {
            let connection = self.session(line, session)
            keepClient(connection, line, address: tracking.clientAddress, name: tracking.clientName)
            attach(index, to: connection)
        } else if messages[index].connection < 0 {
            messages[index].flags.insert(.bySubmission)
        }
        if !isKnown { enqueue(index) }
    }

    /// A delivery status notification about another message, which the reference names.
    private mutating func notify(_ index: Int, _ tracking: ExchangeTrackingLine, _ line: Span<UInt8>) {
        messages[index].flags.insert([.started, .bySubmission])
        for address in ExchangeText.parts(line, tracking.recipients) { _ = recipient(line, address, of: index) }
        let reference = ExchangeText.parts(line, tracking.reference).first ?? 0..<0
        guard !reference.isEmpty else { return }
        derive(index, from: exchangeMessage(line, number: 0..<0, id: reference), .bounce)
    }

    /// A distribution group was expanded, or an address replaced: the new recipients take the old one's place.
    private mutating func readdress(_ index: Int, _ tracking: ExchangeTrackingLine, _ line: Span<UInt8>) {
        var old = tracking.related.isEmpty ? nil : Int?(recipient(line, tracking.related, of: index))
        for address in ExchangeText.parts(line, tracking.recipients) {
            if let place = old, recipients[place].outcome == .pending {
                recipients[place].address = texts.keep(line, address)
                old = nil
            } else {
                _ = recipient(line, address, of: index)
            }
        }
    }

    private mutating func settle(
        _ index: Int, _ outcome: Trace.Outcome, _ tracking: ExchangeTrackingLine, _ line: Span<UInt8>,
        over delivery: Int32 = -1
    ) {
        let addresses = ExchangeText.parts(line, tracking.recipients)
        let statuses = ExchangeText.parts(line, tracking.statuses)
        let relay = tracking.serverName.isEmpty ? tracking.serverAddress : tracking.serverName
        for (place, address) in addresses.enumerated() {
            // A status may hold semicolons of its own: only a list of the same length is one status a recipient.
            let status = statuses.count == addresses.count ? statuses[place] : tracking.statuses
            let recipient = recipient(line, address, of: index)
            let detail = ExchangeText.lastError(line, status.isEmpty ? tracking.sourceContext : status)
            settle(
                recipient, outcome, line, relay: outcome == .delivered ? relay : 0..<0,
                detail: outcome == .delivered && status.isEmpty ? 0..<0 : detail)
            if delivery >= 0 { recipients[recipient].delivery = delivery }
        }
    }

    private func reason(_ tracking: ExchangeTrackingLine, _ line: Span<UInt8>) -> Range<Int> {
        let words = ExchangeText.lastError(line, tracking.statuses)
        if !words.isEmpty { return words }
        return tracking.sourceContext.isEmpty ? tracking.eventName : tracking.sourceContext
    }
}

enum ExchangeTrackingJoin {
    /// The null reverse-path `<>` (RFC 5321 §4.5.5).
    static func isNull(_ line: Span<UInt8>, _ path: Range<Int>) -> Bool {
        path.count == 2 && line.has("<>", at: path.lowerBound)
    }
}
