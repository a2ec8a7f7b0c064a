import MailLog
import MailVocabulary
import SMTP

/// What the explanation panel is asked about.
public enum ExplanationSubject: Hashable, Sendable {
    /// An event of a session, both by index.
    case event(session: Int, event: Int)
    /// A keyword of an EHLO reply.
    case keyword(String)
    /// A line of the log, by its ordinal.
    case logLine(Int)
    /// A reply that the operator typed or pasted.
    case pasted(String)
    /// A reply that a bounce quotes: of a server that is not the session's.
    case bounced(String)
}

extension Incident {
    /// The question for the catalogue; `nil` when there is nothing in the subject to explain.
    public func query(for subject: ExplanationSubject) -> ReplyQuery? {
        switch subject {
        case .event(let session, let event):
            guard sessions.indices.contains(session) else { return nil }
            return sessions[session].query(forEvent: event)
        case .keyword(let keyword):
            return ReplyQuery(reply: "", stage: .hello, vendor: session?.vendor, event: "keyword:\(keyword)")
        case .logLine(let ordinal):
            guard let log, let line = log[ordinal], let record = LogFormat.record(of: line.bytes),
                let reply = record.reply
            else { return nil }
            return ReplyQuery(reply: reply)
        case .pasted(let text):
            return ReplyQuery(reply: text, vendor: session?.vendor)
        case .bounced(let text):
            return ReplyQuery(reply: text)
        }
    }
}

extension SessionRecord {
    /// The event that says most about how the session stands: the latest reply, or an event without a reply that came after it.
    public var tellingEvent: Int? {
        events.lastIndex {
            switch $0.fact {
            case .received, .closed, .waiting, .oddity, .gaveUp: true
            case .resolved, .connecting, .connected, .sent, .sentMessage, .replyBegan, .secured, .note: false
            }
        }.map { index in
            // A goodbye says less than what led to it.
            if case .closed(let reason, _) = events[index].fact, reason.isOrderly {
                return events[..<index].lastIndex { $0.fact.isReply || $0.fact.isWaiting } ?? index
            }
            return index
        }
    }

    /// The reply by which the server took the last message.
    public var acceptanceEvent: Int? {
        events.lastIndex {
            if case .received(let reply, .endOfData, _, _, _) = $0.fact { reply.isPositive } else { false }
        }
    }

    func query(forEvent index: Int) -> ReplyQuery? {
        guard events.indices.contains(index) else { return nil }
        switch events[index].fact {
        case .received(let reply, let stage, let command, let timing, let tls):
            // The words of such a reply would be explained as a yes or a no, which it is not.
            if let event = reply.oddities.lazy.compactMap(\.noVerdict).first, reply.code.severity != .permanent,
                reply.code.severity != .transient
            {
                return ReplyQuery(
                    reply: "", stage: stage.explained(by: command), vendor: vendor, event: event,
                    seconds: timing.lastByte.seconds)
            }
            return ReplyQuery(
                reply: reply.wireText, stage: stage.explained(by: command), vendor: vendor,
                seconds: timing.lastByte.seconds, insideTLS: tls)
        case .closed(let reason, let stage):
            if case .serviceClosing = reason {
                guard let last = events[..<index].lastIndex(where: { $0.fact.isReply }) else { return nil }
                return query(forEvent: last)
            }
            guard let event = reason.catalogueEvent(during: stage) else { return nil }
            // Which answer of the DNS it was stands in the words: SERVFAIL is another story than NXDOMAIN.
            let words = if case .notResolved(let words) = reason { words } else { "" }
            return ReplyQuery(reply: words, stage: stage, vendor: vendor, event: event)
        case .waiting(let stage, let passed, _):
            let event = stage == .connect ? "greeting-late" : "reply-timed-out"
            return ReplyQuery(reply: "", stage: stage, vendor: vendor, event: event, seconds: passed.seconds)
        case .gaveUp(let stage, let after, _):
            return ReplyQuery(
                reply: "", stage: stage, vendor: vendor, event: "reply-timed-out", seconds: after.seconds)
        case .secured(let facts, _):
            guard !facts.objections.isEmpty else { return nil }
            return ReplyQuery(reply: "", stage: .startTLS, vendor: vendor, event: "certificate-not-trusted")
        case .oddity(let oddity, let stage):
            guard let event = oddity.catalogueEvent else { return nil }
            return ReplyQuery(reply: "", stage: stage, vendor: vendor, event: event)
        case .resolved, .connecting, .connected, .sent, .sentMessage, .replyBegan, .note: return nil
        }
    }
}

extension SessionFact {
    /// True for a whole reply of the server.
    public var isReply: Bool { if case .received = self { true } else { false } }

    /// True while the operator was told that a reply is late.
    var isWaiting: Bool { if case .waiting = self { true } else { false } }
}

extension CloseReason {
    /// The catalogue's id of the event; `nil` where a reply tells the story or there is none.
    func catalogueEvent(during stage: SessionStage) -> String? {
        if leavesOutcomeUnknown(at: stage) { return "outcome-unknown" }
        switch self {
        case .notResolved: return "not-resolved"
        case .nullMX: return "null-mx"
        case .refused: return "refused"
        case .connectTimedOut: return "connect-timed-out"
        case .unreachable: return "unreachable"
        case .replyTimedOut(let stage): return stage == .connect ? "greeting-late" : "reply-timed-out"
        case .closedByServer(let stage): return stage == .connect ? "closed-before-greeting" : "closed-by-server"
        case .reset: return "reset"
        case .tls: return "tls-handshake-failed"
        case .protocolViolation(let oddity): return oddity.catalogueEvent
        case .timeIsUp(let stage): return stage == .connect ? "greeting-late" : "reply-timed-out"
        case .quit, .closedAfterQuit, .serviceClosing, .droppedByOperator, .unreadable, .failed: return nil
        }
    }
}

extension Oddity {
    /// The catalogue's id of the deviations that make a reply neither yes nor no, whatever its code and its words.
    var noVerdict: String? {
        if kind == .contradictoryCodes { return "contradictory-reply" }
        if kind == .undefinedCode { return "undefined-code" }
        return kind == .unexpectedCode ? "no-answer-to-the-command" : nil
    }

    /// The catalogue's id of the few deviations that stop a session by themselves.
    var catalogueEvent: String? {
        if kind == .bytesAfterStartTLS { return "bytes-after-starttls" }
        return kind == .wrongProtocol ? "wrong-protocol" : nil
    }
}

extension Duration {
    /// As a fraction, for conditions on time.
    var seconds: Double { Double(milliseconds) / 1000 }
}
