extension LogFormat {
    /// Sendmail through syslog, at LogLevel 9 and above.
    static let sendmailSyslog = LogFormat(
        name: "Sendmail log",
        samples: [
            Sample(
                "Feb  2 10:00:04 mx sendmail[100]: NOQUEUE: connect from mx.sender.test [198.51.100.4]", "connected",
                [.connection("sendmail[100]", number: 0)]),
            Sample(
                "Feb  2 10:00:05 mx sm-mta[100]: 612A05Gs000100: from=<a@sender.test>, size=143, class=0, nrcpts=1, "
                    + "msgid=<x1@sender.test>, proto=ESMTP, daemon=MTA-v4, relay=mx.sender.test [198.51.100.4]",
                "received",
                [.queueID("612A05Gs000100"), .connection("sendmail[100]", number: 0)]),
            Sample(
                "2026-02-02T10:00:06.2+00:00 mx sendmail[102]: 612A05Gs000100: to=<b@corp.test>,<c@corp.test>, delay=00:00:01, "
                    + "xdelay=00:00:01, mailer=esmtp, pri=30143, relay=mx.corp.test [192.0.2.11], dsn=2.0.0, "
                    + "stat=Sent (Ok: queued as X1)", "delivered", [.queueID("612A05Gs000100")]),
            Sample(
                "Feb  2 10:00:07 mx sendmail[111]: 612A05jA000111: ruleset=check_rcpt, arg1=<x@other.test>, "
                    + "relay=[203.0.113.9], reject=550 5.7.1 <x@other.test>... Relaying denied", "rejected",
                [.queueID("612A05jA000111")]),
        ],
        read: { line, frame in SendmailLine(line, frame).map { record($0, line) } },
        join: { graph, line, frame in
            guard let sendmail = SendmailLine(line, frame) else { return .foreign }
            graph.begin(sendmail.frame, line)
            graph.join(sendmail, line)
            return .known
        }
    )

    private static func record(_ sendmail: SendmailLine, _ line: Span<UInt8>) -> LogRecord {
        let (event, isOfSession) = words(sendmail.event)
        var keys: [TraceKey] = sendmail.id.isEmpty ? [] : [.queueID(line.string(sendmail.id))]
        if isOfSession { keys.append(.connection("sendmail[\(sendmail.frame.pid)]", number: 0)) }
        var reply: String?
        switch sendmail.event {
        case .delivery(_, _, let status, let words):
            // Of an accepted message only the words behind the code are logged.
            let quoted = line.string(words)
            reply = status == .sent ? "250 \(quoted)" : LoggedReply.postfix(quoted)
        case .refused(_, _, let words), .milterRefused(_, let words): reply = LoggedReply.postfix(line.string(words))
        case .connected, .sender, .derived, .done, .silent, .lost, .turnedAway, .tls, .authenticated,
            .authenticationFailed, .messageNote, .process:
            break
        }
        return LogRecord(
            time: sendmail.frame.time, host: line.string(sendmail.frame.host), keys: keys, event: event,
            text: line.string(sendmail.frame.text..<line.count), reply: reply)
    }

    /// The stable word for each kind of line, and whether it belongs to a connection as well.
    private static func words(_ event: SendmailEvent) -> (String, Bool) {
        switch event {
        case .connected: ("connected", true)
        case .sender(_, _, _, let client): client == nil ? ("submitted", false) : ("received", true)
        case .delivery(_, _, let status, _):
            switch status {
            case .sent: ("delivered", false)
            case .deferred: ("delayed", false)
            case .failed: ("bounced", false)
            case .expired: ("expired", false)
            case .waiting: ("queued", false)
            }
        case .refused: ("rejected", false)
        case .milterRefused: ("milter-rejected", false)
        case .derived: ("bounce-generated", false)
        case .done: ("removed", false)
        case .silent: ("closed", true)
        case .lost(_, let isIdle, _): (isIdle ? "idle" : "lost", true)
        case .turnedAway: ("rejected", true)
        case .tls: ("tls", true)
        case .authenticated: ("authenticated", true)
        case .authenticationFailed: ("authentication-failed", true)
        case .messageNote: ("other", false)
        case .process: ("system", false)
        }
    }
}
