/// Finds the message that a line of Exchange's speaks of.
///
/// It has two names: `internal-message-id`, which is also the `InternalId` of the 250 reply and the `RecordId` of the sending
/// log and differs from server to server, and the Message-ID header field.
extension LogGraph {
    /// - Parameters:
    ///   - number: the internal id; may be empty.
    ///   - id: the Message-ID with its angle brackets or without; may be empty.
    ///   - isNew: true when the line says that a message arrives.
    mutating func exchangeMessage(
        _ line: Span<UInt8>, number: Range<Int>, id: Range<Int>, isNew: Bool = false
    ) -> Int {
        let name = ExchangeMessage.bare(line, id)
        let key = QueueKey(line, number.isEmpty ? id.prefix(QueueKey.longest) : number, host: host)
        if let known = knownMessage(queueID: key), isSame(known, name) {
            keepMessageID(known, name)
            return known
        }
        if !name.isEmpty, let found = exchange.byMessageID[name] {
            // The same Message-ID under another number: the next server's, unless the client sent the message again.
            let isHandedOn = !messages[Int(found)].flags.isDisjoint(with: [.attempted])
            if !isNew || isHandedOn || !messages[Int(found)].flags.contains(.started) {
                call(Int(found), key)
                return Int(found)
            }
        }
        let index = newMessage(queueID: key)
        keepMessageID(index, name)
        return index
    }

    private func isSame(_ message: Int, _ name: [UInt8]) -> Bool {
        let known = texts.slice(messages[message].messageID)
        return name.isEmpty || known.isEmpty || known.elementsEqual(name)
    }

    private mutating func keepMessageID(_ message: Int, _ name: [UInt8]) {
        guard !name.isEmpty, messages[message].messageID.isEmpty else { return }
        messages[message].messageID = texts.keep(name.span, 0..<name.count)
        exchange.byMessageID[name] = Int32(message)
    }
}

enum ExchangeMessage {
    /// A Message-ID without its angle brackets.
    static func bare(_ line: Span<UInt8>, _ id: Range<Int>) -> [UInt8] {
        let bytes = line.array(id.prefix(TextStore.longest))
        return bytes.first == 0x3C && bytes.last == 0x3E ? Array(bytes.dropFirst().dropLast()) : bytes
    }
}
