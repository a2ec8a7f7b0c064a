/// What becomes of a recipient, chosen by the local part of its address. Every other local part is delivered.
public enum RecipientFate: String, CaseIterable, Hashable, Sendable {
    case delivered
    // told at RCPT
    case unknown
    /// The gateway asks the mailbox server behind it, and passes its words on.
    case unknownBehind
    case greylisted
    case mailboxFull
    case tooManyRecipients
    case tlsRequired
    case serverError
    case slow
    case shuttingDown
    case disconnected
    // told after the message
    case queueFull
    // accepted, and then
    case bounced
    case delayed
    case quarantined
    case spam
    case virus
    case dropped

    /// The local parts that choose this fate, in lower case.
    public var localParts: [String] {
        switch self {
        case .delivered: []
        case .unknown: ["nobody"]
        case .unknownBehind: ["unknown"]
        case .greylisted: ["greylist"]
        case .mailboxFull: ["quota", "full"]
        case .tooManyRecipients: ["toomany"]
        case .tlsRequired: ["tls"]
        case .serverError: ["error"]
        case .slow: ["slow"]
        case .shuttingDown: ["shutdown"]
        case .disconnected: ["disconnect"]
        case .queueFull: ["queuefull"]
        case .bounced: ["bounce"]
        case .delayed: ["delay"]
        case .quarantined: ["quarantine"]
        case .spam: ["spam"]
        case .virus: ["virus"]
        case .dropped: ["drop"]
        }
    }

    /// One clause for a table: what is seen.
    public var meaning: String {
        switch self {
        case .delivered: "accepted and delivered to the next hop"
        case .unknown: "refused: no such recipient"
        case .unknownBehind: "refused in the words of the mailbox server behind: 550 5.1.1 User unknown"
        case .greylisted: "refused for now; accepted when the wait is over"
        case .mailboxFull: "refused: the mailbox is full"
        case .tooManyRecipients: "refused for now: too many recipients"
        case .tlsRequired: "refused unless the session is under TLS"
        case .serverError: "refused for now: server error"
        case .slow: "accepted, but the reply is slow"
        case .shuttingDown: "421, and the connection is closed"
        case .disconnected: "the connection is closed without a reply"
        case .queueFull: "accepted; after the message: queue full"
        case .bounced: "accepted, then refused by the next hop: a bounce goes back"
        case .delayed: "accepted, delayed by the next hop, then delivered"
        case .quarantined: "accepted, then put into a quarantine"
        case .spam: "accepted, then dropped as spam"
        case .virus: "accepted, then dropped by the virus scanner"
        case .dropped: "accepted, then dropped by a content filter"
        }
    }

    /// The fate of a local part; `bounce+two` is as `bounce`.
    public init(localPart: String) {
        let word = localPart.lowercased().prefix { $0 != "+" }
        self = Self.allCases.first { $0.localParts.contains(String(word)) } ?? .delivered
    }
}
