extension LogFormat {
    /// The domain debug log of a Cisco ESA: the SMTP dialogue with the next hops of one domain, by DCID.
    static let gatewayDomainDebugLog = LogFormat(
        name: "Cisco ESA domain debug log",
        samples: [
            Sample("Mon Feb  2 10:00:07 2026 Info: 3 Sent: 'RCPT TO:<b@corp.test>'", "command", [.dcid(3)]),
            Sample(
                "<22>Feb  2 10:00:07 domain_debug: Info: 3 Rcvd: '550 5.1.1 User unknown'", "refused", [.dcid(3)]),
        ],
        read: { line, frame in
            guard let said = GatewayDialogueLine(line, frame), !said.isInjection else { return nil }
            return LogRecord(
                time: said.time, host: line.string(frame.host), level: "Info", keys: [.dcid(said.number)],
                event: said.word(line), text: line.string(said.text..<line.count),
                reply: said.code(line).map { _ in said.words(line) })
        },
        join: { graph, line, frame in
            guard let said = GatewayDialogueLine(line, frame), !said.isInjection else { return .foreign }
            var frame = frame
            frame.time = said.time
            graph.begin(frame, line)
            if said.number != 0 { graph.own(delivery: graph.delivery(said.number)) }
            return .known
        }
    )
}
