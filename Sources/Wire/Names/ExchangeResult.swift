import DNS

/// An answer, and for how long it may be used again.
struct ExchangeResult: Sendable {
    var answer: DNSAnswer
    /// Seconds; 0 for faults.
    var keep: UInt32 = 0
    /// Nobody waits for it any more.
    var isCancelled = false
}
