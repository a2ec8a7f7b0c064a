/// A moment as a log wrote it: the writer's wall clock, to be trusted for durations and never for order.
public struct Timestamp: Hashable, Sendable, CustomStringConvertible {
    /// Since 1970-01-01 00:00:00 on the writer's clock; when the year was not logged, within the leap year 1972.
    public var seconds: Int64
    public var microseconds: Int32
    /// RFC 3164 stamps have no year.
    public var hasYear: Bool
    /// Minutes east of UTC, when logged (RFC 3339).
    public var offset: Int16?

    public init(seconds: Int64, microseconds: Int32 = 0, hasYear: Bool = true, offset: Int16? = nil) {
        (self.seconds, self.microseconds, self.hasYear, self.offset) = (seconds, microseconds, hasYear, offset)
    }

    /// The time of day, `19:40:12`.
    public var description: String { Timestamp.timeOfDay(seconds) }

    /// As the graph keeps it, by its seconds alone: no log that anybody asks about is of 1972.
    init(kept seconds: Int64) {
        self.init(seconds: seconds, hasYear: !Timestamp.undated.contains(seconds))
    }

    /// Where stamps without a year stand.
    static let undated = days(year: 1972, month: 1, day: 1) * 86400..<days(year: 1973, month: 1, day: 1) * 86400

    /// `2026-02-02 19:40:12`, or `02-02 19:40:12` when the year is not known.
    public var dateAndTime: String {
        let (year, month, day) = Timestamp.civil(days: seconds.flooredDivision(by: 86400))
        let date = "\(Timestamp.padded(month))-\(Timestamp.padded(day)) \(self)"
        return hasYear ? "\(year)-\(date)" : date
    }

    static func timeOfDay(_ seconds: Int64) -> String {
        let second = seconds - seconds.flooredDivision(by: 86400) * 86400
        return "\(padded(second / 3600)):\(padded(second / 60 % 60)):\(padded(second % 60))"
    }

    /// The seconds from `earlier` to `later`, never negative; a step back over half a year is a new year that was not logged.
    static func seconds(from earlier: Int64, to later: Int64) -> Int64 {
        let difference = later &- earlier
        if difference < -180 * 86400 { return max(0, difference &+ 366 * 86400) }
        return max(0, difference)
    }

    private static func padded(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// Days since 1970-01-01 in the Gregorian calendar.
    static func days(year: Int, month: Int, day: Int) -> Int64 {
        let shifted = Int64(month <= 2 ? year - 1 : year)
        let era = shifted.flooredDivision(by: 400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = Int64((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1)
        return era * 146097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719468
    }

    /// The same day and time within 1972, where stamps without a year are put.
    static func yearless(_ seconds: Int64) -> Int64 { moved(seconds, toYear: 1972) }

    /// The same day and time in the latest year in which it is no more than a day after `newest`.
    static func dated(_ seconds: Int64, upTo newest: Int64) -> Int64 {
        let year = civil(days: newest.flooredDivision(by: 86400)).year
        let moment = moved(seconds, toYear: Int(year))
        return moment > newest + 86400 ? moved(seconds, toYear: Int(year) - 1) : moment
    }

    private static func moved(_ seconds: Int64, toYear year: Int) -> Int64 {
        let (_, month, day) = civil(days: seconds.flooredDivision(by: 86400))
        return days(year: year, month: Int(month), day: Int(day)) * 86400 + secondOfDay(seconds)
    }

    private static func civil(days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719468
        let era = shifted.flooredDivision(by: 146097)
        let dayOfEra = shifted - era * 146097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * month + 2) / 5 + 1
        let civilMonth = month < 10 ? month + 3 : month - 9
        return (yearOfEra + era * 400 + (civilMonth <= 2 ? 1 : 0), civilMonth, day)
    }
}

extension Int64 {
    fileprivate func flooredDivision(by divisor: Int64) -> Int64 {
        self >= 0 ? self / divisor : (self - divisor + 1) / divisor
    }
}

/// The three forms in which mail logs write the time.
extension Span where Element == UInt8 {
    /// `Wed Feb  2 23:43:11 2008`: ctime, the file form of a Cisco ESA.
    func ctime(at index: Int) -> (Timestamp, end: Int)? {
        guard index + 24 <= count, self[index + 3] == 0x20, let month = month(at: index + 4),
            let day = twoDigits(at: index + 8), let clock = clock(at: index + 11), self[index + 19] == 0x20,
            let year = number(at: index + 20), year.end - index >= 24, year.end - index <= 25
        else { return nil }
        let seconds = Timestamp.days(year: Int(year.value), month: month, day: day) * 86400 + clock
        return (Timestamp(seconds: seconds), year.end)
    }

    /// `Feb  2 23:43:11`: RFC 3164, without a year, or with one after the time as some relays write it.
    func bsdTime(at index: Int) -> (Timestamp, end: Int)? {
        guard index + 15 <= count, let month = month(at: index), self[index + 3] == 0x20 else { return nil }
        guard let day = twoDigits(at: index + 4), let clock = clock(at: index + 7) else {
            return unpaddedBSDTime(at: index, month)
        }
        if index + 21 <= count, self[index + 15] == 0x20, self[index + 20] == 0x20, let year = number(at: index + 16),
            year.end == index + 20
        {
            let seconds = Timestamp.days(year: Int(year.value), month: month, day: day) * 86400 + clock
            return (Timestamp(seconds: seconds), index + 20)
        }
        let seconds = Timestamp.days(year: 1972, month: month, day: day) * 86400 + clock
        return (Timestamp(seconds: seconds, hasYear: false), index + 15)
    }

    /// `Feb 2 23:43:11`: the same without the blank that RFC 3164 puts before a single digit.
    private func unpaddedBSDTime(at index: Int, _ month: Int) -> (Timestamp, end: Int)? {
        guard let day = number(at: index + 4), day.end == index + 5, self[day.end] == 0x20, index + 14 <= count,
            let clock = clock(at: index + 6)
        else { return nil }
        let seconds = Timestamp.days(year: 1972, month: month, day: Int(day.value)) * 86400 + clock
        return (Timestamp(seconds: seconds, hasYear: false), index + 14)
    }

    /// `2026-11-21T19:31:35.637123+00:00`: RFC 3339; the zone also as `+0000`, as journalctl writes it.
    func isoTime(at index: Int) -> (Timestamp, end: Int)? {
        guard index + 20 <= count, let year = number(at: index), year.end == index + 4, self[index + 4] == 0x2D,
            let month = twoDigits(at: index + 5), (1...12).contains(month), let day = twoDigits(at: index + 8),
            self[index + 10] == 0x54 || self[index + 10] == 0x20, let clock = clock(at: index + 11)
        else { return nil }
        var (end, micros, scale) = (index + 19, Int32(0), Int32(100_000))
        if self[end] == 0x2E || self[end] == 0x2C {
            end += 1
            while end < count, case let digit = self[end] &- 0x30, digit < 10 {
                micros += Int32(digit) * scale
                (scale, end) = (scale / 10, end + 1)
            }
        }
        var offset: Int16?
        if end < count, self[end] == 0x5A {
            (offset, end) = (0, end + 1)
        } else if end + 5 <= count, self[end] == 0x2B || self[end] == 0x2D, let hours = twoDigits(at: end + 1) {
            let colon = self[end + 3] == 0x3A ? 1 : 0
            if let minutes = twoDigits(at: end + 3 + colon) {
                offset = Int16((self[end] == 0x2D ? -1 : 1) * (hours * 60 + minutes))
                end += 5 + colon
            }
        }
        let seconds = Timestamp.days(year: Int(year.value), month: month, day: day) * 86400 + clock
        return (Timestamp(seconds: seconds, microseconds: micros, offset: offset), end)
    }

    private func month(at index: Int) -> Int? {
        switch (self[index], self[index + 1], self[index + 2]) {
        case (0x4A, 0x61, 0x6E): 1
        case (0x46, 0x65, 0x62): 2
        case (0x4D, 0x61, 0x72): 3
        case (0x41, 0x70, 0x72): 4
        case (0x4D, 0x61, 0x79): 5
        case (0x4A, 0x75, 0x6E): 6
        case (0x4A, 0x75, 0x6C): 7
        case (0x41, 0x75, 0x67): 8
        case (0x53, 0x65, 0x70): 9
        case (0x4F, 0x63, 0x74): 10
        case (0x4E, 0x6F, 0x76): 11
        case (0x44, 0x65, 0x63): 12
        default: nil
        }
    }

    /// `23:43:11` in seconds of the day.
    private func clock(at index: Int) -> Int64? {
        guard let hour = twoDigits(at: index), let minute = twoDigits(at: index + 3),
            let second = twoDigits(at: index + 6), self[index + 2] == 0x3A, self[index + 5] == 0x3A
        else { return nil }
        return Int64(hour * 3600 + minute * 60 + second)
    }
}
