import MailVocabulary
import SMTP

/// MAIL, RCPT, DATA and the message, RFC 5321 §3.3.
extension GatewayConversation {
    mutating func mail(_ command: GatewayCommand) {
        guard hasGreeted else { return bad(.helloFirst) }
        guard transaction == nil else { return bad(.nestedMail) }
        if behaviour.requiresTLS, !isEncrypted {
            record(.tlsMissing)
            return bad(.tlsRequired)
        }
        guard let path = command.path(after: "FROM") else {
            return bad(.syntax) { $0.word = "MAIL FROM:<address>" }
        }
        guard path.address.isEmpty || Mailbox(path.address) != nil else {
            record(.senderRefused(address: path.address, reason: "invalid sender address"))
            return bad(.senderInvalid) { $0.address = path.address }
        }
        guard !path.address.lowercased().hasSuffix(".invalid") else {  // exists nowhere, RFC 2606 §2
            record(.senderRefused(address: path.address, reason: "envelope sender domain does not exist"))
            return say(.senderDomainUnknown) { $0.address = path.address }
        }
        var request = DeliveryRequest()
        for parameter in path.parameters {
            if let fault = readMail(parameter, into: &request) {
                return bad(fault) { $0.word = fault == .unknownValue ? parameter.value : parameter.keyword }
            }
        }
        let mid = surroundings.nextMID()
        transaction = Transaction(mid: mid, sender: path.address, request: request)
        record(.started(mid: mid, sender: path.address))
        say(.sender) { $0.address = path.address }
    }

    /// - Returns: the phrase that refuses the parameter.
    private func readMail(_ parameter: GatewayCommand.Parameter, into request: inout DeliveryRequest) -> Phrase? {
        let value = parameter.value.uppercased()
        switch parameter.keyword {
        case "SIZE":
            guard let size = Int(parameter.value), size >= 0 else { return .unknownValue }
            return size > behaviour.size ? .sizeExceeded : nil
        case "BODY": return value == "7BIT" || value == "8BITMIME" ? nil : .unknownValue
        case "RET":
            request.returnsWholeMessage = value == "FULL"
            return value == "FULL" || value == "HDRS" ? nil : .unknownValue
        case "ENVID":
            request.envelopeID = parameter.value
            return parameter.value.isEmpty || parameter.value.utf8.count > 100 ? .unknownValue : nil
        case "AUTH": return nil
        default: return .unknownParameter
        }
    }

    mutating func recipient(_ command: GatewayCommand) {
        guard let mid = transaction?.mid, let count = transaction?.recipients.count else { return bad(.mailFirst) }
        guard let path = command.path(after: "TO"), let mailbox = mailbox(path.address) else {
            return bad(.syntax) { $0.word = "RCPT TO:<address>" }
        }
        var notify: DeliveryRequest.Notify = [.failure]
        for parameter in path.parameters {
            switch parameter.keyword {
            case "NOTIFY":
                guard let asked = DeliveryRequest.Notify(parameter.value) else {
                    return bad(.unknownValue) { $0.word = parameter.value }
                }
                notify = asked
            case "ORCPT":
                guard parameter.value.contains(";") else { return bad(.unknownValue) { $0.word = parameter.value } }
            default: return bad(.unknownParameter) { $0.word = parameter.keyword }
            }
        }
        guard count < behaviour.maximumRecipients else {
            record(.recipientRefused(mid: mid, address: path.address, by: .injectionControl))
            return say(.tooManyRecipients)
        }
        guard isOurs(mailbox) else {
            record(.recipientRefused(mid: mid, address: path.address, by: .recipientAccessTable))
            return say(.relayDenied) { $0.address = path.address }
        }
        let fate = RecipientFate(localPart: mailbox.localPart)
        guard admit(fate, path.address, mid) else { return }
        transaction?.recipients.append(.init(rid: count, address: path.address, fate: fate, notify: notify))
        record(.recipient(mid: mid, rid: count, address: path.address))
        say(.recipient) { $0.address = path.address }
    }

    /// `postmaster` alone is an address too, RFC 5321 §4.5.1.
    private func mailbox(_ address: String) -> Mailbox? {
        if address.lowercased() == "postmaster" {
            return Mailbox(localPart: address, domain: behaviour.domains.first ?? behaviour.hostName)
        }
        return Mailbox(address)
    }

    private func isOurs(_ mailbox: Mailbox) -> Bool {
        let domain = mailbox.domain.lowercased()
        return behaviour.senderGroup == .relay || isAuthenticated
            || behaviour.domains.contains { $0.lowercased() == domain }
    }

    /// - Returns: false when the recipient was refused; the reply has been said then.
    private mutating func admit(_ fate: RecipientFate, _ address: String, _ mid: Int) -> Bool {
        switch fate {
        case .delivered, .queueFull, .bounced, .delayed, .quarantined, .spam, .virus, .dropped: return true
        case .slow: actions.append(.wait(behaviour.slowWait))
        case .unknown:
            record(.recipientRefused(mid: mid, address: address, by: .ldap))
            say(.unknownUser) { $0.address = address }
            return false
        case .unknownBehind:
            record(.recipientRefused(mid: mid, address: address, by: .callAhead))
            say(.unknownBehind) { $0.address = address }
            return false
        case .greylisted:
            guard surroundings.isGreylisted(client, address) else { return true }
            record(.recipientRefused(mid: mid, address: address, by: .injectionControl))
            let seconds = behaviour.greylistWait.components.seconds
            say(.greylisted) {
                $0.address = address
                $0.seconds = String(seconds)
            }
            return false
        case .mailboxFull:
            record(.recipientRefused(mid: mid, address: address, by: .callAhead))
            say(.mailboxFull) { $0.address = address }
            return false
        case .tooManyRecipients:
            record(.recipientRefused(mid: mid, address: address, by: .injectionControl))
            say(.tooManyRecipients)
            return false
        case .tlsRequired:
            guard !isEncrypted else { return true }
            record(.tlsMissing)
            say(.tlsRequired)
            return false
        case .serverError:
            say(.serverError)
            return false
        case .shuttingDown:
            say(.shuttingDown)
            end()
            return false
        case .disconnected:
            end()
            return false
        }
        return true
    }

    mutating func startMail() {
        guard let transaction else { return bad(.mailFirst) }
        guard !transaction.recipients.isEmpty else { return bad(.recipientFirst) }
        mode = .message
        say(.startMail)
    }

    mutating func receiveMessage(_ line: ArraySlice<UInt8>, isWhole: Bool, isBare: Bool) {
        guard transaction?.intake.take(line, isWhole: isWhole, isBare: isBare) == .ended, let transaction else {
            return
        }
        mode = .commands
        if applyRule(.endOfData, transaction.intake.subject) { return abort(bySender: false) }
        if transaction.intake.size > behaviour.size {
            record(.receivingFailed(reason: "Message size exceeds limit"))
            say(.sizeExceeded)
        } else if transaction.intake.hasBareLineFeed {
            record(.receivingFailed(reason: "Message contains bare CR or LF"))
            say(.bareLineFeed)
        } else if transaction.recipients.contains(where: { $0.fate == .queueFull }) {
            record(.receivingFailed(reason: "Queue is full"))
            say(.queueFull)
        } else {
            return accept(transaction)
        }
        abort(bySender: false)
    }

    private mutating func accept(_ transaction: Transaction) {
        let receipt = MessageReceipt(
            mid: transaction.mid, sender: transaction.sender, recipients: transaction.recipients,
            request: transaction.request, messageID: transaction.intake.messageID,
            subject: transaction.intake.subject, size: transaction.intake.size,
            queueID: behaviour.persona.queueID(transaction.mid),
            isRelayed: behaviour.senderGroup == .relay || isAuthenticated)
        self.transaction = nil
        record(.received(receipt))
        let messageID = receipt.messageID.isEmpty ? "<\(receipt.mid)@\(behaviour.hostName)>" : receipt.messageID
        say(.queued) {
            $0.id = receipt.queueID
            $0.messageID = messageID
        }
    }
}

extension Persona {
    /// The product's own kind of message id.
    fileprivate func queueID(_ mid: Int) -> String {
        let hexadecimal = String(0x4C_0000 + mid * 37, radix: 16, uppercase: true)
        return switch self {
        case .esa, .exchange: String(mid)
        case .sendmail: "s8P0PB\(Character(UnicodeScalar(UInt8(65 + mid % 26))))w0\(10_000 + mid)"
        case .postfix: "3F2A\(hexadecimal)"
        }
    }
}
