/// Joins the lines of Exchange's SMTP protocol logs into the graph: a session of either side, by its id.
extension LogGraph {
    mutating func join(_ exchange: ExchangeProtocolLine, _ line: Span<UInt8>) {
        if case .head = exchange.event { return }
        if exchange.isSending(line) { joinSending(exchange, line) } else { joinReceiving(exchange, line) }
    }

    // MARK: Receiving

    private mutating func joinReceiving(_ exchange: ExchangeProtocolLine, _ line: Span<UInt8>) {
        let number = ExchangeText.number(line, exchange.session)
        let index: Int
        if case .opened = exchange.event {
            index = openExchangeSession(line, exchange.session)
            announced += 1
            self.exchange.begin(number)
        } else {
            index = session(line, exchange.session)
        }
        let address = ExchangeText.address(line, exchange.remote)
        keepClient(index, line, address: address, name: 0..<0)
        connections[index].until = now
        var message: Int?
        switch exchange.event {
        case .opened, .head: break
        case .received(let data):
            let command = DialogueTransaction.command(line, data, &texts)
            if case .sender = command { keepEnvelopeID(line, data, of: index) }
            self.exchange.transactions[number, default: DialogueTransaction()].begin(command)
        case .sent(let data): message = answered(number, index, line, data)
        case .note(let data, let context):
            let words = context.isEmpty ? data : context
            if DialogueText.holds(line, words, "negotiation succeeded") { connections[index].flags.insert(.tls) }
            if DialogueText.holds(line, words, "TLS negotiation failed") { note(.tlsFailed, index, line, words) }
            if DialogueText.holds(line, words, "failed because of") { note(.authFailed, index, line, words) }
            if DialogueText.holds(line, words, "Tarpit for") || DialogueText.holds(line, data, "Tarpit for") {
                connections[index].flags.insert(.tarpitted)
            }
        case .closed(let context):
            connections[index].flags.insert(.closed)
            if DialogueText.holds(line, context, "(") {
                let keeps = !connections[index].reason.isEmpty
                note(.lost, index, line, keeps ? 0..<0 : context)
            }
            refusedRecipients[index] = nil
            self.exchange.transactions[number] = nil
        }
        // The line that names a message is the message's: each line has one owner.
        if let message { own(message: message) } else { own(connection: index) }
    }

    /// A session that begins; the one that a tracking log, read before, has told of is the same.
    private mutating func openExchangeSession(_ line: Span<UInt8>, _ session: Range<Int>) -> Int {
        guard let known = knownSession(line, session), connections[known].flags.isDisjoint(with: [.opened, .closed])
        else { return openSession(line, session) }
        connections[known].flags.insert(.opened)
        connections[known].since = now
        return known
    }

    /// - Returns: the message that the server took with this reply.
    private mutating func answered(_ session: UInt64, _ index: Int, _ line: Span<UInt8>, _ data: Range<Int>) -> Int? {
        let known = exchange.transactions.removeValue(forKey: session)
        var transaction = known ?? DialogueTransaction()
        let isTaken = answer(line, data, to: &transaction, on: index) == .accepted
        if known != nil { exchange.transactions[session] = transaction }
        return isTaken ? took(session, index, line, data) : nil
    }

    /// The message that the reply to its last chunk names; nothing when it names none.
    private mutating func took(_ session: UInt64, _ index: Int, _ line: Span<UInt8>, _ data: Range<Int>) -> Int? {
        let id = DialogueText.bracketed(line, data)
        let number = ExchangeText.internalID(line, data)
        guard !id.isEmpty || !number.isEmpty, let taken = exchange.transactions[session] else { return nil }
        let message = exchangeMessage(line, number: number, id: id, isNew: true)
        let isKnown = messages[message].flags.contains(.queued)
        messages[message].flags.insert([.started, .received])
        if messages[message].sender.isEmpty { messages[message].sender = taken.sender }
        for address in taken.recipients { _ = recipient(kept: address, of: message) }
        attach(message, to: index)
        takeRefusals(of: index, to: message)
        if !isKnown { enqueue(message) }
        exchange.transactions[session]?.recipients = []
        return message
    }

    // MARK: Sending

    private mutating func joinSending(_ exchange: ExchangeProtocolLine, _ line: Span<UInt8>) {
        let number = ExchangeText.number(line, exchange.session)
        let index = exchangeDelivery(number)
        if deliveries[index].address.size == 0 {
            let address = ExchangeText.address(line, exchange.remote)
            deliveries[index].address = PackedAddress(line, address) ?? PackedAddress()
        }
        var message: Int?
        switch exchange.event {
        case .opened: self.exchange.begin(number)
        case .head: break
        case .sent(let data):
            let command = DialogueTransaction.command(line, data, &texts)
            self.exchange.transactions[number, default: DialogueTransaction()].begin(command)
        case .received(let data): answered(number, delivery: index, line, data)
        case .note(let data, let context):
            message = noted(number, index, line, context.isEmpty ? data : context)
        case .closed: self.exchange.transactions[number] = nil
        }
        if let message { own(message: message) } else { own(delivery: index) }
    }

    /// The sending session of that id.
    mutating func exchangeDelivery(_ number: UInt64) -> Int {
        let index = delivery(number)
        (deliveries[index].isSession, deliveries[index].isExchange) = (true, true)
        return index
    }

    /// - Returns: the message that the note names.
    private mutating func noted(_ session: UInt64, _ index: Int, _ line: Span<UInt8>, _ words: Range<Int>) -> Int? {
        if DialogueText.holds(line, words, "negotiation succeeded") { deliveries[index].tls = true }
        let isTLS = DialogueText.holds(line, words, "TLS negotiation failed")
        if isTLS || DialogueText.holds(line, words, "Failed to connect") {
            trouble(index, isTLS ? .tls : .connection)
            deliveries[index].reason = texts.keep(line, words)
        }
        guard let label = line.index(of: "sending message with RecordId ", from: words.lowerBound),
            let record = line.number(at: label + 30)
        else { return nil }
        let message = exchangeMessage(
            line, number: (label + 30)..<record.end, id: DialogueText.bracketed(line, words))
        exchange.transactions[session, default: DialogueTransaction()].message = Int32(message)
        _ = carry(message, over: session)
        return message
    }

    /// The next hop's reply to the oldest command that waits for one.
    private mutating func answered(
        _ session: UInt64, delivery index: Int, _ line: Span<UInt8>, _ data: Range<Int>
    ) {
        guard let (code, isLast) = DialogueText.code(line, data), isLast, code != 334, code != 354,
            let command = exchange.transactions[session]?.takeCommand()
        else { return }
        let message = Int(exchange.transactions[session]?.message ?? -1)
        guard messages.indices.contains(message) else { return }
        switch command {
        case .sender(let address):
            exchange.transactions[session]?.recipients = []
            if messages[message].sender.isEmpty { messages[message].sender = address }
        case .recipient(let address):
            let recipient = recipient(kept: address, of: message)
            if code < 400 {
                exchange.transactions[session]?.recipients.append(address)
            } else {
                end(recipient, code < 500 ? .delayed : .bounced, index, line, data)
            }
        case .data:
            let outcome: Trace.Outcome = code < 400 ? .delivered : code < 500 ? .delayed : .bounced
            for address in exchange.transactions[session]?.recipients ?? [] {
                end(recipient(kept: address, of: message), outcome, index, line, data)
            }
            exchange.transactions[session]?.recipients = []
        case .authentication, .other: break
        }
    }

    private mutating func end(
        _ recipient: Int, _ outcome: Trace.Outcome, _ delivery: Int, _ line: Span<UInt8>, _ reply: Range<Int>
    ) {
        settle(recipient, outcome, line, relay: 0..<0, detail: reply)
        recipients[recipient].delivery = Int32(delivery)
    }
}
