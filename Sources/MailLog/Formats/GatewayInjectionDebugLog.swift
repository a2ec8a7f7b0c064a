extension LogFormat {
    /// The injection debug log of a Cisco ESA: the SMTP dialogue with one client, by ICID.
    static let gatewayInjectionDebugLog = LogFormat(
        name: "Cisco ESA injection debug log",
        samples: [
            Sample(
                "Mon Feb  2 10:00:04 2026 Info: 6 Sent to '198.51.100.4': '220 mx.corp.test ESMTP\\015\\012'", "reply",
                [.icid(6)]),
            Sample(
                "<22>Feb  2 10:00:05 esa1 injection: Info: 6 Rcvd from '198.51.100.4': 'RCPT TO:<x@corp.test>\\015\\012'",
                "command", [.icid(6)]),
            Sample(
                "2026-02-02T10:00:06+01:00 relay1 injection: Mon Feb  2 10:00:06 2026 Info: 6 Sent to '198.51.100.4': "
                    + "'550 #5.1.0 Address rejected.\\015\\012'", "refused", [.icid(6)]),
        ],
        read: { line, frame in
            guard let said = GatewayDialogueLine(line, frame), said.isInjection else { return nil }
            return LogRecord(
                time: said.time, host: line.string(frame.host), level: "Info", keys: [.icid(said.number)],
                event: said.word(line), text: line.string(said.text..<line.count),
                reply: said.code(line).map { _ in said.words(line) })
        },
        join: { graph, line, frame in
            guard let said = GatewayDialogueLine(line, frame), said.isInjection else { return .foreign }
            var frame = frame
            frame.time = said.time
            graph.begin(frame, line)
            guard said.number != 0 else { return .known }
            graph.join(said, line)
            return .known
        }
    )
}
