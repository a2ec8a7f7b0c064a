/// What one line of a Sendmail log says; ranges are places in the line.
enum SendmailEvent {
    /// `mx.sender.test [198.51.100.4]`, `[203.0.113.9]`
    struct Client {
        var name: Range<Int>
        var address: Range<Int>
    }

    enum Status { case sent, deferred, failed, expired, waiting }

    case connected(Client)
    /// `from=<a>, size=143, class=0, nrcpts=1, msgid=<…>, proto=ESMTP, daemon=MTA, relay=…`
    case sender(Range<Int>, recipients: UInt64, messageID: Range<Int>, Client?)
    /// `to=<b>,<c>, delay=…, relay=…, dsn=2.0.0, stat=Sent (…)`
    case delivery(recipients: Range<Int>, relay: Range<Int>, Status, words: Range<Int>)
    /// `ruleset=check_rcpt, arg1=<x@y>, relay=…, reject=550 …`, or `<x@y>... User unknown`
    case refused(recipient: Range<Int>, Client?, words: Range<Int>)
    case milterRefused(recipient: Range<Int>, words: Range<Int>)
    /// `new: DSN: User unknown`, `new: return to sender: …`
    case derived(Range<Int>)
    case done
    /// `mx.sender.test [198.51.100.4] did not issue MAIL/EXPN/VRFY/ETRN during connection to MTA`
    case silent(Client)
    /// `lost input channel from`, `timeout waiting for input`, `collect: premature EOM`
    case lost(Client?, isIdle: Bool, words: Range<Int>)
    case turnedAway(Client, words: Range<Int>)
    case tls(Client?)
    case authenticated
    case authenticationFailed(words: Range<Int>)
    case messageNote
    case process
}
