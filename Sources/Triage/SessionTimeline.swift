import MailLog
import MailVocabulary
import SMTP

/// One conversation from both ends: our own events and the lines of the server's log, in one order, each on its own clock.
public struct SessionTimeline: Sendable {
    /// One event or line.
    public struct Row: Sendable {
        /// Who says it.
        public enum Side: Sendable {
            /// What happened on our side.
            case client(SessionEvent)
            /// A line of the log, by its place in the trace.
            case server(Trace.Line, bytes: [UInt8], LogRecord?)
        }

        /// What it is.
        public var side: Side
        /// On the clock of the side whose row it is; nothing when it is not known.
        public var clock: Timestamp?
    }

    /// In the order in which they happened.
    public let rows: [Row]
    /// The server's clock minus ours in seconds, their zones counted in; nothing when one of the two is not known.
    public let skew: Int64?
    /// The part of the skew that is a difference of zones: a whole number of quarters of an hour.
    public var zone: Int64? { skew.map { ($0 + ($0 < 0 ? -450 : 450)) / 900 * 900 } }

    /// - Parameters:
    ///   - texts: the bytes of the trace's lines, in their order.
    public init(_ record: SessionRecord, _ trace: Trace, texts: [[UInt8]]) {
        let events = record.events.filter { if case .replyBegan = $0.fact { false } else { true } }
        let records = texts.map { LogFormat.record(of: $0) }
        let moments = Moments(events)
        let start = record.beganAt
        let anchor = SessionTimeline.anchor(records, moments)
        let serverAtStart = anchor.map { $0.stamp.seconds - $0.at.components.seconds }
        skew = SessionTimeline.both(serverAtStart, start).map { server, start in
            Timestamp(seconds: server, hasYear: anchor?.stamp.hasYear ?? true).skew(from: start.seconds)
        }
        var rows: [Row] = []
        var next = 0
        var earliest = Duration.zero
        for (place, line) in zip(trace.lines, texts).enumerated() {
            let stamp = records[place]?.time
            // A line never stands before what it is the answer to, nor before the line above it.
            let told =
                SessionTimeline.both(stamp, serverAtStart).map { Duration.seconds(max(0, $0.seconds - $1)) } ?? earliest
            earliest = max(earliest, told, records[place].flatMap { moments.cause(of: $0.event) } ?? .zero)
            while next < events.count, events[next].at <= earliest {
                rows.append(SessionTimeline.row(events[next], start))
                next += 1
            }
            rows.append(Row(side: .server(line.0, bytes: line.1, records[place]), clock: stamp))
        }
        self.rows = rows + events[next...].map { SessionTimeline.row($0, start) }
    }

    private static func row(_ event: SessionEvent, _ start: Timestamp?) -> Row {
        let clock = start.map { start in
            let parts = event.at.components
            return Timestamp(
                seconds: start.seconds + parts.seconds, microseconds: Int32(parts.attoseconds / 1_000_000_000_000))
        }
        return Row(side: .client(event), clock: clock)
    }

    /// A moment that both sides wrote down.
    private static func anchor(_ records: [LogRecord?], _ moments: Moments) -> (stamp: Timestamp, at: Duration)? {
        for record in records {
            if let record, let at = moments.cause(of: record.event) { return (record.time, at) }
        }
        return nil
    }

    private static func both<First, Second>(_ first: First?, _ second: Second?) -> (First, Second)? {
        if let first, let second { (first, second) } else { nil }
    }

    /// When the client did what the server's lines speak of.
    private struct Moments {
        private var connected, sender, recipient, message, end: Duration?

        init(_ events: [SessionEvent]) {
            for event in events {
                switch event.fact {
                case .connected: connected = event.at
                case .sent(let stage, _, _):
                    switch stage {
                    case .sender: sender = sender ?? event.at
                    case .recipient: recipient = recipient ?? event.at
                    case .quit: end = event.at
                    case .resolve, .connect, .hello, .startTLS, .authenticate, .data, .chunk, .endOfData, .reset,
                        .other,
                        .idle:
                        break
                    }
                case .sentMessage: message = message ?? event.at
                case .closed: end = end ?? event.at
                case .resolved, .connecting, .replyBegan, .received, .secured, .oddity, .waiting, .gaveUp, .note: break
                }
            }
        }

        /// The client's act that a line of this kind follows.
        func cause(of event: String) -> Duration? {
            switch event {
            case "connected": connected
            case "started", "sender": sender
            case "recipient", "recipient-rejected": recipient
            case "message-id", "subject", "ready", "queued": message
            case "closed", "lost": end
            default: nil
            }
        }
    }
}
