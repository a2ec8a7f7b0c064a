/// What one line of a Cisco ESA text mail log says; ranges are places in the line.
enum GatewayEvent {
    enum Policy { case accept, relay, reject, refuse }

    enum ConnectionFact {
        case tls, tlsFailed, authenticated, authenticationFailed, senderRejected, receivingFailed
        case rejectDelayed, idle, lostBeforeBanner, lost, closed, other
    }

    enum MessageFact {
        case messageID, subject, ready, queued, quarantined, released, deleted, spamTagged, spamQuarantined
        case ldapDropped, ldapBounced, requeued, dropped, dmarcRejected, aborted, finished, pending, scanned, other
    }

    enum DeliveryFact { case tls, tlsFailed, closed, other }

    enum Attempt { case delayed, bounced, doubleBounced }

    /// `New SMTP ICID 6 interface … address 10.2.3.4 reverse dns host … verified no`
    case opened(icid: UInt64, address: Range<Int>, name: Range<Int>, verified: Bool)
    /// `ICID 6 ACCEPT SG UNKNOWNLIST match … SBRS 5.6`; ICID 0 for TCPREFUSE.
    case policy(icid: UInt64, Policy, Range<Int>)
    case connection(icid: UInt64, ConnectionFact, Range<Int>)
    case started(mid: UInt64, icid: UInt64)
    case sender(mid: UInt64, icid: UInt64, Range<Int>)
    case recipient(mid: UInt64, icid: UInt64, rid: UInt32, Range<Int>)
    case recipientRejected(mid: UInt64, icid: UInt64, Range<Int>, by: Range<Int>)
    /// `ICID 3 MID 1 Invalid recipient address: …`: what the line says of both is not read.
    case linked(mid: UInt64, icid: UInt64)
    case message(mid: UInt64, MessageFact, Range<Int>)
    case derived(MessageNode.Relation, parent: UInt64, child: UInt64, owner: UInt64)
    case deliveryStarted(dcid: UInt64, mid: UInt64, quarantine: Bool)
    case delivered(dcid: UInt64, mid: UInt64, rids: Range<Int>, quarantine: Bool)
    case response(mid: UInt64, rids: Range<Int>, Range<Int>)
    case attempt(Attempt, dcid: UInt64, mid: UInt64, rid: UInt32, recipient: Range<Int>, Range<Int>)
    case deliveryOpened(dcid: UInt64, address: Range<Int>)
    case delivery(dcid: UInt64, DeliveryFact, Range<Int>)
    case connectionError(dcid: UInt64, domain: Range<Int>, Range<Int>)
    /// Begin, version, offset, status, engine notes: no message is concerned.
    case system
    case unknown
}
