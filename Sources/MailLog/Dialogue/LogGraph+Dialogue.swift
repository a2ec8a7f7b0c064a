/// The replies of a server in a log that shows the dialogue.
extension LogGraph {
    /// What a reply says about the connection as such.
    enum DialogueStep {
        /// It answers nothing: the greeting (RFC 5321 §3.1).
        case greeting
        /// The message was taken.
        case accepted
        case other
    }

    /// Notes the server's reply to the oldest command that waits for one.
    mutating func answer(
        _ line: Span<UInt8>, _ reply: Range<Int>, to transaction: inout DialogueTransaction, on index: Int
    ) -> DialogueStep {
        guard let (code, isLast) = DialogueText.code(line, reply), isLast, code != 334 else { return .other }
        if code == 354 {
            transaction.isContent = true
            return .other
        }
        let command = transaction.takeCommand()
        if code < 400 { return accept(command, to: &transaction, on: index) }
        switch command {
        case .sender: note(DialogueReply.ofSender(line, reply), index, line, reply)
        case .recipient(let address):
            note(DialogueReply.ofRecipient(line, reply), index, line, reply)
            refuse(address, on: index, line, reply)
        case .data: note(DialogueReply.ofMessage(line, reply), index, line, reply)
        case .authentication: note(.authFailed, index, line, reply)
        case .other, nil:
            if code == 421 || command == nil { note(DialogueReply.ofConnection(line, reply), index, line, reply) }
        }
        return command == nil && code != 421 ? .greeting : .other
    }

    private mutating func accept(
        _ command: DialogueTransaction.Command?, to transaction: inout DialogueTransaction, on index: Int
    ) -> DialogueStep {
        switch command {
        case .sender(let address):
            transaction.sender = address
            transaction.recipients = []
        case .recipient(let address): transaction.recipients.append(address)
        case .authentication: connections[index].flags.insert(.authSucceeded)
        case .data: return .accepted
        case nil: return .greeting
        case .other: break
        }
        return .other
    }
}
