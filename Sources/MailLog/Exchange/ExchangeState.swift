/// What is known of Exchange's sessions and messages while a log is being read.
struct ExchangeState: Sendable {
    var transactions: [UInt64: DialogueTransaction] = [:]
    /// Messages by their Message-ID: the one name that all of Exchange's logs have in common.
    var byMessageID: [[UInt8]: Int32] = [:]

    /// Sessions that never end in the log must not fill the memory.
    mutating func begin(_ session: UInt64) {
        if transactions.count > 100_000 { transactions = [:] }
        transactions[session] = DialogueTransaction()
    }
}
