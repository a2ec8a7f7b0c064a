/// Joins the SMTP dialogue of a Cisco ESA's injection debug log to its connection: alone it tells what was refused and why,
/// beside the mail log of the same machine it is one connection with that, whichever of the two is read first.
extension LogGraph {
    mutating func join(_ said: GatewayDialogueLine, _ line: Span<UInt8>) {
        let pieces = said.pieces(line)
        let index = dialogueConnection(said, line, pieces)
        keepClient(index, line, address: said.client, name: 0..<0)
        connections[index].flags.insert(.dialogue)
        connections[index].until = now
        var transaction = dialogues.removeValue(forKey: index) ?? DialogueTransaction()
        var taken: Int?
        for piece in pieces {
            if said.isReply {
                taken = answer(line, piece, &transaction, said, index) ?? taken
            } else {
                if !transaction.isContent { keepEnvelopeID(line, piece, of: index) }
                transaction.begin(DialogueTransaction.command(line, piece, &texts))
            }
        }
        if connections[index].flags.isDisjoint(with: .saidGoodbye) {
            if dialogues.count >= LogGraph.mostDialogues { dialogues = [:] }
            dialogues[index] = transaction
        }
        // The line that names a message is the message's: each line has one owner.
        if let taken { own(message: taken) } else { own(connection: index) }
    }

    /// Dialogues that never end in the log must not fill the memory.
    private static let mostDialogues = 100_000

    /// The connection of that ICID; another one where the number is used again.
    private mutating func dialogueConnection(
        _ said: GatewayDialogueLine, _ line: Span<UInt8>, _ pieces: [Range<Int>]
    ) -> Int {
        let known = connection(said.number)
        let node = connections[known]
        let client = PackedAddress(line, said.client) ?? PackedAddress()
        let isGreeting =
            said.isReply && node.flags.contains(.dialogue) && (dialogues[known]?.waiting.isEmpty ?? true)
            && (pieces.first.flatMap { DialogueText.code(line, $0) }?.code == 220)
        let isOther = node.address.size > 0 && client.size > 0 && node.address != client
        return isGreeting || isOther ? newDialogue(said.number) : known
    }

    /// - Returns: the message that the gateway took, when the reply gives its number.
    private mutating func answer(
        _ line: Span<UInt8>, _ piece: Range<Int>, _ transaction: inout DialogueTransaction,
        _ said: GatewayDialogueLine, _ index: Int
    ) -> Int? {
        guard let code = DialogueText.code(line, piece)?.code else { return nil }
        switch answer(line, piece, to: &transaction, on: index) {
        case .greeting: if code == 220 { connections[index].flags.insert(.greeted) }
        case .accepted: return took(said.acceptedMessage(line), transaction, index, line, piece)
        case .other: break
        }
        if code == 221 { connections[index].flags.insert([.saidGoodbye, .closed]) }
        if code == 421 { connections[index].flags.insert(.closed) }
        return nil
    }

    private mutating func took(
        _ mid: UInt64?, _ transaction: DialogueTransaction, _ index: Int, _ line: Span<UInt8>, _ reply: Range<Int>
    ) -> Int? {
        guard let mid, case let message = message(mid),
            messages[message].connection < 0 || messages[message].connection == Int32(index)
        else {
            note(.accepted, index, line, reply)
            return nil
        }
        attach(message, to: index)
        messages[message].flags.insert([.received, .accepted])
        // The mail log knows the recipients by their numbers, which were given in this order.
        guard messages[message].firstRecipient < 0 else { return message }
        if messages[message].sender.isEmpty { messages[message].sender = transaction.sender }
        for (rid, address) in transaction.recipients.enumerated() {
            recipients[recipient(UInt32(rid), of: message)].address = address
        }
        takeRefusals(of: index, to: message)
        return message
    }
}
