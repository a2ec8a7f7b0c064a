/// The stretch of time that a log's lines are from, on its writers' clocks.
public struct LogWindow: Hashable, Sendable {
    /// The stamp of the first line that has one.
    public private(set) var from: Timestamp
    /// The stamp of the last line that has one.
    public private(set) var to: Timestamp

    public init(from: Timestamp, to: Timestamp) { (self.from, self.to) = (from, to) }

    /// Goes on to the next line's stamp.
    mutating func reach(_ time: Timestamp) { to = time }

    /// The stretch of both logs together: they may be of the same hours, and named in any order.
    func joined(with other: LogWindow) -> LogWindow {
        LogWindow(
            from: Timestamp.age(of: from.seconds, newest: other.from) < 0 ? other.from : from,
            to: Timestamp.age(of: to.seconds, newest: other.to) < 0 ? to : other.to)
    }
}
