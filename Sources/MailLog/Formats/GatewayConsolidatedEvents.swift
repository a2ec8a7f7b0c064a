extension LogFormat {
    /// The consolidated event log of a Cisco ESA, in the Common Event Format: one line a message, when it ends.
    static let gatewayConsolidatedEvents = LogFormat(
        name: "Cisco ESA consolidated events",
        samples: [
            Sample(
                "Mon Feb  2 10:00:09 2026: CEF:0|Cisco|C100V Email Security Virtual Appliance|14.0.0-657|"
                    + "ESA_CONSOLIDATED_LOG_EVENT|Consolidated Log Event|5|deviceExternalId=420D-0AF2 ESAMID=214 ESAICID=6 ESADCID=3 "
                    + "endTime=Mon Feb  2 10:00:08 2026 act=DELIVERED duser=b@corp.test suser=a@sender.test",
                "delivered",
                [.mid(214), .icid(6), .dcid(3)]),
            Sample(
                "<22>Feb  2 10:00:09 esa1 CEF:0|Cisco|C100V Secure Email Gateway Virtual|16.0.0-050|ESA_CONSOLIDATED_LOG_EVENT|"
                    + "Consolidated Log Event|5|src=198.51.100.4 act=ABORTED ESAFinalActionDetails=Dropped by CASE ESAMID=215 "
                    + "ESAICID=6 ESAASVerdict=POSITIVE duser=b@corp.test", "dropped", [.mid(215), .icid(6)]),
        ],
        read: { line, frame in GatewayConsolidatedLine(line, frame).map { record($0, line, frame) } },
        join: { graph, line, frame in
            guard let event = GatewayConsolidatedLine(line, frame) else { return .foreign }
            var frame = frame
            // Without a colon the first word of the event would be taken for the host's name.
            if line.has("CEF:", at: frame.host.lowerBound) { frame.host = 0..<0 }
            graph.begin(frame, line)
            graph.join(event, line)
            return .known
        }
    )

    private static func record(
        _ event: GatewayConsolidatedLine, _ line: Span<UInt8>, _ frame: LineFrame
    ) -> LogRecord {
        let ids = ["ESAMID", "ESAICID", "ESADCID"].map { event.fields.number(line, $0) }
        let keys = [TraceKey.mid(ids[0]), .icid(ids[1]), .dcid(ids[2])]
        let word =
            switch event.action(line) {
            case .delivered: "delivered"
            case .bounced: "bounced"
            case .quarantined: "quarantined"
            case .dropped: "dropped"
            case .aborted: "aborted"
            case .other: "other"
            }
        return LogRecord(
            time: event.time, host: line.string(frame.host), keys: zip(ids, keys).filter { $0.0 != 0 }.map(\.1),
            event: word,
            text: line.string(event.text..<line.count))
    }
}
