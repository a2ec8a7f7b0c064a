/// A message with an end that only some servers take for one, RFC 5321 §4.1.1.4 and §2.3.8, and a second message behind it.
///
///     C: …first message
///     C: <LF>.<CRLF>             the false end
///     C: MAIL FROM:<a@b>         commands to a server that ended the message there, text to every other
///     C: RCPT TO:<c@d>
///     C: DATA
///     C: …second message
///     C: <CRLF>.<CRLF>           the true end
///     C: QUIT                    every reply before its 221 is counted
///
/// A server that is fooled lets whoever writes the text of one mail send another under any name that the first server may use
/// (CVE-2023-51764, -51765, -51766). The second message of ours goes from the same sender to the same recipient as the first.
public struct SmugglingProbe: Hashable, Sendable {
    /// What is sent and what is judged.
    public enum Kind: Hashable, Sendable {
        /// Between the first message and the commands.
        case falseEnd([UInt8])
        /// One message with these bytes inside a line: is it taken, changed or refused?
        case content([UInt8])
    }

    /// `lf-dot-crlf`: what the operator names it by.
    public let name: String
    public let kind: Kind
    /// Who was open to it, or what it is for; one sentence.
    public let meaning: String

    init(_ name: String, _ kind: Kind, _ meaning: String) {
        (self.name, self.kind, self.meaning) = (name, kind, meaning)
    }

    /// Every probe, the control first.
    public static let all: [SmugglingProbe] = [
        .control, .lineFeedDotLineFeed, .lineFeedDotEnd, .endDotLineFeed, .returnDotReturn, .returnDotEnd,
        .endDotReturn,
        .lineFeedDotReturn, .endNulDotEnd, .endDotNulEnd, .bareLineFeed, .bareReturn,
    ]

    /// The probe of that name.
    public init?(named name: String) {
        guard let probe = Self.all.first(where: { $0.name == name.lowercased() }) else { return nil }
        self = probe
    }

    /// The bytes that matter, as `<LF>.<CRLF>`.
    public var sequence: String {
        let bytes =
            switch kind {
            case .falseEnd(let bytes), .content(let bytes): bytes
            }
        var text = ""
        var rest = bytes[...]
        while let byte = rest.popFirst() {
            switch byte {
            case 0x0D where rest.first == 0x0A:
                rest.removeFirst()
                text += "<CRLF>"
            case 0x0D: text += "<CR>"
            case 0x0A: text += "<LF>"
            case 0: text += "<NUL>"
            default: text.unicodeScalars.append(Unicode.Scalar(byte))
            }
        }
        return text
    }

    /// - Throws: `CommandFault` when the plan has not exactly one recipient: the replies could not be told apart.
    func compose(_ plan: SessionPlan, number: Int) throws(CommandFault) -> ComposedMessage {
        guard plan.recipients.count == 1, let recipient = plan.recipients.first else {
            throw CommandFault("a smuggling probe goes to exactly one recipient")
        }
        var plan = plan
        (plan.message.probe, plan.message.raw) = (nil, nil)
        (plan.message.html, plan.message.foreignText, plan.message.attachments) = (nil, nil, [])
        let subject = plan.message.subject
        switch kind {
        case .content(let bytes):
            plan.message.subject = "\(subject) (probe \(name))"
            plan.message.body = "This message tests how a server reads \(sequence).\nWhat follows is in one line:\n"
            let head = try MessageComposer.compose(plan, number: number).bytes
            let whole = head + Array("before".utf8) + bytes + Array("after\r\n".utf8)
            return ComposedMessage(whole, mayEndEarly: true)
        case .falseEnd(let end):
            plan.message.subject = "\(subject) (probe \(name), 1 of 2)"
            plan.message.body = "This message tests where a server ends a message.\nThe false end follows: \(sequence)"
            var head = try MessageComposer.compose(plan, number: number).bytes
            // The false end brings its own line end.
            if head.ends(with: [0x0D, 0x0A]) { head.removeLast(2) }
            plan.message.subject = "\(subject) (probe \(name), 2 of 2)"
            plan.message.messageID = "smuggled.\(plan.message.messageID)"
            plan.message.body = "If this is a message of its own, a server on the way took \(sequence) for its end.\n"
            let second = try MessageComposer.compose(plan, number: number).bytes
            let commands = [
                Command.mail(from: plan.reversePath, parameters: []),
                .recipient(recipient.forwardPath, parameters: []), .data,
            ]
            let lines = commands.map { $0.line + "\r\n" }.joined()
            let text = head + end + Array(lines.utf8) + second
            return ComposedMessage(text, mayEndEarly: true, ending: text + Array(".\r\n".utf8))
        }
    }
}
