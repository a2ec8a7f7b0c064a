extension SessionPlan {
    /// Looks at everything that the plan puts into a command or a header field.
    ///
    /// - Throws: `CommandFault` when something of it would become more than one line, or would end its path early.
    public func check() throws(CommandFault) {
        try CommandFault.check(helloName, "the EHLO name")
        try Self.checkPath(reversePath, "the sender")
        for recipient in recipients {
            try Self.checkPath(recipient.forwardPath, "the recipient")
            try CommandFault.check(recipient.original ?? "", "ORCPT")
            for parameter in recipient.byHand { try CommandFault.check(parameter, "the parameter of RCPT") }
        }
        for parameter in mail.byHand { try CommandFault.check(parameter, "the parameter of MAIL") }
        for attributes in clientAttributes { try CommandFault.check(attributes, "XCLIENT") }
        try CommandFault.check(forwardAttributes ?? "", "XFORWARD")
        for probe in probes { try CommandFault.check(probe.argument, "the argument of \(probe.verb.rawValue)") }
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
