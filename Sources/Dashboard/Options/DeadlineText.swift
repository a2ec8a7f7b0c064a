import MailVocabulary
import SMTP

/// The limits of the replies as text: `greeting=60 command=20`, those of RFC 5321 left out.
enum DeadlineText {
    static let names = ["connect", "greeting", "tls", "command", "data", "block", "eod", "quit"]

    static func text(of deadlines: ReplyDeadlines) -> String {
        let usual = ReplyDeadlines()
        return names.compactMap { name in
            guard let path = path(name), deadlines[keyPath: path] != usual[keyPath: path] else { return nil }
            return "\(name)=\(seconds(deadlines[keyPath: path]))"
        }.joined(separator: " ")
    }

    /// `60` or `0.25`.
    static func seconds(_ time: Duration) -> String {
        let thousandths = time.milliseconds
        let rest = thousandths % 1000
        var fraction = rest == 0 ? "" : "." + String(String(1000 + rest).dropFirst())
        while fraction.hasSuffix("0") { fraction.removeLast() }
        return "\(thousandths / 1000)\(fraction)"
    }

    static func deadlines(in text: String) -> (deadlines: ReplyDeadlines, fault: Phrase?) {
        var deadlines = ReplyDeadlines()
        for word in text.split(whereSeparator: { $0 == " " || $0 == "," }) {
            let parts = word.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, let path = path(parts[0].lowercased()) else {
                return (deadlines, "\(word) is not NAME=SECONDS; the names are \(names.joined(separator: ", "))")
            }
            guard let seconds = Double(parts[1]), (0.001...86_400).contains(seconds) else {
                return (deadlines, "\(word): a limit is up to 86400 seconds")
            }
            deadlines[keyPath: path] = .milliseconds(Int(seconds * 1000))
        }
        return (deadlines, nil)
    }

    private static func path(_ name: String) -> WritableKeyPath<ReplyDeadlines, Duration>? {
        switch name {
        case "connect": \.connect
        case "greeting": \.greeting
        case "tls": \.tlsHandshake
        case "command": \.command
        case "data": \.data
        case "block": \.dataBlock
        case "eod": \.endOfData
        case "quit": \.quit
        case _: nil
        }
    }
}
