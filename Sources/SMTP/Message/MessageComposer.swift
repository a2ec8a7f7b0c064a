/// Writes the test message, RFC 5322: header fields from the plan, a blank line, the body.
public enum MessageComposer {
    /// The message with line feeds; `DotStuffing` makes it fit for the wire.
    ///
    /// - Parameter number: Which of a plan's messages; those after the first have a Message-ID of their own.
    /// - Throws: `CommandFault` when a field holds CR, LF or NUL and would become another field.
    public static func compose(_ plan: SessionPlan, number: Int = 1) throws(CommandFault) -> String {
        let message = plan.message
        let from = plan.reversePath.isEmpty ? "postmaster@\(plan.helloName)" : plan.reversePath
        let fields = [
            ("Date", message.date),
            ("From", "<\(from)>"),
            ("To", plan.recipients.map { "<\($0.forwardPath)>" }.joined(separator: ",\n ")),
            ("Subject", message.subject),
            ("Message-ID", message.messageID.isEmpty ? "" : "<\(number == 1 ? "" : "\(number).")\(message.messageID)>"),
            ("X-Porthole", "test message"),
            ("MIME-Version", isASCII(message.body) ? "" : "1.0"),
            ("Content-Type", isASCII(message.body) ? "" : "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", isASCII(message.body) ? "" : "8bit"),
        ]
        try plan.check()
        var text = ""
        for (name, value) in fields where !value.isEmpty { text += "\(name): \(value)\n" }
        return text + "\n" + message.body
    }

    private static func isASCII(_ text: String) -> Bool { text.utf8.allSatisfy { $0 < 0x80 } }
}
