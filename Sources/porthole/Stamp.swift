import FoundationEssentials
import SMTP

/// What makes a test message one that can be found again: date, Message-ID, and four digits in the subject.
enum Stamp {
    static func completed(_ plan: SessionPlan) -> SessionPlan {
        var plan = plan
        let mark = digits(4)
        plan.message.subject += " \(mark)"
        plan.message.date = date(Date())
        let domain = plan.helloName.hasPrefix("[") ? "porthole.invalid" : plan.helloName
        let new = "\(mark.lowercased()).\(digits(12).lowercased())@\(domain)"
        plan.message.messageID = plan.message.ownMessageID ?? (plan.message.hasOurMessageID ? new : "")
        return plan
    }

    private static func digits(_ count: Int) -> String {
        (0..<count).map { _ in String(UInt8.random(in: 0...15), radix: 16, uppercase: true) }.joined()
    }

    /// RFC 5322 §3.3, in UTC.
    static func date(_ date: Date) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents([.weekday, .day, .month, .year, .hour, .minute, .second], from: date)
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        func two(_ number: Int?) -> String { (number ?? 0) < 10 ? "0\(number ?? 0)" : "\(number ?? 0)" }
        let day =
            "\(days[(parts.weekday ?? 1) - 1]), \(parts.day ?? 1) \(months[(parts.month ?? 1) - 1]) \(parts.year ?? 1970)"
        return "\(day) \(two(parts.hour)):\(two(parts.minute)):\(two(parts.second)) +0000"
    }
}
