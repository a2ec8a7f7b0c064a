import MailVocabulary

/// What became of one connection: the verdict and the sentence over its messages, or for the want of them.
struct ConnectionStory {
    let verdict: String
    /// Waits for its language.
    let phrase: Phrase

    init(_ builder: TraceBuilder, _ root: TraceFinder.Root, _ stories: [MessageStory]) {
        guard case .connection(let index) = root else {
            verdict = stories.first?.verdict ?? "in-progress"
            phrase = stories.first?.message.phrase ?? ""
            return
        }
        let node = builder.graph.connections[index]
        let (texts, flags) = (builder.graph.texts, node.flags)
        let cut: Phrase =
            flags.haveBeginning || node.kind == .tcpRefused ? "" : "; the connection's beginning is not in this log"
        guard !stories.isEmpty else {
            verdict = ConnectionStory.verdict(flags, node.kind)
            let client = ConnectionStory.client(builder, node)
            let refused = ConnectionStory.refused(builder.graph, index)
            let reason = texts.string(node.reason)
            // Of most logs the reason names the recipient.
            let isNameless = refused.first.map { !reason.contains($0) } ?? false
            let story =
                verdict == "rcpt-rejected" && isNameless
                ? ConnectionStory.atRecipient(client, refused, reason)
                : ConnectionStory.phrase(verdict, client: client, policy: texts.string(node.policy), reason: reason)
            phrase = "\(story)\(ConnectionStory.ending(flags))\(cut)"
            return
        }
        verdict = ConnectionStory.verdict(stories)
        if stories.count == 1 {
            phrase = "\(stories[0].message.phrase)\(cut)"
        } else {
            let shown = Phrase.list(stories.prefix(5).map { $0.message.phrase })
            let more: Phrase = stories.count > 5 ? "; and \(stories.count - 5) more" : ""
            phrase = "\(stories.count) messages: \(shown)\(more)\(cut)"
        }
    }

    /// The one message's word; of several, the worst one's, or their number when all went well.
    private static func verdict(_ stories: [MessageStory]) -> String {
        if stories.count == 1 { return stories[0].verdict }
        if let bad = stories.first(where: { $0.message.outcome != .delivered }) { return bad.verdict }
        return stories.count == 2 ? "two-messages" : "many-messages"
    }

    /// The word for a connection that brought no message.
    static func verdict(_ flags: ConnectionNode.Flags, _ kind: ConnectionNode.Kind) -> String {
        if kind == .tcpRefused { return "tcp-refused" }
        return words.first { flags.contains($0.0) }?.1 ?? "open"
    }

    /// Of several facts about a connection that brought no message, the one that it is told by.
    static func deciding(_ flags: ConnectionNode.Flags) -> ConnectionNode.Flags? {
        words.first { flags.contains($0.0) }?.0
    }

    private static let words: [(ConnectionNode.Flags, String)] =
        [
            (.hatRejectDelayed, "hat-rejected-delayed"), (.hatRejected, "hat-rejected"),
            (.lostBeforeBanner, "lost-before-banner"), (.accepted, "accepted"), (.throttled, "throttled"),
            (.tooBig, "too-big"),
            (.listed, "rbl-rejected"), (.greylisted, "greylisted"), (.userUnknown, "user-unknown"),
            (.recipientRejected, "rcpt-rejected"), (.senderRejected, "sender-rejected"), (.refused, "refused"),
            (.authFailed, "auth-failed"), (.tlsFailed, "tls-in-failed"), (.idle, "idle-timeout"), (.lost, "lost"),
            (.closed, "no-message"),
        ]

    private static func client(_ builder: TraceBuilder, _ node: ConnectionNode) -> Phrase {
        let name = builder.graph.texts.string(node.name)
        let address = node.address.address.map { Phrase(quoting: $0.description) } ?? "a client that is not in this log"
        return name.isEmpty || name == "unknown" ? address : "\(address) (\(name))"
    }

    /// The recipients that the connection was refused, where a dialogue tells them.
    private static func refused(_ graph: LogGraph, _ index: Int) -> [String] {
        graph.refusedRecipients[index, default: []].map { graph.texts.string($0.address) }.filter { !$0.isEmpty }
    }

    private static func atRecipient(_ client: Phrase, _ refused: [String], _ reason: String) -> Phrase {
        refused.count == 1
            ? "\(client) was refused at RCPT for <\(refused[0])>: \(reason)"
            : "\(client) was refused at RCPT for \(refused.count) recipients, the first of them <\(refused[0])>: \(reason)"
    }

    /// How a dialogue ended; nothing of a log that has none.
    private static func ending(_ flags: ConnectionNode.Flags) -> Phrase {
        if flags.contains(.saidGoodbye) { return "; it ended with QUIT" }
        return flags.contains(.dialogue) && flags.isDisjoint(with: [.closed, .lost])
            ? "; its end is not in this log" : ""
    }

    private static func phrase(_ verdict: String, client: Phrase, policy: String, reason: String) -> Phrase {
        switch verdict {
        case "tcp-refused":
            "the gateway refused a connection at TCP; the log does not say whose: \(group(policy))"
        case "hat-rejected": "the gateway refused the connection from \(client) before any message: \(group(policy))"
        case "hat-rejected-delayed":
            "the gateway refuses \(client), but only at RCPT so that the recipient is logged: \(group(policy))"
        case "lost-before-banner":
            "\(client) gave up before the gateway's banner came: \(reason)"
        case "accepted":
            "the gateway took a message from \(client) without a word of its number: \(reason)"
        case "throttled": "the gateway refused \(client) because of a limit: \(reason)"
        case "too-big": "the gateway refused a message from \(client): \(reason)"
        case "rbl-rejected": "\(client) was refused because a block list names it: \(reason)"
        case "greylisted": "\(client) was told to come again later (greylisting): \(reason)"
        case "user-unknown": "\(client) was refused because the recipient does not exist: \(reason)"
        case "rcpt-rejected": "\(client) was refused at RCPT: \(reason)"
        case "sender-rejected": "\(client) was refused because of its sender address: \(reason)"
        case "refused": "the gateway refused what \(client) sent: \(reason)"
        case "auth-failed": "\(client) failed to log in: \(reason)"
        case "tls-in-failed": "TLS with \(client) failed: \(reason)"
        case "idle-timeout": "the gateway closed the connection from \(client): \(reason)"
        case "lost":
            reason.contains("message data")
                ? "the connection from \(client) was lost in the middle of a message"
                : "the connection from \(client) was lost before a message began"
        case "no-message": "\(client) came and went without sending a message"
        default: "\(client) is connected; no message has begun yet"
        }
    }

    /// `SG BLACKLIST match sbrs[-10.0:-3.0] SBRS -7.4 country …` as `sender group BLACKLIST, SBRS -7.4`.
    private static func group(_ policy: String) -> Phrase {
        guard policy.hasPrefix("SG ") else { return Phrase(quoting: policy) }
        let rest = policy.dropFirst(3)
        let name = rest.firstRange(of: " match ").map { rest[..<$0.lowerBound] } ?? rest
        guard let label = rest.firstRange(of: " SBRS ") else { return "sender group \(name)" }
        let score = rest[label.upperBound...]
        let end = score.firstRange(of: " country ")?.lowerBound ?? score.endIndex
        return "sender group \(name), SBRS \(score[..<end])"
    }
}
