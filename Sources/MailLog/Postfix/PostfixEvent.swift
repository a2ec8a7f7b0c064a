/// What one line of a Postfix log says; ranges are places in the line.
enum PostfixEvent {
    /// `mail.example.test[192.0.2.7]`
    struct Client {
        var name: Range<Int>
        var address: Range<Int>
        /// After the closing bracket.
        var end: Int
    }

    enum Refusal { case reply, milter }

    case connected(Client)
    case disconnected(Client)
    case lost(Client, Range<Int>)
    case tls(Client)
    case tlsFailed(Client, Range<Int>)
    /// `reject: RCPT from client: 550 5.1.1 <x@y>: …; from=<a> to=<x@y> …`
    case refused(queueID: Range<Int>, Client, Refusal, reply: Range<Int>, sender: Range<Int>, recipient: Range<Int>)
    case received(queueID: Range<Int>, Client)
    /// A message from the local machine, by `pickup`.
    case submitted(queueID: Range<Int>, sender: Range<Int>)
    case messageID(queueID: Range<Int>, Range<Int>)
    case queued(queueID: Range<Int>, sender: Range<Int>)
    case expired(queueID: Range<Int>, sender: Range<Int>)
    case delivery(queueID: Range<Int>, PostfixDelivery)
    case notification(queueID: Range<Int>, new: Range<Int>)
    case held(queueID: Range<Int>, Range<Int>)
    case removed(queueID: Range<Int>)
    case message(queueID: Range<Int>)
    /// A content filter's line about a message (amavis, rspamd).
    case filtered(queueID: Range<Int>, PostfixFilter)
    /// `connect to mx[192.0.2.15]:25: Connection refused`: of which message, only the process tells.
    case unreachable
    /// Without any identifier but the process.
    case process
}

/// `to=<a@b>, relay=mx[192.0.2.1]:25, delay=…, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as X)`
struct PostfixDelivery {
    enum Status { case sent, deferred, bounced, expired, other }

    var recipient: Range<Int>
    var relay: Range<Int>
    var status: Status
    /// What stands in the parentheses.
    var words: Range<Int>
}
