import Glibc

/// `20261121-194011-mx1.example.test`: sorts by time, and says whom it was with.
enum SessionFileName {
    static func stem(at time: time_t, host: String) -> String {
        var seconds = time
        var parts = unsafe tm()
        unsafe gmtime_r(&seconds, &parts)
        let date = unsafe [parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday]
        let clock = unsafe [parts.tm_hour, parts.tm_min, parts.tm_sec]
        let safe = host.prefix(80).map {
            $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") ? $0 : "_"
        }
        return [date.map(twoDigits).joined(), clock.map(twoDigits).joined(), String(safe)].joined(separator: "-")
    }

    private static func twoDigits(_ number: CInt) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
