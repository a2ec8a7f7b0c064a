/// A number on a host: the same ICID lives on every appliance that writes into one syslog file.
struct NumberKey: Hashable, Sendable {
    var id: UInt64
    var host: UInt32
}

/// A queue id of up to 32 bytes on a host, held without an allocation.
struct QueueKey: Hashable, Sendable {
    var host: UInt32
    private var length: UInt8
    private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

    static let longest = 32

    init(_ line: Span<UInt8>, _ range: Range<Int>, host: UInt32) {
        (self.host, length) = (host, UInt8(min(range.count, QueueKey.longest)))
        for (place, index) in range.prefix(QueueKey.longest).enumerated() {
            let part = UInt64(line[index]) << UInt64(place % 8 * 8)
            switch place / 8 {
            case 0: words.0 |= part
            case 1: words.1 |= part
            case 2: words.2 |= part
            default: words.3 |= part
            }
        }
    }

    var text: String {
        let all = [words.0, words.1, words.2, words.3]
        let bytes = (0..<Int(length)).map { UInt8(truncatingIfNeeded: all[$0 / 8] >> UInt64($0 % 8 * 8)) }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func == (left: QueueKey, right: QueueKey) -> Bool {
        left.words == right.words && left.length == right.length && left.host == right.host
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(words.0)
        hasher.combine(words.1)
        if length > 16 {
            hasher.combine(words.2)
            hasher.combine(words.3)
        }
        hasher.combine(host)
    }
}

/// Facts about one incoming connection.
struct ConnectionNode: Sendable {
    enum Kind: UInt8 { case gateway, tcpRefused, smtpd }

    struct Flags: OptionSet, Sendable {
        var rawValue: UInt32
        static let opened = Flags(rawValue: 1)
        static let closed = Flags(rawValue: 1 << 1)
        static let lost = Flags(rawValue: 1 << 2)
        static let tls = Flags(rawValue: 1 << 3)
        static let tlsFailed = Flags(rawValue: 1 << 4)
        static let hatRejected = Flags(rawValue: 1 << 5)
        static let hatRejectDelayed = Flags(rawValue: 1 << 6)
        static let idle = Flags(rawValue: 1 << 7)
        static let throttled = Flags(rawValue: 1 << 8)
        static let tooBig = Flags(rawValue: 1 << 9)
        static let senderRejected = Flags(rawValue: 1 << 10)
        static let authFailed = Flags(rawValue: 1 << 11)
        static let authSucceeded = Flags(rawValue: 1 << 12)
        static let lostBeforeBanner = Flags(rawValue: 1 << 13)
        static let unverified = Flags(rawValue: 1 << 14)
        static let recipientRejected = Flags(rawValue: 1 << 15)
        static let userUnknown = Flags(rawValue: 1 << 16)
        static let listed = Flags(rawValue: 1 << 17)
        static let greylisted = Flags(rawValue: 1 << 18)
        static let refused = Flags(rawValue: 1 << 19)
    }

    var kind: Kind
    var flags: Flags = []
    var id: UInt64
    var host: UInt32
    /// The chain of its lines, see `LineLedger`.
    var chain: UInt32 = 0
    var firstMessage: Int32 = -1
    var lastMessage: Int32 = -1
    /// The connection of the same process that was open before this one (Postfix), or -1.
    var before: Int32 = -1
    var address = PackedAddress()
    var name = TextStore.Reference.none
    /// Sender group and score, or the listener's rule.
    var policy = TextStore.Reference.none
    /// Why it failed, in the log's words.
    var reason = TextStore.Reference.none
    var since: Int64
    var until: Int64
}

/// Facts about one message.
struct MessageNode: Sendable {
    enum Relation: UInt8 { case none, split, copied, rewritten, bounce, reinjected }

    struct Flags: OptionSet, Sendable {
        var rawValue: UInt32
        static let started = Flags(rawValue: 1)
        static let finished = Flags(rawValue: 1 << 1)
        static let queued = Flags(rawValue: 1 << 2)
        static let received = Flags(rawValue: 1 << 3)
        static let aborted = Flags(rawValue: 1 << 4)
        static let abortedBySender = Flags(rawValue: 1 << 5)
        static let dropped = Flags(rawValue: 1 << 6)
        static let bouncedByFilter = Flags(rawValue: 1 << 7)
        static let quarantined = Flags(rawValue: 1 << 8)
        static let released = Flags(rawValue: 1 << 9)
        static let deleted = Flags(rawValue: 1 << 10)
        static let spamQuarantined = Flags(rawValue: 1 << 11)
        static let dmarcRejected = Flags(rawValue: 1 << 12)
        static let doubleBounced = Flags(rawValue: 1 << 13)
        static let ldapDropped = Flags(rawValue: 1 << 14)
        static let ldapBounced = Flags(rawValue: 1 << 15)
        static let delayed = Flags(rawValue: 1 << 16)
        static let held = Flags(rawValue: 1 << 17)
        static let milterRejected = Flags(rawValue: 1 << 18)
        static let spam = Flags(rawValue: 1 << 19)
        static let virus = Flags(rawValue: 1 << 20)
        static let malware = Flags(rawValue: 1 << 21)
        static let filtered = Flags(rawValue: 1 << 22)
        static let attempted = Flags(rawValue: 1 << 23)
        static let expired = Flags(rawValue: 1 << 24)
        static let rejectedByTable = Flags(rawValue: 1 << 25)
        static let rejectedByDirectory = Flags(rawValue: 1 << 26)
        static let rejectedByLimit = Flags(rawValue: 1 << 27)
        static let tooBig = Flags(rawValue: 1 << 28)
        static let bySubmission = Flags(rawValue: 1 << 29)
    }

    var flags: Flags = []
    var relation = Relation.none
    var host: UInt32
    var id: UInt64
    /// Index into the queue ids, or -1 for a MID.
    var queueID: Int32 = -1
    var chain: UInt32 = 0
    var connection: Int32 = -1
    var nextOfConnection: Int32 = -1
    var parent: Int32 = -1
    var firstChild: Int32 = -1
    var lastChild: Int32 = -1
    var nextOfParent: Int32 = -1
    /// One more than the ordinal of the parent's line that names this message; 0 is none.
    var birthLine: UInt32 = 0
    var firstRecipient: Int32 = -1
    var lastRecipient: Int32 = -1
    /// Chain of delivery connections, see `DeliveryLink`.
    var deliveries: Int32 = -1
    var sender = TextStore.Reference.none
    var subject = TextStore.Reference.none
    var messageID = TextStore.Reference.none
    var reason = TextStore.Reference.none
    var queuedLine: UInt32 = 0
    var attemptLine: UInt32 = 0
    var since: Int64
    var queuedAt: Int64
}

/// A delivery connection that carried a message.
struct DeliveryLink: Sendable {
    var delivery: Int32
    var next: Int32
}

/// Facts about one recipient of one message.
struct RecipientNode: Sendable {
    var rid: UInt32
    var next: Int32 = -1
    var outcome = Trace.Outcome.pending
    var wasDelayed = false
    /// The next hop: index of the delivery connection, or -1.
    var delivery: Int32 = -1
    var address: TextStore.Reference
    /// The reply or the reason, in the log's words.
    var detail = TextStore.Reference.none
    /// The next hop in words (Postfix).
    var relay = TextStore.Reference.none
    var at: Int64
}

/// Facts about one outgoing connection.
struct DeliveryNode: Sendable {
    enum Trouble: UInt8 { case none, connection, tls }

    var id: UInt64
    var host: UInt32
    var chain: UInt32 = 0
    var trouble = Trouble.none
    var carried = false
    var tls = false
    var openedLine: UInt32
    var address = PackedAddress()
    var domain = TextStore.Reference.none
    var reason = TextStore.Reference.none
    var since: Int64
}

/// From this line on a message waited to be delivered.
struct QueueEntry: Sendable {
    var message: Int32
    var line: UInt32
}
