import Glibc
import SMTP

/// What makes a test message one that can be found again: date, Message-ID, and four digits in the subject.
enum Stamp {
    static func completed(_ plan: SessionPlan) -> SessionPlan {
        var plan = plan
        let mark = digits(4)
        plan.message.subject += " \(mark)"
        plan.message.date = date(time(nil))
        let domain = plan.helloName.hasPrefix("[") ? "porthole.invalid" : plan.helloName
        let new = "\(mark.lowercased()).\(digits(12).lowercased())@\(domain)"
        plan.message.messageID = plan.message.ownMessageID ?? (plan.message.hasOurMessageID ? new : "")
        return plan
    }

    private static func digits(_ count: Int) -> String {
        (0..<count).map { _ in String(UInt8.random(in: 0...15), radix: 16, uppercase: true) }.joined()
    }

    /// RFC 5322 §3.3, in UTC. By the C library: Foundation's calendar costs a tenth of the whole run to make ready.
    static func date(_ time: time_t) -> String {
        var seconds = time
        var parts = unsafe tm()
        unsafe gmtime_r(&seconds, &parts)
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let (weekday, month) = unsafe (days[Int(parts.tm_wday)], months[Int(parts.tm_mon)])
        let day = unsafe "\(weekday), \(parts.tm_mday) \(month) \(parts.tm_year + 1900)"
        return unsafe "\(day) \(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec)) +0000"
    }
}
