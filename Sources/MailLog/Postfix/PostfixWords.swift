/// What most lines of Postfix begin with behind the program's name, or have among their words.
enum PostfixWords {
    static let connected = LineWords("connect from ")
    static let disconnected = LineWords("disconnect from ")
    static let encrypted = LineWords("TLS connection established from ")
    static let client = LineWords("client=")
    static let recipient = LineWords("to=<")
    static let withoutQueue = LineWords("NOQUEUE: ")
    static let reject = LineWords("reject: ")
    static let from = LineWords(" from ")
    static let queuedAs = LineWords("queued as ")
    static let notification = LineWords("notification: ")
    static let warning = LineWords("warning: ")
    /// How amavis names the message that it got, and the one that it gave back; how rspamd does.
    static let filtered = LineWords("Queue-ID: ")
    static let filteredAs = LineWords("queued_as: ")
    static let scanned = LineWords("qid: <")
}
