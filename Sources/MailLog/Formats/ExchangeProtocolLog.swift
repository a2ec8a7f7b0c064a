extension LogFormat {
    /// The SMTP protocol logs of Microsoft Exchange, `RECV….LOG` and `SEND….LOG`: every command and reply of each session.
    static let exchangeProtocolLog = LogFormat(
        name: "Exchange protocol log",
        samples: [
            Sample(
                "#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context",
                "system"),
            Sample(
                "2026-02-02T10:00:04.001Z,EX1\\Default Frontend EX1,08DC6F0000000001,0,192.0.2.25:25,198.51.100.4:51022,+,,",
                "connected", [session]),
            Sample(
                "2026-02-02T10:00:04.120Z,EX1\\Default Frontend EX1,08DC6F0000000001,7,192.0.2.25:25,198.51.100.4:51022,<,"
                    + "RCPT TO:<x@other.test>,", "command", [session]),
            Sample(
                "2026-02-02T10:00:04.121Z,EX1\\Default Frontend EX1,08DC6F0000000001,8,192.0.2.25:25,198.51.100.4:51022,>,"
                    + "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain,", "refused", [session]),
            Sample(
                "<134>Feb  2 10:00:09 ex1 2026-02-02T10:00:09.300Z,EX1\\Default Frontend EX1,08DC6F0000000001,20,192.0.2.25:25,"
                    + "198.51.100.4:51022,>,\"250 2.6.0 <x1@sender.test> [InternalId=70912345566403, Hostname=ex1.corp.test] "
                    + "2048 bytes in 0.101, 19.8 KB/sec Queued mail for delivery\",", "queued",
                [session, .queueID("70912345566403")]),
            Sample(
                "2026-02-02T10:00:10.040Z,Outbound,08DC6F0000000101,4,192.0.2.25:41002,203.0.113.27:25,*,,sending message with "
                    + "RecordId 70912345566403 and InternetMessageId <x1@sender.test>", "delivery-started",
                [delivery, .queueID("70912345566403")]),
            Sample(
                "2026-02-02T10:00:10.091Z,Outbound,08DC6F0000000101,8,192.0.2.25:41002,203.0.113.27:25,<,"
                    + "550 5.1.1 <b@corp.test>: User unknown,", "refused", [delivery]),
        ],
        read: { line, frame in ExchangeProtocolLine(line, frame).map { record($0, line) } },
        join: { graph, line, frame in
            guard let exchange = ExchangeProtocolLine(line, frame) else { return .foreign }
            guard frame.isTimed else { return .known }
            var frame = frame
            frame.time = exchange.time
            graph.begin(frame, line)
            graph.join(exchange, line)
            return .known
        }
    )

    private static let session = TraceKey.connection("08DC6F0000000001", number: 0)
    private static let delivery = TraceKey.connection("08DC6F0000000101", number: 0)

    private static func record(_ exchange: ExchangeProtocolLine, _ line: Span<UInt8>) -> LogRecord {
        var keys: [TraceKey] = []
        if !exchange.session.isEmpty { keys = [.connection(line.string(exchange.session), number: 0)] }
        var reply: String?
        let isSending = exchange.isSending(line)
        let event: String
        switch exchange.event {
        case .head: event = "system"
        case .opened: event = isSending ? "delivery-connected" : "connected"
        case .closed: event = isSending ? "delivery-closed" : "closed"
        case .note(let data, let context):
            let words = context.isEmpty ? data : context
            event = word(line, words, isSending)
            if let label = line.index(of: "RecordId ", from: words.lowerBound), let number = line.number(at: label + 9)
            {
                keys.append(.queueID(line.string((label + 9)..<number.end)))
            }
        case .sent(let data), .received(let data):
            guard let (code, _) = DialogueText.code(line, data) else {
                event = "command"
                break
            }
            reply = line.string(data)
            let number = ExchangeText.internalID(line, data)
            if !number.isEmpty { keys.append(.queueID(line.string(number))) }
            event = code >= 400 ? "refused" : !number.isEmpty && !isSending ? "queued" : "reply"
        }
        return LogRecord(
            time: exchange.time, keys: keys, event: event, text: line.string(exchange.text..<line.count), reply: reply)
    }

    private static func word(_ line: Span<UInt8>, _ words: Range<Int>, _ isSending: Bool) -> String {
        if DialogueText.holds(line, words, "negotiation succeeded") { return isSending ? "delivery-tls" : "tls" }
        if DialogueText.holds(line, words, "TLS negotiation failed") {
            return isSending ? "delivery-tls-failed" : "tls-failed"
        }
        if DialogueText.holds(line, words, "Failed to connect") { return "delivery-failed" }
        if DialogueText.holds(line, words, "failed because of") { return "authentication-failed" }
        if DialogueText.holds(line, words, "Tarpit for") { return "tarpitted" }
        return DialogueText.holds(line, words, "sending message with RecordId ") ? "delivery-started" : "other"
    }
}
