/// Words that stand for what is known only when a message is written: `%to%` in a subject, a body or a header field.
public enum MessageTokens {
    /// Every token with what it stands for, for the help.
    public static let all: [(name: String, meaning: String)] = [
        ("%from%", "the envelope sender"), ("%to%", "the first recipient"), ("%helo%", "our name after EHLO"),
        ("%server%", "the server as typed"), ("%date%", "the Date"), ("%message-id%", "the Message-ID"),
        ("%number%", "which message of the run"),
    ]

    /// The text with its tokens filled in; what is no token stays, percent signs and all.
    static func fill(_ text: String, _ plan: SessionPlan, messageID: String, number: Int) -> String {
        guard text.contains("%") else { return text }
        var result = text
        for (name, _) in all {
            let value =
                switch name {
                case "%from%": plan.reversePath
                case "%to%": plan.recipients.first?.forwardPath ?? ""
                case "%helo%": plan.helloName
                case "%server%": plan.target.name
                case "%date%": plan.message.date
                case "%message-id%": messageID
                default: "\(number)"
                }
            result = result.split(separator: name, omittingEmptySubsequences: false).joined(separator: value)
        }
        return result
    }
}
