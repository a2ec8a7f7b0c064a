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
        /// The client was told that it was taken: of a log that shows the dialogue.
        static let accepted = Flags(rawValue: 1 << 30)
    }

    var flags: Flags = []
    var relation = Relation.none
    var scans: ScanVerdicts = []
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
    /// One more than the ordinal of the line since which it waits to be delivered.
    var waitLine: UInt32 = 0
    var attemptLine: UInt32 = 0
    var since: Int64
    var queuedAt: Int64
    var waitSince: Int64 = 0
}
/// From this line on a message waited to be delivered.
struct QueueEntry: Sendable {
    var message: Int32
    var line: UInt32
}
