import MailVocabulary

/// What a session did that the gateway's log tells about.
enum GatewayEvent: Hashable, Sendable {
    /// The reverse lookup is over, the sender group is chosen and the banner goes out.
    case accepted(client: IPAddress, interface: IPAddress, reverse: ReverseName, LabBehaviour.SenderGroup)
    /// The client left while the gateway waited for the reverse lookup, after whole seconds.
    case lostBeforeBanner(client: IPAddress, interface: IPAddress, seconds: Int)
    case tooManyConnections
    case tlsStarted(version: String, cipher: String)
    case tlsFailed(reason: String)
    case tlsMissing
    case authenticated(user: String, mechanism: String)
    case authenticationFailed(user: String, mechanism: String)
    case unknownCommand(String)
    case senderRefused(address: String, reason: String)
    case started(mid: Int, sender: String)
    case recipient(mid: Int, rid: Int, address: String)
    case recipientRefused(mid: Int, address: String, by: Refuser)
    case received(MessageReceipt)
    case receivingFailed(reason: String)
    case aborted(mid: Int, bySender: Bool)
    case disconnectedIdle(client: IPAddress)
    /// Ended without QUIT.
    case lost
    case closed

    /// The part of the gateway that refuses a recipient.
    enum Refuser: String, Hashable, Sendable {
        /// The recipient access table: not our domain.
        case recipientAccessTable = "RAT"
        /// LDAP acceptance: no such user.
        case ldap = "LDAPACCEPT"
        /// SMTP call-ahead: the mailbox server was asked.
        case callAhead = "SMTP Call-Ahead"
        /// Limits of the mail flow policy.
        case injectionControl = "Injection Control"
    }
}

/// What the reverse lookup of a client's address gave.
public enum ReverseName: Hashable, Sendable {
    /// A PTR record; `verified` when the name leads back to the address.
    case name(String, verified: Bool)
    /// No PTR record, or no answer at all.
    case unknown
}

/// A message that the gateway took into its queue.
struct MessageReceipt: Hashable, Sendable {
    struct Recipient: Hashable, Sendable {
        var rid: Int
        var address: String
        var fate: RecipientFate
        var notify: DeliveryRequest.Notify
    }

    var mid: Int
    /// Empty for the null reverse-path.
    var sender: String
    var recipients: [Recipient]
    var request: DeliveryRequest
    /// The field body of Message-ID, with its angle brackets; empty when there is none.
    var messageID: String
    var subject: String
    /// Bytes with CRLF, dots unstuffed.
    var size: Int
    /// The persona's own name of the message, as in its reply.
    var queueID: String
    var isRelayed: Bool
}
