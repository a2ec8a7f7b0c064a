import SMTP

extension Conversation {
    /// An order, and how many replies the client must have read before it makes sense.
    public struct TimedOrder: Sendable {
        public var order: SessionOrder
        public var repliesBefore: Int
    }

    /// The orders in their places, for playing over sockets.
    public var timedOrders: [TimedOrder] {
        var counter = ReplyCounter()
        return lines.compactMap { line in
            counter.read(Self.serverBytes(line))
            guard case .order(let order) = line else { return nil }
            return TimedOrder(order: order, repliesBefore: counter.count)
        }
    }

    /// How many whole replies the server sends.
    public var replies: Int {
        var counter = ReplyCounter()
        for line in lines { counter.read(Self.serverBytes(line)) }
        return counter.count
    }

    /// Time cannot be told to a socket.
    public var needsTime: Bool { lines.contains { if case .waits = $0 { true } else { false } } }
}

private struct ReplyCounter {
    var count = 0
    private var parser = ReplyParser()

    mutating func read(_ bytes: [UInt8]) {
        parser.feed(bytes)
        while let output = parser.next() { if case .reply = output { count += 1 } }
    }
}
