extension LogFormat {
    /// OpenSMTPD through syslog, in the words of 6.0 and later and in those before.
    static let openSMTPDSyslog = LogFormat(
        name: "OpenSMTPD log",
        samples: [
            Sample(
                "Feb  2 10:00:04 mx smtpd[66]: 2a35fc9ae4080d52 smtp connected address=198.51.100.4 host=mx.sender.test",
                "connected", [.connection("2a35fc9ae4080d52", number: 0)]),
            Sample(
                "2026-02-02T10:00:05.1+00:00 mx smtpd[66]: 2a35fc9ae4080d52 smtp envelope evpid=ce6f855cec6eb3cd "
                    + "from=<a@sender.test> to=<b@corp.test>", "recipient",
                [.queueID("ce6f855c"), .connection("2a35fc9ae4080d52", number: 0)]),
            Sample(
                "Feb  2 10:00:06 mx smtpd[66]: 2a35fc9d56cfd0dd mta delivery evpid=ce6f855cec6eb3cd from=<a@sender.test> "
                    + "to=<b@corp.test> rcpt=<-> source=\"192.0.2.1\" relay=\"192.0.2.11 (mx.corp.test)\" delay=0s "
                    + "result=\"TempFail\" stat=\"451 4.7.1 come again later\"", "delayed",
                [.queueID("ce6f855c"), .connection("2a35fc9d56cfd0dd", number: -1)]),
            Sample(
                "Feb  2 10:00:04 mx smtpd[229]: smtp-in: Accepted message 4296f490 on session 08d856b172f69c5c: "
                    + "from=<a@sender.test>, to=<b@corp.test>, size=1746, ndest=1, proto=ESMTP", "received",
                [.queueID("4296f490"), .connection("08d856b172f69c5c", number: 0)]),
        ],
        read: { line, frame in OpenSMTPDLine(line, frame).map { record($0, line) } },
        join: { graph, line, frame in
            guard let smtpd = OpenSMTPDLine(line, frame) else { return .foreign }
            graph.begin(smtpd.frame, line)
            graph.join(smtpd, line)
            return .known
        }
    )

    private static func record(_ smtpd: OpenSMTPDLine, _ line: Span<UInt8>) -> LogRecord {
        let (event, id, isSending) = words(smtpd.event)
        var keys: [TraceKey] = id.isEmpty ? [] : [.queueID(line.string(id.lowerBound..<(id.lowerBound + 8)))]
        if !smtpd.session.isEmpty { keys.append(.connection(line.string(smtpd.session), number: isSending ? -1 : 0)) }
        var text = line.string(smtpd.frame.text..<line.count)
        var reply: String?
        switch smtpd.event {
        case .delivery(_, _, _, _, let words): reply = LoggedReply.postfix(line.string(words))
        case .failedCommand(let command, let words):
            reply = LoggedReply.postfix(line.string(words))
            // OpenSMTPD writes the argument of AUTH in clear.
            let head = command.prefix(5).map { TextStore.lower(line[$0]) }
            if head.starts(with: "auth ".utf8) {
                let before = line.string(smtpd.frame.text..<min(command.lowerBound + 5, line.count))
                text = before + "[argument not shown]" + line.string(command.upperBound..<line.count)
            }
        case .connected, .tls, .message, .envelope, .authentication, .disconnected, .sessionNote, .connecting,
            .deliveryTLS, .deliveryFailed, .deliveryNote, .system:
            break
        }
        return LogRecord(
            time: smtpd.frame.time, host: line.string(smtpd.frame.host), keys: keys, event: event, text: text,
            reply: reply)
    }

    /// The stable word for each kind of line, its message's id, and whether its session is one that sends.
    private static func words(_ event: OpenSMTPDEvent) -> (String, Range<Int>, Bool) {
        switch event {
        case .connected: ("connected", 0..<0, false)
        case .tls: ("tls", 0..<0, false)
        case .message(let id, _, _): ("received", id, false)
        case .envelope(let id, _, _): ("recipient", id, false)
        case .failedCommand: ("rejected", 0..<0, false)
        case .authentication(let succeeded, _): (succeeded ? "authenticated" : "authentication-failed", 0..<0, false)
        case .disconnected: ("closed", 0..<0, false)
        case .sessionNote: ("other", 0..<0, false)
        case .connecting: ("delivery-connected", 0..<0, true)
        case .deliveryTLS: ("delivery-tls", 0..<0, true)
        case .deliveryFailed: ("delivery-failed", 0..<0, true)
        case .deliveryNote: ("other", 0..<0, true)
        case .delivery(let id, _, _, let result, _):
            switch result {
            case .done: ("delivered", id, true)
            case .temporary: ("delayed", id, true)
            case .permanent: ("bounced", id, true)
            case .expired: ("expired", id, true)
            }
        case .system: ("system", 0..<0, false)
        }
    }
}
