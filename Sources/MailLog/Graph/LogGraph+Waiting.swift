/// Messages that wait to be delivered, and delivery connections that failed.
extension LogGraph {
    mutating func enqueue(_ message: Int) {
        messages[message].flags.insert(.queued)
        messages[message].queuedAt = now
        awaitDelivery(message)
    }

    /// Notes that from this line on the message waits to be delivered.
    mutating func awaitDelivery(_ message: Int) {
        let line = UInt32(truncatingIfNeeded: ledger.count)
        (messages[message].waitLine, messages[message].waitSince) = (line, now)
        queuedMessages.append(QueueEntry(message: Int32(message), line: line))
    }

    /// Notes that a delivery connection failed.
    mutating func trouble(_ delivery: Int, _ trouble: DeliveryNode.Trouble) {
        if deliveries[delivery].trouble == .none { troubledDeliveries.append(Int32(delivery)) }
        deliveries[delivery].trouble = trouble
    }
}
