import MailVocabulary

/// The parameters of MAIL and RCPT: what the plan asks for and the server has, then what was given by hand.
extension SessionProgress {
    var mailParameters: [String] {
        let mail = plan.mail
        let message = composed
        var parameters: [String] = []
        if offers("SIZE") {
            switch mail.size {
            case .octets(let count): parameters.append("SIZE=\(count)")
            case .ofMessage: if let message { parameters.append("SIZE=\(message.octets)") }
            case nil: break
            }
        }
        if mail.body == .binary {
            if offers("BINARYMIME") { parameters.append("BODY=BINARYMIME") }
        } else if offers("8BITMIME"),
            let body = mail.body ?? (message.map { $0.transparency > .sevenBit } == true ? .eightBit : nil)
        {
            parameters.append("BODY=\(body.rawValue)")
        }
        if offers("SMTPUTF8"), mail.isInternational || needsInternational || message?.isInternational == true {
            parameters.append("SMTPUTF8")
        }
        if offers("DSN") {
            if let returns = mail.returns { parameters.append("RET=\(returns.rawValue)") }
            if let envelopeID = mail.envelopeID { parameters.append("ENVID=\(XText.encode(envelopeID))") }
        }
        return parameters + serviceParameters + mail.byHand
    }

    func parameters(of recipient: Recipient) -> [String] {
        var parameters: [String] = []
        if offers("DSN") {
            if !recipient.notify.isEmpty {
                parameters.append("NOTIFY=" + recipient.notify.map(\.rawValue).joined(separator: ","))
            }
            if let original = recipient.original { parameters.append("ORCPT=\(Self.encoded(original: original))") }
        }
        return parameters + recipient.byHand
    }

    /// What the plan asks for and this server's EHLO list does not have, one sentence each: it is left out, but not in silence.
    var leftOut: [String] {
        guard extendedHello == .accepted || plainHello == .accepted else { return [] }
        let dsn: [String] = [
            plan.mail.returns == nil ? "" : "RET", plan.mail.envelopeID == nil ? "" : "ENVID",
            plan.recipients.contains { !$0.notify.isEmpty } ? "NOTIFY" : "",
            plan.recipients.contains { $0.original != nil } ? "ORCPT" : "",
        ].filter { !$0.isEmpty }
        let wanted: [(keyword: String, parameters: [String])] = [
            ("DSN", dsn), ("SIZE", plan.mail.size == nil ? [] : ["SIZE"]),
            ("8BITMIME", plan.mail.body == nil || plan.mail.body == .binary ? [] : ["BODY"]),
            ("SMTPUTF8", plan.mail.isInternational || needsInternational ? ["SMTPUTF8"] : []),
        ]
        return (wanted + servicesLeftOut).filter { !$0.parameters.isEmpty && !offers($0.keyword) }.map {
            "left out: \($0.parameters.joined(separator: ", ")), because the server does not offer \($0.keyword)"
        }
    }

    private static func encoded(original: String) -> String {
        let parts = original.split(separator: ";", maxSplits: 1)
        return parts.count == 2 ? "\(parts[0]);\(XText.encode(String(parts[1])))" : "rfc822;\(XText.encode(original))"
    }

    private var needsInternational: Bool {
        ([plan.reversePath] + plan.recipients.map(\.forwardPath)).contains { $0.utf8.contains { $0 >= 0x80 } }
    }

    /// What this server lets through, RFC 6152 §3.
    var transparency: TransferEncoding.Transparency { offers("8BITMIME") ? .eightBit : .sevenBit }

    /// The message, where MAIL says something about it; plain ASCII needs no word.
    private var composed: ComposedMessage? {
        let isSimple = plan.message.isPlain && plan.message.body.utf8.allSatisfy { $0 < 0x80 }
        guard plan.mail.size == .ofMessage || !isSimple else { return nil }
        return try? MessageComposer.compose(plan, for: transparency)
    }
}
