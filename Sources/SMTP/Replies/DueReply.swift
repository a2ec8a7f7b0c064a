/// A reply that the server owes: replies are tied to their commands in the order they went out.
struct DueReply: Hashable, Sendable {
    var stage: SessionStage
    /// The line that it answers, redacted; `nil` for the greeting and for the message.
    var command: String?
    var since: Duration
    var firstByte: Duration?
    /// `replyBegan` has been reported.
    var isAnnounced = false
}
