import MailVocabulary

/// What a server did with a smuggling probe, told from its replies alone.
public struct SmugglingVerdict: Hashable, Sendable {
    public enum Outcome: String, Hashable, Sendable, CaseIterable {
        /// It ended the message at the false end and took the second one too.
        case twoMessages = "two-messages"
        /// It ended the message at the false end, and the second one did not come through.
        case endedEarly = "ended-early"
        /// It answered once: the false end was text to it.
        case oneMessage = "one-message"
        /// It took nothing.
        case refused
        /// The replies do not tell.
        case unknown
        /// The session ended before the probe went out.
        case notSent = "not-sent"
    }

    public let probe: SmugglingProbe
    public let outcome: Outcome
    /// How many messages the server took.
    public let messagesTaken: Int
    /// Every reply from the message to the 221, in order.
    public let replies: [Reply]

    /// `nil` when the session's message is no probe.
    public init?(_ record: SessionRecord) {
        guard let probe = record.plan.message.probe else { return nil }
        var replies: [Reply] = []
        var isSent = false
        for event in record.events {
            switch event.fact {
            case .sentMessage: isSent = true
            case .received(let reply, .endOfData, _, _, _) where isSent: replies.append(reply)
            case .received(let reply, .other, _, _, _) where isSent: replies.append(reply)
            case .resolved, .connecting, .connected, .sent, .replyBegan, .received, .secured, .oddity, .waiting,
                .gaveUp,
                .closed, .note:
                break
            }
        }
        self.init(probe, replies: replies, isSent: isSent)
    }

    /// - Parameter replies: Those that came after the message and before the 221 to QUIT.
    init(_ probe: SmugglingProbe, replies: [Reply], isSent: Bool) {
        (self.probe, self.replies) = (probe, replies)
        // To the false end, then to MAIL, RCPT, DATA and the true end.
        let granted = replies.map { $0.isPositive && $0.code.severity == .success }
        let hasSecond = replies.count == 5 && granted[4] && replies[3].code == 354
        messagesTaken = (granted.first == true ? 1 : 0) + (hasSecond ? 1 : 0)
        outcome =
            switch replies.count {
            case 0: isSent ? .unknown : .notSent
            case 1: granted[0] ? .oneMessage : .refused
            default: hasSecond ? .twoMessages : .endedEarly
            }
    }

    /// The server ended a message where there is no end.
    public var isFooled: Bool {
        guard probe.name != SmugglingProbe.control.name else { return false }
        return outcome == .twoMessages || outcome == .endedEarly
    }

    /// What it means and what to do next, for the operator.
    public var words: String {
        let sequence = probe.sequence
        switch outcome {
        case .notSent: return "the probe was not sent: the session ended before it"
        case .unknown: return "no reply came after the message: whether the server took it, or two, is not known"
        case .refused: return "the server refused the message: \(sequence) does not pass here"
        case .oneMessage:
            if case .content = probe.kind {
                return "the server took the message with \(sequence) inside a line: look at what arrives, it may have "
                    + "been made a line end on the way"
            }
            if probe.name == SmugglingProbe.control.name {
                return "the server took one message where there were two: it does not read on behind the end, and no "
                    + "probe can tell anything here"
            }
            return "the server took one message: \(sequence) is text to it. Look into the mailbox: a second message, "
                + "“2 of 2”, means that a server behind this one takes it for an end"
        case .twoMessages:
            if probe.name == SmugglingProbe.control.name {
                return "the server took two messages, as it must: the other probes can be trusted here"
            }
            return "the server took two messages: it ends a message at \(sequence), and anybody's text can bring "
                + "another message with it. Update it, or have it refuse bare CR and LF"
        case .endedEarly:
            if probe.name == SmugglingProbe.control.name {
                return "the server ended the first message and did not take the second: it refuses commands that come "
                    + "too early, and would refuse smuggled ones too"
            }
            return
                "the server answered \(replies.count) times: it ends a message at \(sequence), though the second one "
                + "did not come through this time. Update it, or have it refuse bare CR and LF"
        }
    }
}
