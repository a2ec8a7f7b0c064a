extension LogFormat {
    /// The message tracking log of Microsoft Exchange, `MSGTRK….LOG`: what became of each message and recipient.
    static let exchangeTrackingLog = LogFormat(
        name: "Exchange message tracking log",
        samples: [
            Sample("#Log-type: Message Tracking Log", "system"),
            Sample(
                "2026-02-02T10:00:06.300Z,198.51.100.4,mx.sender.test,192.0.2.25,EX1,08DC6F0000000001;2026-02-02T10:00:04.001Z;1,"
                    + "EX1\\Default Frontend EX1,SMTP,RECEIVE,70912345566403,<x1@sender.test>,"
                    + "1e6eb197-c6b4-1234-1b69-56dc1db88f50,b@corp.test,,2048,1,,,\"hello, there\",a@sender.test,a@sender.test,,"
                    + "Incoming,,198.51.100.4,,,Email,00000000-0000-0000-0000-000002596300,15.02.0330.005", "received",
                [.queueID("70912345566403"), .connection("08DC6F0000000001", number: 0)]),
            Sample(
                "2026-02-02T10:00:07.300Z,192.0.2.25,EX1,203.0.113.27,mx.corp.test,;250 2.0.0 OK;ClientSubmitTime:,Outbound,SMTP,"
                    + "SEND,70912345566403,<x1@sender.test>,1e6eb197-c6b4-1234-1b69-56dc1db88f50,b@corp.test,250 2.1.5 Ok,2048,1,,,"
                    + "hello,a@sender.test,a@sender.test,,Originating,,,,,Email,,15.02.0330.005", "delivered",
                [.queueID("70912345566403")]),
            Sample(
                "2010-02-02T10:00:07.300Z,,,,EX1,,,SMTP,FAIL,7091,<x2@sender.test>,c@corp.test,550 5.1.1 User unknown,2048,1,,,hello,"
                    + "a@sender.test,a@sender.test,", "bounced", [.queueID("7091")]),
        ],
        read: { line, frame in ExchangeTrackingLine(line, frame).map { record($0, line) } },
        join: { graph, line, frame in
            guard let tracking = ExchangeTrackingLine(line, frame) else { return .foreign }
            guard frame.isTimed else { return .known }
            var frame = frame
            frame.time = tracking.time
            graph.begin(frame, line)
            graph.join(tracking, line)
            return .known
        }
    )

    private static func record(_ tracking: ExchangeTrackingLine, _ line: Span<UInt8>) -> LogRecord {
        let name = tracking.internalID.isEmpty ? tracking.messageID : tracking.internalID
        var keys: [TraceKey] = tracking.isHead ? [] : [.queueID(line.string(name))]
        let session = ExchangeText.session(line, leading: tracking.sourceContext)
        if !session.isEmpty { keys.append(.connection(line.string(session), number: 0)) }
        let status = ExchangeText.lastError(line, tracking.statuses)
        return LogRecord(
            time: tracking.time, keys: keys, event: tracking.isHead ? "system" : word(tracking.event),
            text: line.string(tracking.text..<line.count),
            reply: tracking.isHead ? nil : LoggedReply.postfix(line.string(status)))
    }

    private static func word(_ event: ExchangeTrackingLine.Event) -> String {
        switch event {
        case .received: "received"
        case .submitted: "submitted"
        case .sent, .sentExternally, .delivered, .deliveredTwice: "delivered"
        case .deferred, .deferredAtSubmission, .deferredAgain, .throttled: "delayed"
        case .failed, .failedAtSubmission, .failedAgain: "bounced"
        case .notified: "bounce-generated"
        case .expanded, .redirected, .resolved: "rewritten"
        case .dropped, .bad: "dropped"
        case .poison: "quarantined"
        case .agent: "scanned"
        case .transferred, .other: "other"
        }
    }
}
