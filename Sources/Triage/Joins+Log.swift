import MailLog
import MailVocabulary
import SMTP

/// One of our sessions as a server's log has it.
public struct SessionTrace: Hashable, Sendable {
    /// What tied the two together.
    public enum Link: Hashable, Sendable {
        /// The id in the reply that took the message.
        case acceptance(AcceptanceID)
        /// The Message-ID header field of our message.
        case messageID(String)
        /// The ENVID of our MAIL command.
        case envelopeID(String)
        /// Our address, and the moment at which we connected.
        case address(IPAddress)
    }

    /// The connection that was ours.
    public var trace: Trace
    /// How it was found.
    public var link: Link

    /// False where only address and time speak for it: another client behind the same address may have connected then.
    public var isCertain: Bool {
        switch link {
        case .acceptance, .messageID, .envelopeID: true
        case .address: false
        }
    }

    /// `found by MID 214, which the reply to the message named`
    public var words: String { phrase.description }

    /// The same, waiting for its language.
    public var phrase: Phrase {
        switch link {
        case .acceptance(let id): "found by \(id), which the reply to the message named"
        case .messageID(let id): "found by the Message-ID \(id) of our message"
        case .envelopeID(let id): "found by the ENVID \(id) of our MAIL command"
        case .address(let address):
            "probably this one: it came from our address \(address) nearest to when we connected"
        }
    }
}

extension SessionRecord {
    /// Every id that the reply to our last accepted message named, the most telling first.
    public var lastAcceptanceIDs: [AcceptanceID] {
        for event in events.reversed() {
            guard case .received(let reply, .endOfData, _, _, _) = event.fact else { continue }
            let ids = AcceptanceID.all(in: reply)
            if !ids.isEmpty { return ids }
        }
        return []
    }

    /// Our wall clock when the session began, as the test message's Date field tells it.
    public var beganAt: Timestamp? { Timestamp(mailDate: plan.message.date) }

    /// From the session's start to its connection.
    public var connectedAfter: Duration? {
        for event in events { if case .connected = event.fact { return event.at } }
        return nil
    }

    private var hasSentMessage: Bool {
        events.contains { if case .sentMessage = $0.fact { true } else { false } }
    }

    /// ENVID went out with a MAIL command of this session.
    private var hasSentEnvelopeID: Bool {
        events.contains {
            if case .sent(.sender, let line, _) = $0.fact { line.contains(" ENVID=") } else { false }
        }
    }

    /// This session in a server's log: by the id in its 250, by our Message-ID or ENVID, or else by our address and the time.
    /// - Returns: nothing when the log has none of these, or has them of another envelope.
    public func find(in index: TraceIndex) -> SessionTrace? {
        for id in lastAcceptanceIDs {
            guard let trace = index.traces(for: id).last(where: { isOurs($0, id) }) else { continue }
            return SessionTrace(trace: trace, link: .acceptance(id))
        }
        let name = plan.message.messageID
        if hasSentMessage, !name.isEmpty, let trace = index.traces(matching: "<\(name)>").last {
            return SessionTrace(trace: trace, link: .messageID("<\(name)>"))
        }
        if let id = plan.mail.envelopeID, !id.isEmpty, hasSentEnvelopeID,
            let trace = nearest(index.traces(envelopeID: id))
        {
            return SessionTrace(trace: trace, link: .envelopeID(id))
        }
        guard let address = local?.address else { return nil }
        let ours = index.traces(matching: address.description)
        return nearest(ours).map { SessionTrace(trace: $0, link: .address(address)) }
    }

    /// Two gateways hand out the same numbers: the envelope must be ours.
    private func isOurs(_ trace: Trace, _ id: AcceptanceID) -> Bool {
        let (sender, recipients) = sentEnvelope
        guard let message = trace.messages.first(where: { $0.key.description == id.description }) else { return true }
        if !message.sender.isEmpty, message.sender.lowercased() != sender.lowercased() { return false }
        let logged = Set(message.recipients.map { $0.address.lowercased() }.filter { !$0.isEmpty })
        return logged.isEmpty || recipients.isEmpty || recipients.contains { logged.contains($0.lowercased()) }
    }

    /// Of several connections the one that began nearest to ours. Zones differ by whole quarters of an hour, so the rest of the
    /// difference decides; without a clock of our own, the last one.
    private func nearest(_ traces: [Trace]) -> Trace? {
        guard let began = beganAt, let after = connectedAfter else { return traces.last }
        let ours = began.utc + after.components.seconds
        let ranked = traces.compactMap { trace -> (trace: Trace, rest: Int64)? in
            guard let stamp = trace.facts.began else { return nil }
            let skew = stamp.skew(from: ours)
            guard abs(skew) <= 15 * 3600 else { return nil }
            let zone = (skew + (skew < 0 ? -450 : 450)) / 900 * 900
            return (trace, abs(skew - zone))
        }
        return ranked.min { $0.rest < $1.rest }?.trace
    }
}

extension TraceIndex {
    /// The stories of the messages that have the id that a server's reply named, the latest last.
    public func traces(for id: AcceptanceID) -> [Trace] {
        switch id {
        case .mid(let number): return traces(for: TraceKey.mid(number))
        case .queueID(let text):
            let found = traces(for: TraceKey.queueID(text))
            // Exchange names the message by its Message-ID too.
            return found.isEmpty && text.contains("@") ? traces(matching: "<\(text)>") : found
        }
    }
}
