import MailLog
import MailVocabulary
import Triage

/// What the log in view says of everybody over its last minutes, beside the minutes before: worked out now and then, for it costs
/// a look at every connection that the log names.
public struct LogReading: Hashable, Sendable {
    /// The log's own last minutes: one that stopped an hour ago has its own.
    public static let minutes = 15
    /// No more often than this while lines come in.
    static let pause = Duration.seconds(2)

    public let summary: LogSummary
    /// The same over the minutes before those; nothing where what was read does not reach back so far.
    public let before: (refused: Int, messages: Int)?
    /// Whether what was read reaches back to the beginning of those minutes.
    public let isWhole: Bool
    /// How many lines the log had.
    let lineCount: Int
    /// When it was worked out, in program time.
    let at: Duration

    init(_ log: LogBook, at: Duration) {
        let span = Int64(Self.minutes * 60)
        summary = log.index.summary(since: .before(seconds: span), most: 6)
        isWhole = Self.reaches(log, back: span)
        if Self.reaches(log, back: 2 * span) {
            let both = log.index.summary(since: .before(seconds: 2 * span), most: 0)
            before = (
                max(0, both.refusedConnections - summary.refusedConnections), max(0, both.messages - summary.messages)
            )
        } else {
            before = nil
        }
        (lineCount, self.at) = (log.lineCount, at)
    }

    /// Whether what was read of a log begins so many seconds before its last line, or earlier.
    private static func reaches(_ log: LogBook, back seconds: Int64) -> Bool {
        guard let window = log.index.window else { return false }
        return !LogQuestion(since: .before(seconds: seconds)).begins(before: window.from, newest: window.to)
    }

    public static func == (left: LogReading, right: LogReading) -> Bool {
        left.lineCount == right.lineCount && left.at == right.at && left.summary == right.summary
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(lineCount) }
}

extension Dashboard {
    /// Reads the log's last minutes again when it has grown.
    /// - Parameter force: However short a time ago it was read.
    public mutating func renewLogReading(force: Bool = false) {
        guard let log = incident.log else {
            logReading = nil
            return
        }
        guard logReading?.lineCount != log.lineCount else { return }
        if !force, let logReading, now - logReading.at < LogReading.pause { return }
        logReading = LogReading(log, at: now)
    }

    /// When the overview is to read the log again, from now.
    var nextLogReading: Duration? {
        guard let log = incident.log, let logReading, logReading.lineCount != log.lineCount else { return nil }
        return max(.zero, logReading.at + LogReading.pause - now)
    }
}
