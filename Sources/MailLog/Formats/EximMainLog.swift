extension LogFormat {
    /// The main log of Exim, as a file or through syslog; message ids of 16 characters, and of 23 since 4.97.
    static let eximMainLog = LogFormat(
        name: "Exim main log",
        samples: [
            Sample(
                "2026-02-02 10:00:04 1xUr0Z-00001B-2I <= a@sender.test H=mx.sender.test [198.51.100.4] P=esmtps "
                    + "X=TLS1.3:TLS_AES_256_GCM_SHA384:256 CV=no S=364 id=x1@sender.test", "received",
                [.queueID("1xUr0Z-00001B-2I")]),
            Sample(
                "2026-02-02 10:00:05.718 +0100 [812] 10HmaX-000000005vi-0000 => b@corp.test R=mx T=remote_smtp "
                    + "H=mx.corp.test [192.0.2.11]:25 C=\"250 2.0.0 Ok: queued as X1\"", "delivered",
                [.queueID("10HmaX-000000005vi-0000")]),
            Sample(
                "Feb  2 10:00:05 mx exim[812]: 2026-02-02 10:00:05.101 H=(friend) [203.0.113.9]:58659 F=<s@bad.test> "
                    + "rejected RCPT <x@corp.test>: Unknown user", "rejected",
                [.connection("[203.0.113.9]:58659", number: 0)]),
            Sample(
                "2026-02-02 10:00:06 1xUr0Z-00001B-2I ** c@corp.test R=mx T=remote_smtp H=mx.corp.test [192.0.2.11]: SMTP "
                    + "error from remote mail server after RCPT TO:<c@corp.test>: 550 5.1.1 User unknown", "bounced",
                [.queueID("1xUr0Z-00001B-2I")]),
        ],
        read: { line, frame in EximLine(line, frame).map { record($0, line, frame) } },
        join: { graph, line, frame in
            guard let exim = EximLine(line, frame) else { return .foreign }
            var outer = frame
            outer.time = exim.time
            // In the file the "host" of the common frame is Exim's own words.
            if frame.tag.isEmpty { outer.host = 0..<0 }
            graph.begin(outer, line)
            graph.join(exim, line)
            return .known
        }
    )

    private static func record(_ exim: EximLine, _ line: Span<UInt8>, _ frame: LineFrame) -> LogRecord {
        let (event, client) = words(exim.event)
        var keys: [TraceKey] = exim.id.isEmpty ? [] : [.queueID(line.string(exim.id))]
        if let client { keys.append(.connection(line.string(client.label), number: 0)) }
        var reply: String?
        switch exim.event {
        case .delivered(_, _, let words): reply = LoggedReply.postfix(line.string(words))
        case .failed(_, _, let words, _), .deferred(_, _, let words): reply = LoggedReply.postfix(line.string(words))
        case .arrived, .completed, .frozen, .unfrozen, .messageRefused, .messageNote, .connected, .ended, .tlsFailed,
            .refused, .connectionNote, .system:
            break
        }
        return LogRecord(
            time: exim.time, host: frame.tag.isEmpty ? "" : line.string(frame.host), keys: keys, event: event,
            text: line.string(min(exim.text, line.count)..<line.count), reply: reply)
    }

    /// The stable word for each kind of line, and the client that it names.
    private static func words(_ event: EximEvent) -> (String, EximLine.Client?) {
        switch event {
        case .arrived(_, let client, _, _, let parent):
            (parent.isEmpty ? client == nil ? "submitted" : "received" : "bounce-generated", nil)
        case .delivered: ("delivered", nil)
        case .failed(_, _, _, let expired): (expired ? "expired" : "bounced", nil)
        case .deferred: ("delayed", nil)
        case .completed: ("removed", nil)
        case .frozen: ("held", nil)
        case .unfrozen: ("released", nil)
        case .messageRefused: ("milter-rejected", nil)
        case .messageNote: ("other", nil)
        case .connected(let client): ("connected", client)
        case .ended(let client, let ending, _):
            (ending == .closed ? "closed" : ending == .lost ? "lost" : "idle", client)
        case .tlsFailed(let client, _): ("tls-failed", client)
        case .refused(let client, let refusal, _, _):
            (refusal == .authentication ? "authentication-failed" : "rejected", client)
        case .connectionNote(let client): ("other", client)
        case .system: ("system", nil)
        }
    }
}
