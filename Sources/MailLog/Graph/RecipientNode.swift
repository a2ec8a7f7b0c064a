/// Facts about one recipient of one message.
struct RecipientNode: Sendable {
    var rid: UInt32
    var next: Int32 = -1
    var outcome = Trace.Outcome.pending
    var wasDelayed = false
    /// The next hop: index of the delivery connection, or -1.
    var delivery: Int32 = -1
    var address: TextStore.Reference
    /// The reply or the reason, in the log's words.
    var detail = TextStore.Reference.none
    /// The next hop in words (Postfix).
    var relay = TextStore.Reference.none
    var at: Int64
}
