/// What one line of an Exim main log says; ranges are places in the line.
enum EximEvent {
    enum Refusal { case recipient, sender, connection, message, authentication, limit, other }

    enum Ending { case closed, lost, idle }

    // Lines that begin with a message id.

    /// `<= sender H=… P=esmtps X=… id=…`; `parent` is the message of which this one is the bounce.
    case arrived(sender: Range<Int>, EximLine.Client?, tls: Bool, messageID: Range<Int>, parent: Range<Int>)
    /// `=>`, `->`, `>>`, `*>`
    case delivered(recipient: Range<Int>, host: Range<Int>, reply: Range<Int>)
    /// `**`
    case failed(recipient: Range<Int>, host: Range<Int>, reason: Range<Int>, expired: Bool)
    /// `==`
    case deferred(recipient: Range<Int>, host: Range<Int>, reason: Range<Int>)
    case completed
    case frozen
    case unfrozen
    /// `rejected after DATA`, by an ACL or a scanner.
    case messageRefused(EximLine.Client?, reason: Range<Int>)
    case messageNote

    // Lines of a connection.

    case connected(EximLine.Client)
    case ended(EximLine.Client, Ending, words: Range<Int>)
    case tlsFailed(EximLine.Client, words: Range<Int>)
    /// `H=… F=<sender> rejected RCPT <recipient>: reason`
    case refused(EximLine.Client, Refusal, recipient: Range<Int>, words: Range<Int>)
    case connectionNote(EximLine.Client)
    /// Queue runs, start of the daemon, warnings: no message is concerned.
    case system
}
