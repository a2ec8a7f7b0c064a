import Glibc

/// The time of day where the operator is.
enum WallClock {
    /// `03:12:45`.
    static var now: String {
        var moment = time(nil)
        var parts = unsafe tm()
        unsafe localtime_r(&moment, &parts)
        let numbers = unsafe [parts.tm_hour, parts.tm_min, parts.tm_sec]
        return numbers.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }
}
