/// The recipients of a message, in the order in which the log names them.
extension LogGraph {
    /// The recipient with this number, a new one when there is none.
    mutating func recipient(_ rid: UInt32, of message: Int) -> Int {
        var next = messages[message].firstRecipient
        while next >= 0 {
            if recipients[Int(next)].rid == rid { return Int(next) }
            next = recipients[Int(next)].next
        }
        return addRecipient(.none, rid: rid, to: message)
    }

    /// The recipient with this address, a new one when there is none.
    mutating func recipient(_ line: Span<UInt8>, _ address: Range<Int>, of message: Int) -> Int {
        let wanted = line.array(address).map { TextStore.lower($0) }
        var (next, rid) = (messages[message].firstRecipient, UInt32(0))
        while next >= 0 {
            if texts.equals(recipients[Int(next)].address, lowercased: wanted) { return Int(next) }
            (next, rid) = (recipients[Int(next)].next, rid + 1)
        }
        return addRecipient(texts.keep(line, address), rid: rid, to: message)
    }

    /// The recipient with this kept address, a new one when there is none.
    mutating func recipient(kept address: TextStore.Reference, of message: Int) -> Int {
        let bytes = Array(texts.slice(address))
        return recipient(bytes.span, 0..<bytes.count, of: message)
    }

    /// A recipient that was refused and so has no number; the one that a dialogue, read before, has told of is the same.
    mutating func refusedRecipient(_ line: Span<UInt8>, _ address: Range<Int>, of message: Int) -> Int {
        if messages[message].flags.contains(.accepted) {
            let wanted = line.array(address).map { TextStore.lower($0) }
            var next = messages[message].firstRecipient
            while next >= 0 {
                let node = recipients[Int(next)]
                if node.outcome == .rejected, texts.equals(node.address, lowercased: wanted) { return Int(next) }
                next = node.next
            }
        }
        let rid = UInt32.max - UInt32(truncatingIfNeeded: recipients.count)
        return addRecipient(texts.keep(line, address), rid: rid, to: message)
    }

    private mutating func addRecipient(_ address: TextStore.Reference, rid: UInt32, to message: Int) -> Int {
        let index = recipients.count
        recipients.append(RecipientNode(rid: rid, address: address, at: now))
        let last = messages[message].lastRecipient
        if last >= 0 {
            recipients[Int(last)].next = Int32(index)
        } else {
            messages[message].firstRecipient = Int32(index)
        }
        messages[message].lastRecipient = Int32(index)
        return index
    }
}
