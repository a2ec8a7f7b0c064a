/// A log format: how its lines are read and joined, with samples of its own that prove it.
public struct LogFormat: Sendable {
    /// A line of the format and what it says.
    public struct Sample: Sendable {
        public var line: String
        public var event: String
        public var keys: [TraceKey]

        public init(_ line: String, _ event: String, _ keys: [TraceKey] = []) {
            (self.line, self.event, self.keys) = (line, event, keys)
        }
    }

    /// How much of a line a format understood.
    enum Claim { case foreign, unknown, known }

    /// As people call it: `Cisco ESA mail log`.
    public let name: String
    public let samples: [Sample]
    let read: @Sendable (Span<UInt8>, LineFrame) -> LogRecord?
    let join: @Sendable (inout LogGraph, Span<UInt8>, LineFrame) -> Claim

    init(
        name: String, samples: [Sample], read: @escaping @Sendable (Span<UInt8>, LineFrame) -> LogRecord?,
        join: @escaping @Sendable (inout LogGraph, Span<UInt8>, LineFrame) -> Claim
    ) {
        (self.name, self.samples, self.read, self.join) = (name, samples, read, join)
    }

    /// Every format that Porthole reads. A new one is a file in `Formats` and its name here.
    public static let all: [LogFormat] = [
        .gatewayMailLog, .gatewayConsolidatedEvents, .gatewayBounceLog, .gatewayInjectionDebugLog,
        .gatewayDomainDebugLog,
        .postfixSyslog, .eximMainLog, .sendmailSyslog, .openSMTPDSyslog, .exchangeProtocolLog, .exchangeTrackingLog,
    ]

    /// What the line says, or nothing when it is not of this format.
    public func parse(_ bytes: [UInt8]) -> LogRecord? {
        let line = bytes.span
        guard let frame = LineFrame(line) else { return nil }
        return read(line, frame)
    }

    /// The place in `all` of the format whose name has this word in it, in either case.
    static func place(of name: String) -> Int? {
        let wanted = name.lowercased()
        return all.firstIndex { $0.name.lowercased().firstRange(of: wanted) != nil }
    }

    /// What the line says, in whichever format claims it.
    /// - Parameter name: the one format to read, whatever the line looks like.
    public static func record(of bytes: [UInt8], as name: String? = nil) -> LogRecord? {
        let line = bytes.span
        guard let frame = LineFrame(line) else { return nil }
        if let name { return place(of: name).flatMap { all[$0].read(line, frame) } }
        for format in all { if let record = format.read(line, frame) { return record } }
        return nil
    }
}
