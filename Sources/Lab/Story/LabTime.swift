import Glibc

/// A moment of the wall clock, as mail logs and Date header fields print it.
public struct LabTime: Hashable, Comparable, Sendable {
    /// Milliseconds since 1970, UTC.
    public var milliseconds: Int64
    /// Seconds east of Greenwich.
    public var offset: Int

    /// A moment, and the zone to print it in.
    public init(milliseconds: Int64, offset: Int = 0) { (self.milliseconds, self.offset) = (milliseconds, offset) }

    /// The zone does not matter.
    public static func < (left: LabTime, right: LabTime) -> Bool { left.milliseconds < right.milliseconds }

    /// This machine's clock and zone.
    public static func now() -> LabTime {
        var moment = timespec()
        var parts = unsafe tm()
        unsafe clock_gettime(CLOCK_REALTIME, &moment)
        unsafe localtime_r(&moment.tv_sec, &parts)
        return unsafe LabTime(
            milliseconds: Int64(moment.tv_sec) * 1000 + Int64(moment.tv_nsec) / 1_000_000, offset: Int(parts.tm_gmtoff))
    }

    /// Negative for the past.
    public func advanced(bySeconds seconds: Double) -> LabTime {
        LabTime(milliseconds: milliseconds + Int64(seconds * 1000), offset: offset)
    }

    /// `Wed Feb  2 23:43:11 2008`: 24 characters, the day padded with a blank.
    public var logStamp: String {
        let (date, time) = parts
        let day = date.day < 10 ? " \(date.day)" : "\(date.day)"
        return "\(date.weekday) \(date.month) \(day) \(time) \(date.year)"
    }

    /// `Thu, 25 Sep 2014 00:25:11 +0000`, RFC 5322 §3.3.
    public var headerDate: String {
        let (date, time) = parts
        let minutes = abs(offset) / 60
        let zone = "\(offset < 0 ? "-" : "+")\(Self.two(minutes / 60))\(Self.two(minutes % 60))"
        return "\(date.weekday), \(date.day) \(date.month) \(date.year) \(time) \(zone)"
    }

    private struct Day {
        var weekday: String
        var day: Int
        var month: String
        var year: Int
    }

    /// The civil date of a count of days, after Howard Hinnant's `civil_from_days`.
    private var parts: (Day, String) {
        let seconds = Int(milliseconds.floored(by: 1000)) + offset
        let days = seconds.floored(by: 86_400)
        let rest = seconds - days * 86_400
        let shifted = days + 719_468
        let era = shifted.floored(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let names = ["Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb"]
        let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let day = Day(
            weekday: weekdays[days - days.floored(by: 7) * 7], day: dayOfYear - (153 * month + 2) / 5 + 1,
            month: names[month], year: yearOfEra + era * 400 + (month >= 10 ? 1 : 0))
        return (day, "\(Self.two(rest / 3600)):\(Self.two(rest / 60 % 60)):\(Self.two(rest % 60))")
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

extension BinaryInteger {
    fileprivate func floored(by divisor: Self) -> Self {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
