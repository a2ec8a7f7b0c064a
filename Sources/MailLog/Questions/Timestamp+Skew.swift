extension Timestamp {
    /// This stamp minus a moment of another clock, in seconds; the nearest year where the log does not write it.
    public func skew(from seconds: Int64) -> Int64 {
        guard !hasYear else { return self.seconds &- seconds }
        let year: Int64 = 366 * 86400
        let difference = self.seconds &- Timestamp.yearless(seconds)
        return difference > year / 2 ? difference - year : difference < -year / 2 ? difference + year : difference
    }

    /// Reads the date-time of a message header field, `Mon, 02 Feb 2026 10:00:04 +0100` (RFC 5322 §3.3): the wall clock of its
    /// zone, with the offset.
    public init?(mailDate text: String) {
        let bytes = Array(text.utf8)
        let line = bytes.span
        var index = line.index(of: 0x2C, from: 0).map { $0 + 1 } ?? 0
        while line.has(" ", at: index) { index += 1 }
        guard let day = line.number(at: index), (1...31).contains(day.value), line.has(" ", at: day.end) else {
            return nil
        }
        let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard let month = names.firstIndex(where: { line.has($0, at: day.end + 1) }),
            let year = line.number(at: day.end + 5), year.end == day.end + 9, line.has(" ", at: year.end),
            let hour = line.twoDigits(at: year.end + 1), let minute = line.twoDigits(at: year.end + 4),
            let second = line.twoDigits(at: year.end + 7), line.has(" ", at: year.end + 9)
        else { return nil }
        let zone = year.end + 10
        guard line.has("+", at: zone) || line.has("-", at: zone), let hours = line.twoDigits(at: zone + 1),
            let minutes = line.twoDigits(at: zone + 3)
        else { return nil }
        let clock = Int64(hour * 3600 + minute * 60 + second)
        self.init(
            seconds: Timestamp.days(year: Int(year.value), month: month + 1, day: Int(day.value)) * 86400 + clock,
            offset: Int16((line.has("-", at: zone) ? -1 : 1) * (hours * 60 + minutes)))
    }

    /// The same moment on the clock of UTC, when the zone is known.
    public var utc: Int64 { seconds - Int64(offset ?? 0) * 60 }
}
