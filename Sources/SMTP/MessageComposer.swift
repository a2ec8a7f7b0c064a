/// Writes the test message, RFC 5322: header fields from the plan, a blank line, the body.
public enum MessageComposer {
    /// The message with line feeds; `DotStuffing` makes it fit for the wire.
    ///
    /// - Throws: `CommandFault` when a field holds CR, LF or NUL and would become another field.
    public static func compose(_ plan: SessionPlan) throws(CommandFault) -> String {
        let message = plan.message
        let from = plan.reversePath.isEmpty ? "postmaster@\(plan.helloName)" : plan.reversePath
        let fields = [
            ("Date", message.date),
            ("From", "<\(from)>"),
            ("To", plan.recipients.map { "<\($0.forwardPath)>" }.joined(separator: ",\n ")),
            ("Subject", message.subject),
            ("Message-ID", message.messageID.isEmpty ? "" : "<\(message.messageID)>"),
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

extension SessionPlan {
    /// Looks at everything that the plan puts into a command or a header field.
    ///
    /// - Throws: `CommandFault` when something of it would become more than one line, or would end its path early.
    public func check() throws(CommandFault) {
        try CommandFault.check(helloName, "the EHLO name")
        try Self.checkPath(reversePath, "the sender")
        for recipient in recipients { try Self.checkPath(recipient.forwardPath, "the recipient") }
        try CommandFault.check(message.subject, "the subject")
        try CommandFault.check(message.date, "the date")
        try Self.checkPath(message.messageID, "the Message-ID")
    }

    private static func checkPath(_ path: String, _ name: String) throws(CommandFault) {
        try CommandFault.check(path, name)
        guard !path.unicodeScalars.contains(where: { $0 == "<" || $0 == ">" }) else {
            throw CommandFault("\(name) holds an angle bracket; give the address without them")
        }
        guard !path.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
            throw CommandFault("\(name) holds a control character")
        }
    }
}
