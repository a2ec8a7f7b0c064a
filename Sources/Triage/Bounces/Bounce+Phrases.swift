import MailVocabulary

extension Bounce {
    /// Who wrote it and about which message, a line each. Outside text.
    public var headLines: [Phrase] {
        var lines: [Phrase] = []
        if let reporter { lines.append("bounce by \(reporter)") }
        if !isStandard {
            lines.append("it has no delivery status (RFC 3464): the replies were found in its text")
        }
        if let arrived { lines.append("the message arrived there: \(arrived)") }
        if let queueID { lines.append("queue id there: \(queueID)") }
        if let envelopeID { lines.append("envelope id: \(envelopeID)") }
        if let messageID { lines.append(Phrase(quoting: "Message-ID: \(messageID)")) }
        if let subject { lines.append(Phrase(quoting: "Subject: \(subject)")) }
        return lines
    }
}

extension BouncedRecipient {
    /// What became of the recipient, and who says so, in a line. Outside text.
    public var headLine: Phrase {
        let name = address ?? "?"
        let sent: Phrase = originalAddress.map { "\(name) (sent to \($0))" } ?? Phrase(quoting: name)
        let told: Phrase = remoteMTA.map { "\(sent): \(outcome), says \($0)" } ?? "\(sent): \(outcome)"
        return retryUntil.map { "\(told); tried again until \($0)" } ?? told
    }

    private var outcome: Phrase {
        switch action {
        case "failed": "not delivered"
        case "delayed": "delayed"
        case "delivered": "delivered"
        case "relayed": "relayed to a server that sends no notifications"
        case "expanded": "delivered to a list"
        case _: Phrase(quoting: action)
        }
    }
}
