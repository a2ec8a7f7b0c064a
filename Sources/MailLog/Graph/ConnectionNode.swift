/// Facts about one incoming connection.
struct ConnectionNode: Sendable {
    enum Kind: UInt8 { case gateway, tcpRefused, smtpd, sendmail, session }

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
        static let tarpitted = Flags(rawValue: 1 << 20)
        /// Its SMTP dialogue is in the log.
        static let dialogue = Flags(rawValue: 1 << 21)
        /// The dialogue is there from the greeting on.
        static let greeted = Flags(rawValue: 1 << 22)
        /// The dialogue ended with QUIT and its reply.
        static let saidGoodbye = Flags(rawValue: 1 << 23)
        /// A message was taken, and the reply does not say under which number.
        static let accepted = Flags(rawValue: 1 << 24)
        /// Its own lines are tied to its message by the client and the time only.
        static let presumed = Flags(rawValue: 1 << 25)

        /// True when the connection's beginning is in the log.
        var haveBeginning: Bool { !isDisjoint(with: [.opened, .greeted]) }
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
    /// The connection before this one of the same client, or -1; see `LogGraph+Clients`.
    var earlier: Int32 = -1
    var name = TextStore.Reference.none
    /// Sender group and score, or the listener's rule.
    var policy = TextStore.Reference.none
    /// Why it failed, in the log's words.
    var reason = TextStore.Reference.none
    /// What the log calls the connection, of a `.session`.
    var label = TextStore.Reference.none
    var since: Int64
    var until: Int64
}
