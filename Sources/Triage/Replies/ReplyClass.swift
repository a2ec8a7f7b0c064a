/// What kind of answer a reply is: the 25 classes of the catalogue.
///
/// The cause named by the text wins over the enhanced code, which wins over the basic code.
public enum ReplyClass: String, Hashable, Sendable, CaseIterable {
    case ok
    case mailboxUnknown = "mailbox_unknown"
    case mailboxInactive = "mailbox_inactive"
    case mailboxFull = "mailbox_full"
    case domainUnknown = "domain_unknown"
    case relayDenied = "relay_denied"
    case senderRejected = "sender_rejected"
    case mailAuthentication = "mail_auth"
    case hostIdentity = "host_identity"
    case reputation
    case spamContent = "spam_content"
    case malware
    case policy
    case messageSize = "message_size"
    case messageFormat = "message_format"
    case rateLimit = "rate_limit"
    case greylist
    case system
    case loop
    case network
    case tls
    case smtpAuthentication = "smtp_auth"
    case `protocol`
    case expired
    case unknown

    /// Whether servers file it under the subject 7 of the enhanced codes, security or policy, RFC 3463 §3.8.
    var isSecurityOrPolicy: Bool {
        switch self {
        case .relayDenied, .senderRejected, .mailAuthentication, .hostIdentity, .reputation, .spamContent, .malware,
            .policy, .rateLimit, .greylist, .tls, .smtpAuthentication:
            true
        case .ok, .mailboxUnknown, .mailboxInactive, .mailboxFull, .domainUnknown, .messageSize, .messageFormat,
            .system, .loop, .network, .protocol, .expired, .unknown:
            false
        }
    }
}
