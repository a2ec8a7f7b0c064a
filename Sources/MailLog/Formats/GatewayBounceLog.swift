extension LogFormat {
    /// The bounce log of a Cisco ESA: a line for each recipient that was delayed or bounced, by MID and RID.
    static let gatewayBounceLog = LogFormat(
        name: "Cisco ESA bounce log",
        samples: [
            Sample(
                "Mon Feb  2 10:00:08 2026 Info: Bounced: 214:0 From:<a@sender.test> To:<b@corp.test> "
                    + "Reason: \"5.1.0 - Unknown address error\" Response: \"('550', ['5.1.1 User unknown'])\"",
                "bounced",
                [.mid(214)]),
            Sample(
                "<22>Feb  2 10:00:08 bounces: Info: Delayed: 214:1 From:<a@sender.test> To:<c@corp.test> "
                    + "Reason: \"4.1.0 - Unknown address error\" Response: \"('451', ['4.7.1 come again'])\"",
                "delayed",
                [.mid(214)]),
        ],
        read: { line, frame in
            guard let bounce = GatewayBounceLine(line, frame) else { return nil }
            return LogRecord(
                time: bounce.time, host: line.string(frame.host), level: "Info", keys: [.mid(bounce.mid)],
                event: bounce.isBounce ? "bounced" : "delayed", text: line.string(bounce.text..<line.count),
                reply: LoggedReply.gateway(line.string(bounce.response)))
        },
        join: { graph, line, frame in
            guard let bounce = GatewayBounceLine(line, frame) else { return .foreign }
            var frame = frame
            frame.time = bounce.time
            graph.begin(frame, line)
            graph.join(bounce, line)
            return .known
        }
    )
}

extension LogGraph {
    fileprivate mutating func join(_ bounce: GatewayBounceLine, _ line: Span<UInt8>) {
        let index = message(bounce.mid)
        if messages[index].sender.isEmpty { messages[index].sender = texts.keep(line, bounce.sender) }
        let recipient = recipient(bounce.rid, of: index)
        if recipients[recipient].address.isEmpty { recipients[recipient].address = texts.keep(line, bounce.recipient) }
        own(message: index)
        // The mail log beside it may already have told of the end that followed.
        guard [.pending, .delayed].contains(recipients[recipient].outcome) else { return }
        recipients[recipient].outcome = bounce.isBounce ? .bounced : .delayed
        recipients[recipient].detail = texts.keep(line, bounce.detail)
        recipients[recipient].at = now
        guard !bounce.isBounce else { return }
        recipients[recipient].wasDelayed = true
        messages[index].flags.insert(.delayed)
    }
}
