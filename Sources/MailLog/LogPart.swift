/// One of the files that a log was read from: how much of it was understood, and when it was written.
public struct LogPart: Hashable, Sendable {
    var lineCount = 0
    var understoodCount = 0
    /// The stretch of time that its lines are from; nothing when none has a time.
    private(set) var window: LogWindow?
    /// The longest time between two of its lines, or of those that were looked at, in seconds.
    private(set) var longestPause: Int64 = 0

    init() {}

    /// Of a file that was scanned.
    /// - Parameters:
    ///   - scans: of its stretches.
    ///   - lines: some of its lines, in their order: its first ones, its last ones, others from between.
    public init(_ scans: [ScannedStretch], lines: [RawLogLine]) {
        lineCount = scans.reduce(0) { $0 + $1.facts.lineCount }
        understoodCount = scans.reduce(0) { $0 + $1.facts.understoodCount }
        for line in lines {
            if let frame = LineFrame(line.bytes.span), frame.isTimed { note(frame.time) }
        }
    }

    /// Notes the time of the next line.
    mutating func note(_ time: Timestamp) {
        if let before = window?.to.seconds {
            // Clocks step back, and beyond half a year it is the turn of one that was not logged.
            longestPause = max(longestPause, Timestamp.seconds(from: before, to: time.seconds))
        }
        if window?.reach(time) == nil { window = LogWindow(from: time, to: time) }
    }

    /// True when both were written at the same time.
    func overlaps(_ other: LogPart) -> Bool {
        guard let window, let other = other.window else { return false }
        return window.from.seconds < other.to.seconds && other.from.seconds < window.to.seconds
    }

    /// How long it was written, in seconds.
    var duration: Int64 {
        window.map { Timestamp.seconds(from: $0.from.seconds, to: $0.to.seconds) } ?? 0
    }
}
