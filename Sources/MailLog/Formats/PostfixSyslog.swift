extension LogFormat {
    /// Postfix through syslog (RFC 3164, RFC 3339, RFC 5424) or its own `maillog_file`.
    static let postfixSyslog = LogFormat(
        name: "Postfix log",
        samples: [
            Sample(
                "Feb  2 10:00:04 mx postfix/smtpd[229]: connect from mx.sender.test[198.51.100.4]", "connected",
                [.session(pid: 229, number: 0)]),
            Sample(
                "2026-02-02T10:00:05.637123+00:00 mx postfix/smtpd[229]: 4jX2Q15TbJz2Pshq: client=mx.sender.test[198.51.100.4]",
                "received", [.queueID("4jX2Q15TbJz2Pshq"), .session(pid: 229, number: 0)]),
            Sample(
                "<22>1 2026-02-02T10:00:06Z mx postfix 240 - - C50F4FAC6F3: to=<b@corp.test>, relay=mx.corp.test[192.0.2.11]:25, "
                    + "delay=0.2, delays=0.1/0/0/0.1, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as X1)", "delivered",
                [.queueID("C50F4FAC6F3")]),
            Sample(
                "Feb  2 10:00:07 mx postfix/smtpd[229]: warning: unknown[203.0.113.66]: SASL LOGIN authentication failed: "
                    + "authentication failure", "authentication-failed", [.session(pid: 229, number: 0)]),
            Sample(
                "Feb  2 10:00:07 mx postfix/postscreen[257]: PREGREET 14 after 0.08 from [203.0.113.2]:59415: EHLO x\\r\\n",
                "rejected", [.connection("[203.0.113.2]:59415", number: 0)]),
        ],
        read: { line, frame in PostfixLine(line, frame).map { record($0, line) } },
        join: { graph, line, frame in
            guard let postfix = PostfixLine(line, frame) else { return .foreign }
            graph.begin(postfix.frame, line)
            if case .process = postfix.event {
                if let note = PostfixNote(line, postfix.frame) {
                    graph.join(note, postfix.frame, line)
                    return .known
                }
                graph.join(postfix, line)
                return .unknown
            }
            graph.join(postfix, line)
            return .known
        }
    )

    private static func record(_ postfix: PostfixLine, _ line: Span<UInt8>) -> LogRecord {
        if case .process = postfix.event, let note = PostfixNote(line, postfix.frame) {
            return record(note, postfix.frame, line)
        }
        let session = TraceKey.session(pid: Int(truncatingIfNeeded: postfix.frame.pid), number: 0)
        let (event, id, ofSession) = words(postfix.event)
        var keys: [TraceKey] = id.isEmpty ? [] : [.queueID(line.string(id))]
        if ofSession { keys.append(session) }
        var reply: String?
        switch postfix.event {
        case .delivery(_, let delivery): reply = LoggedReply.postfix(line.string(delivery.words))
        case .refused(_, _, _, let words, _, _): reply = LoggedReply.postfix(line.string(words))
        case .connected, .disconnected, .lost, .tls, .tlsFailed, .received, .submitted, .messageID, .queued, .expired,
            .notification, .held, .removed, .message, .filtered, .unreachable,
            .process:
            break
        }
        return LogRecord(
            time: postfix.frame.time, host: line.string(postfix.frame.host), keys: keys, event: event,
            text: line.string(postfix.frame.text..<line.count), reply: reply)
    }

    private static func record(_ note: PostfixNote, _ frame: LineFrame, _ line: Span<UInt8>) -> LogRecord {
        var keys: [TraceKey] = []
        let event: String
        switch note {
        case .session(_, let flag, _):
            keys = [.session(pid: Int(truncatingIfNeeded: frame.pid), number: 0)]
            event = flag == .authFailed ? "authentication-failed" : flag == .throttled ? "throttled" : "other"
        case .screened(let label, _, let flag, _):
            keys = [.connection(line.string(label), number: 0)]
            event = flag == .closed ? "closed" : flag == .lost ? "lost" : "rejected"
        case .delivery(let isTLS): event = isTLS ? "delivery-tls" : "delivery-tls-failed"
        case .process: event = "system"
        }
        return LogRecord(
            time: frame.time, host: line.string(frame.host), keys: keys, event: event,
            text: line.string(frame.text..<line.count))
    }

    /// The stable word for each kind of line, its queue id, and whether it belongs to an smtpd session.
    private static func words(_ event: PostfixEvent) -> (String, Range<Int>, Bool) {
        switch event {
        case .connected: ("connected", 0..<0, true)
        case .disconnected: ("closed", 0..<0, true)
        case .lost: ("lost", 0..<0, true)
        case .tls: ("tls", 0..<0, true)
        case .tlsFailed: ("tls-failed", 0..<0, true)
        case .refused(let id, _, let refusal, _, _, _):
            (refusal == .milter ? "milter-rejected" : "rejected", id, id.isEmpty)
        case .received(let id, _): ("received", id, true)
        case .submitted(let id, _): ("submitted", id, false)
        case .messageID(let id, _): ("message-id", id, false)
        case .queued(let id, _): ("queued", id, false)
        case .expired(let id, _): ("expired", id, false)
        case .delivery(let id, let delivery):
            switch delivery.status {
            case .sent: ("delivered", id, false)
            case .deferred: ("delayed", id, false)
            case .bounced: ("bounced", id, false)
            case .expired: ("expired", id, false)
            case .other: ("other", id, false)
            }
        case .notification(let id, _): ("bounce-generated", id, false)
        case .held(let id, _): ("held", id, false)
        case .removed(let id): ("removed", id, false)
        case .message(let id): ("other", id, false)
        case .filtered(let id, let filter): (filter.verdict == .passed ? "scanned" : "dropped", id, false)
        case .unreachable: ("delivery-failed", 0..<0, false)
        case .process: ("unknown", 0..<0, false)
        }
    }
}
