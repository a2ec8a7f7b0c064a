import MailLog

/// A log as the dashboard keeps it: the newest lines as text, and the index of all that were read.
public struct LogBook: Sendable {
    /// How many lines are kept as text; older ones are counted, and their traces stay.
    public static let capacity = 20_000

    /// The file's name as opened.
    public private(set) var name: String
    /// The newest lines, in file order.
    public private(set) var lines: [RawLogLine] = []
    /// Lines that were read and are no longer kept as text.
    public private(set) var forgotten = 0
    public private(set) var index = TraceIndex()
    /// What the follower said last about the file itself: rotated, truncated, lost bytes, trouble.
    public private(set) var notice: String?
    /// True from the moment that everything that was there at the start has been read.
    public private(set) var isCaughtUp = false

    public init(name: String) { self.name = name }

    /// Takes in what the follower says.
    public mutating func take(_ event: LogSourceEvent) {
        switch event {
        case .opened(let name, _): (self.name, notice) = (name, nil)
        case .lines(let new): append(new)
        case .caughtUp: isCaughtUp = true
        case .rotated: startAnew("the file was rotated, now reading the new one")
        case .truncated: startAnew("the file was truncated, reading it from its start")
        case .lost(let bytes): notice = "\(bytes) bytes were lost: overwritten before anybody could read them"
        case .trouble(let sentence): notice = sentence
        }
    }

    /// The line with that number in the current file, if it is still kept.
    public subscript(number: Int) -> RawLogLine? {
        var low = 0
        var high = lines.count
        while low < high {
            let middle = (low + high) / 2
            if lines[middle].number < number { low = middle + 1 } else { high = middle }
        }
        return low < lines.count && lines[low].number == number ? lines[low] : nil
    }

    private mutating func append(_ new: [RawLogLine]) {
        for line in new { index.append(line) }
        lines += new
        if lines.count > Self.capacity + Self.capacity / 4 {
            let surplus = lines.count - Self.capacity
            lines.removeFirst(surplus)
            forgotten += surplus
        }
    }

    /// A new file: numbers start at 1 again, so the old file's lines and traces cannot stay beside them.
    private mutating func startAnew(_ notice: String) {
        forgotten += lines.count
        (lines, index, self.notice) = ([], TraceIndex(), notice)
    }
}
