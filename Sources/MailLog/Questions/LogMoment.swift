/// A moment on a log's own clock, as people say it: so long before its last line, or a time that stands in it.
public enum LogMoment: Hashable, Sendable {
    /// Seconds before the newest line that has a time: a log that stopped an hour ago has its own last half hour.
    case before(seconds: Int64)
    /// A wall clock time, in the writer's zone, as the log writes it: with a year or without.
    case at(Timestamp)
    /// A time of day, of the last line's day or of the day before.
    case timeOfDay(seconds: Int64)

    /// Reads `30m`, `2h`, `90s`, `1d`, `10:00`, `10:00:30`, `2026-02-02`, `2026-02-02 10:00`, `02-02` and `02-02 10:00`; nothing
    /// for other text.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        let line = bytes.span
        if let (count, end) = line.number(at: 0), end == bytes.count - 1, count <= 1_000_000_000 {
            let units: [UInt8: Int64] = [0x73: 1, 0x6D: 60, 0x68: 3600, 0x64: 86400]
            guard let unit = units[bytes[end]] else { return nil }
            self = .before(seconds: Int64(count) * unit)
        } else if bytes.count == 5 || bytes.count == 8, let seconds = LogMoment.clock(line, 0) {
            self = .timeOfDay(seconds: seconds)
        } else if let (day, end, hasYear) = LogMoment.day(line) {
            guard bytes.count > end else {
                self = .at(Timestamp(seconds: day, hasYear: hasYear))
                return
            }
            guard line.has(" ", at: end) || line.has("T", at: end), let seconds = LogMoment.clock(line, end + 1) else {
                return nil
            }
            self = .at(Timestamp(seconds: day + seconds, hasYear: hasYear))
        } else {
            return nil
        }
    }

    /// In seconds, as the beginning of a stretch of this log. A time of day that the last line has not come to is the day before.
    func start(in window: LogWindow) -> Int64 {
        let newest = window.to
        switch self {
        case .before(let seconds): return newest.seconds - seconds
        case .at(let stamp):
            // A log without years counts within one year of its own.
            guard newest.hasYear else { return Timestamp.yearless(stamp.seconds) }
            return stamp.hasYear ? stamp.seconds : Timestamp.dated(stamp.seconds, upTo: newest.seconds)
        case .timeOfDay(let seconds):
            let moment = newest.seconds - Timestamp.secondOfDay(newest.seconds) + seconds
            return moment > newest.seconds ? moment - 86400 : moment
        }
    }

    /// The same as the end of a stretch: a time of day is that of the day before only when the log has lines from before it.
    func end(in window: LogWindow) -> Int64 {
        let moment = start(in: window)
        guard case .timeOfDay(let seconds) = self, Timestamp.secondOfDay(window.to.seconds) < seconds,
            Timestamp.age(of: moment, newest: window.from) >= 0
        else { return moment }
        return moment + 86400
    }

    /// `2026-02-02`, or `02-02` in the year of stamps without one; and where it ends.
    private static func day(_ line: Span<UInt8>) -> (seconds: Int64, end: Int, hasYear: Bool)? {
        if line.count >= 5, line.has("-", at: 2), let month = line.twoDigits(at: 0), (1...12).contains(month),
            let day = line.twoDigits(at: 3), (1...31).contains(day)
        {
            return (Timestamp.days(year: 1972, month: month, day: day) * 86400, 5, false)
        }
        guard line.count >= 10, let year = line.number(at: 0), year.end == 4, line.has("-", at: 4),
            let month = line.twoDigits(at: 5), (1...12).contains(month), line.has("-", at: 7),
            let day = line.twoDigits(at: 8), (1...31).contains(day)
        else { return nil }
        return (Timestamp.days(year: Int(year.value), month: month, day: day) * 86400, 10, true)
    }

    /// `10:00` or `10:00:30`, to the end of the text.
    private static func clock(_ line: Span<UInt8>, _ index: Int) -> Int64? {
        guard line.count == index + 5 || line.count == index + 8, let hour = line.twoDigits(at: index), hour < 24,
            line.has(":", at: index + 2), let minute = line.twoDigits(at: index + 3), minute < 60
        else { return nil }
        guard line.count == index + 8 else { return Int64(hour * 3600 + minute * 60) }
        guard line.has(":", at: index + 5), let second = line.twoDigits(at: index + 6), second < 61 else { return nil }
        return Int64(hour * 3600 + minute * 60 + second)
    }
}

extension Timestamp {
    /// The seconds since midnight.
    static func secondOfDay(_ seconds: Int64) -> Int64 {
        let rest = seconds % 86400
        return rest < 0 ? rest + 86400 : rest
    }

    /// How long before `newest` a moment of the same clock is; over the turn of a year that was not logged too. May be negative.
    ///
    /// Where one of the two has a year and the other has not, the year does not count.
    static func age(of seconds: Int64, newest: Timestamp) -> Int64 {
        if newest.hasYear == undated.contains(seconds) {
            return age(of: yearless(seconds), newest: Timestamp(kept: yearless(newest.seconds)))
        }
        let age = newest.seconds &- seconds
        return !newest.hasYear && age < -180 * 86400 ? age &+ 366 * 86400 : age
    }
}
