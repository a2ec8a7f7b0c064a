/// A reply that the server owes: replies are tied to their commands in the order they went out.
struct DueReply: Hashable, Sendable {
    var stage: SessionStage
    /// The line that it answers, redacted; `nil` for the greeting and for the message.
    var command: String?
    var since: Duration
    var firstByte: Duration?
    /// When the latest byte came.
    var latestByte: Duration?
    var pauses: [ReplyTiming.Pause] = []
    /// Nobody waits for it any more: it is late when it comes.
    var isGivenUp = false
    /// `replyBegan` has been reported.
    var isAnnounced = false
}
