/// Everything that the gateway can answer; each persona has its own words for each.
enum Phrase: CaseIterable, Sendable {
    // the way of a message
    case banner, ehlo, helo, sender, recipient, startMail, queued, closing
    case reset, noop, help, verify, expand
    // TLS and AUTH
    case tlsReady, tlsUnavailable, tlsRequired, tlsAlready
    case authenticated, authenticationFailed, authenticationUnavailable, authenticationInTransaction
    case authenticationTwice, authenticationMechanism, authenticationArguments, encryptionRequired
    // order and form of commands
    case notRecognized, syntax, helloNeedsName, helloFirst, mailFirst, recipientFirst, nestedMail
    case unknownParameter, unknownValue, lineTooLong, badCommandLimit, idle
    // sender, recipient, message
    case senderInvalid, senderDomainUnknown, unknownUser, unknownBehind, relayDenied, greylisted, tooManyRecipients,
        mailboxFull,
        sizeExceeded
    case bareLineFeed
    // the gateway's own state
    case queueFull, tooManyConnections, badReputation, shuttingDown, serverError, failed
}
