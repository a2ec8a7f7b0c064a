import MailLog

/// A log as the dashboard keeps it: the newest lines as text, and the index of all that were read.
///
/// A line is known by its ordinal, which counts from 0 over all lines read: numbers start anew with each rotation.
public struct LogBook: Sendable {
    /// How many lines are kept as text; older ones are counted, and their traces stay.
    public static let capacity = 20_000

    /// The file's name as opened.
    public private(set) var name: String
    /// The newest lines, in the order read.
    public private(set) var lines: [RawLogLine] = []
    /// The ordinal of the first line that is kept.
    public private(set) var firstOrdinal = 0
    public private(set) var index = TraceIndex()
    /// What the follower said last about the file itself: rotated, truncated, lost bytes, trouble.
    public private(set) var notice: String?
    /// True from the moment that everything that was there at the start has been read.
    public private(set) var isCaughtUp = false

    public init(name: String) { self.name = name }

    /// How many lines were read, those that are no longer kept as text included.
    public var lineCount: Int { firstOrdinal + lines.count }

    /// Takes in what the follower says.
    public mutating func take(_ event: LogSourceEvent) {
        switch event {
        case .opened(let name, _): (self.name, notice) = (name, nil)
        case .lines(let new): append(new)
        case .caughtUp: isCaughtUp = true
        case .rotated: notice = "the file was rotated, now reading the new one"
        case .truncated: startAnew()
        case .lost(let bytes): notice = "\(bytes) bytes were lost: overwritten before anybody could read them"
        case .trouble(let sentence): notice = sentence
        }
    }

    /// The line with that ordinal, if it is still kept.
    public subscript(ordinal: Int) -> RawLogLine? {
        let index = ordinal - firstOrdinal
        return lines.indices.contains(index) ? lines[index] : nil
    }

    private mutating func append(_ new: [RawLogLine]) {
        for line in new { index.append(line) }
        lines += new
        if lines.count > Self.capacity + Self.capacity / 4 {
            let surplus = lines.count - Self.capacity
            lines.removeFirst(surplus)
            firstOrdinal += surplus
        }
    }

    /// What was read is no longer in the file: its traces would speak of lines that nobody can look at.
    private mutating func startAnew() {
        (lines, firstOrdinal, index) = ([], 0, TraceIndex())
        notice = "the file was truncated, reading it from its start"
    }
}
